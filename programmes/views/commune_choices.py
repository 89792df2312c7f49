"""The queue of places that were divided."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import DatabaseError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from khuyencong import refusals
from programmes import divided


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("facilities.choose_commune", raise_exception=True)
def commune_choices(request):
    """Each row that was chosen is saved for itself; what is refused stays on the page with its sentence."""
    chosen, errors = {}, {}
    if request.method == "POST":
        chosen = {key: value for key, value in request.POST.items() if value and "-" in key}
        saved, errors = _save(request.user, chosen)
        if saved:
            messages.success(request, f"Đã ghi xã, phường hiện nay cho {saved} hồ sơ.")
        if not errors:
            return redirect("programmes:commune-choices")
    return render(request, "programmes/commune_choices.html", {"heaps": divided.heaps(request.user, chosen, errors)})


def _save(user, chosen):
    saved, errors = 0, {}
    for key, value in chosen.items():
        try:
            saved += divided.choose(user, key, value) is not None
        except DatabaseError as error:
            errors[key] = refusals.explain(error).sentence
    return saved, errors
