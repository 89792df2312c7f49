"""Lists of events, deals, certificates and commendations, and the funnel, as workbooks made while one waits."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fairs.events.deal_filters import DealFilter
from fairs.events.filters import EventFilter
from fairs.funnel import reading
from fairs.funnel.filters import FunnelFilter
from fairs.models import Certificate, Commendation, Deal, EventFunding, MarketEvent, Participation, SelectionRound
from fairs.products.commendation_filters import CommendationFilter
from fairs.products.filters import CertificateFilter
from reports.budget_exports import as_file
from reports.layouts import fair_export as layout

MOST_ROWS = 2_000
TOO_MANY = "Danh sách này có hơn 2.000 dòng. Hãy lọc bớt (theo năm, loại, địa bàn) rồi xuất lại."
TOO_MANY_PARTS = "Các sự kiện này có hơn 2.000 lượt cơ sở tham gia. Hãy lọc bớt (theo năm, loại, địa bàn) rồi xuất lại."


@require_safe
@permission_required("fairs.view_marketevent", raise_exception=True)
def event_export(request):
    """The filtered events and, on a second sheet, who took part in them."""
    filters = EventFilter(request.GET, queryset=MarketEvent.objects.visible_to(request.user), request=request)
    events = list(filters.qs.for_list().order_by("-starts_on", "-pk")[: MOST_ROWS + 1])
    parts = Participation.objects.filter(event__in=events).select_related("event", "facility")
    parts = list(parts.order_by("event__starts_on", "event", "facility__sort_key", "pk")[: MOST_ROWS + 1])
    money = list(EventFunding.objects.filter(event__in=events).values_list("event", "amount"))
    sheets = layout.events(events, parts, money, _subtitle(events, "sự kiện", filters))
    if len(events) <= MOST_ROWS < len(parts):
        return _back(request, TOO_MANY_PARTS, "fairs:event-list")
    return _answer(request, events, sheets, "su-kien", "fairs:event-list")


@require_safe
@permission_required("fairs.view_deal", raise_exception=True)
def deal_export(request):
    """The filtered memoranda and contracts."""
    filters = DealFilter(request.GET, queryset=Deal.objects.visible_to(request.user), request=request)
    deals = list(filters.qs.for_list().order_by("-pk")[: MOST_ROWS + 1])
    sheets = (layout.deals(deals, _subtitle(deals, "biên bản ghi nhớ, hợp đồng", filters)),)
    return _answer(request, deals, sheets, "bien-ban-hop-dong", "fairs:deal-list")


@require_safe
@permission_required("fairs.view_certificate", raise_exception=True)
def certificate_export(request):
    """The filtered certificates, with their state of today."""
    filters = CertificateFilter(request.GET, queryset=Certificate.objects.visible_to(request.user), request=request)
    places = ("entry__product__facility__commune", "entry__product__facility__former_district")
    found = filters.qs.for_list().select_related(*places)
    certificates = list(found.order_by("-issued_on", "-pk")[: MOST_ROWS + 1])
    subtitle = _subtitle(certificates, "giấy chứng nhận", filters)
    sheets = (layout.certificates(certificates, timezone.localdate(), subtitle),)
    return _answer(request, certificates, sheets, "giay-chung-nhan", "fairs:certificate-list")


@require_safe
@permission_required("fairs.view_commendation", raise_exception=True)
def commendation_export(request):
    """The filtered commendations."""
    filters = CommendationFilter(request.GET, queryset=Commendation.objects.visible_to(request.user), request=request)
    found = filters.qs.select_related("province", "facility").order_by("-year", "-pk")
    commendations = list(found[: MOST_ROWS + 1])
    sheets = (layout.commendations(commendations, _subtitle(commendations, "dòng khen thưởng", filters)),)
    return _answer(request, commendations, sheets, "khen-thuong", "fairs:commendation-list")


@require_safe
@permission_required("fairs.view_selectionround", raise_exception=True)
def funnel_export(request):
    """The filtered funnel, of all and of each cycle."""
    filters = FunnelFilter(request.GET, queryset=SelectionRound.objects.visible_to(request.user), request=request)
    steps, cycles = reading.read(filters.qs)
    return as_file((layout.funnel(steps, cycles, _subtitle(cycles, "đợt bình chọn", filters)),), "pheu-binh-chon")


def _subtitle(rows, what, filters):
    basis = f", {filters.basis.label.lower()}" if filters.basis else ""
    return f"{len(rows)} {what} theo bộ lọc{basis}, lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"


def _answer(request, rows, sheets, name, listing):
    """The file; above 2.000 rows the list again, with the way out."""
    if len(rows) > MOST_ROWS:
        return _back(request, TOO_MANY, listing)
    return as_file(sheets, name)


def _back(request, sentence, listing):
    messages.error(request, sentence)
    return redirect(f"{reverse(listing)}?{request.GET.urlencode()}")
