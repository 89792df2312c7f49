"""Small answers that belong to no app."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_safe

from khuyencong import money, words


@login_not_required
@require_safe
def healthz(request):
    """200 'ok' when the site can ask its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
def amount_in_words(request):
    """`?amount=1005000` -> 'Một triệu không trăm linh năm nghìn đồng', for the form as one types."""
    try:
        amount = money.parse_amount(request.GET.get("amount", ""))
    except money.AmountError as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    return HttpResponse(words.amount_in_words(int(amount)), content_type="text/plain; charset=utf-8")
