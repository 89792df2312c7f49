"""The book of a scheme's money: one entry, its reversal, the book of a province, and the reconciliation."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from khuyencong.back import back_query, carrying
from khuyencong.forms import saving
from khuyencong.money import format_amount
from khuyencong.paging import paginate
from programmes.ledger import pages, services, standing
from programmes.ledger.filters import LedgerFilter, ReconciliationFilter
from programmes.ledger.forms import EntryForm, ReversalForm
from programmes.models import LedgerEntry, Scheme

PREFILLED = ("kind", "source", "amount")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_ledgerentry", raise_exception=True)
def entry_create(request, pk):
    """Book one entry; what the page of the scheme proposes stands in the form already."""
    scheme = get_object_or_404(Scheme.objects.visible_to(request.user), pk=pk)
    if scheme.status not in standing.PAYABLE:
        messages.error(request, standing.ENDED if scheme.status == "closed" else standing.CLOSED)
        return redirect(carrying(request, scheme.get_absolute_url()))
    initial = {"entered_on": timezone.localdate()} | {k: request.GET[k] for k in PREFILLED if request.GET.get(k)}
    form = EntryForm(request.POST or None, scheme=scheme, initial=initial)
    if request.method == "POST" and form.is_valid():
        with saving(form):
            entry = form.save(request.user)
        if not form.errors:
            done = f"Đã ghi {entry.get_kind_display().lower()} {format_amount(entry.amount)} đồng."
            messages.success(request, done)
            return redirect(f"{carrying(request, scheme.get_absolute_url())}#ledger")
    context = {
        "scheme": scheme,
        "form": form,
        "standings": standing.standings(scheme, standing.rule_of(scheme)),
        "back": back_query(request),
    }
    return render(request, "programmes/ledger/entry_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("programmes.add_ledgerentry", raise_exception=True)
def entry_reverse(request, pk):
    """Book the opposite of an entry, with the reason."""
    entries = LedgerEntry.objects.visible_to(request.user).select_related("scheme", "source", "recorded_by")
    entry = get_object_or_404(entries, pk=pk)
    form = ReversalForm(request.POST or None, initial={"entered_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with saving(form):
            services.reverse(entry, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, f"Đã đảo bút toán {entry.document_number}.")
            return redirect(f"{carrying(request, entry.scheme.get_absolute_url())}#ledger")
    context = {"entry": entry, "form": form, "back": back_query(request)}
    return render(request, "programmes/ledger/entry_reverse.html", context)


@require_safe
@permission_required("programmes.view_ledgerentry", raise_exception=True)
def ledger_list(request):
    filters = LedgerFilter(request.GET, queryset=LedgerEntry.objects.visible_to(request.user), request=request)
    page = paginate(request, filters.qs.for_list(), ("-entered_on", "-pk"))
    context = {
        "filters": filters,
        "page": page,
        "totals": pages.book_totals(filters.qs.totals(), page.count_label),
        "here": request.GET.urlencode(),
    }
    return render(request, "programmes/ledger/ledger_list.html", context)


@require_safe
@permission_required("programmes.view_ledgerentry", raise_exception=True)
def reconciliation_page(request):
    filters = ReconciliationFilter(request.GET, queryset=Scheme.objects.visible_to(request.user), request=request)
    page = paginate(request, filters.qs, ("-year", "-pk"), size=100)
    context = {
        "filters": filters,
        "page": page,
        "found": pages.reconciled(filters.qs, page.rows),
        "here": request.GET.urlencode(),
        "now": timezone.localtime(),
    }
    return render(request, "programmes/ledger/reconciliation.html", context)
