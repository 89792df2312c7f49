"""The only reader of rows for the reconciliation: a fixed number of queries at one moment, as of the question's day."""

from collections import defaultdict

from django.db.models import Count, Sum

from khuyencong.refusals import RefusedError
from programmes.enums import AGREED, DECIDED, UNDER_REVIEW, Kind, Level, Status
from programmes.models import FundingLine, FundingSource, LedgerEntry, PlanFunding, Scheme, SchemeBeneficiary
from reports.figures.reconciliation_rows import Money, ReconciliationRows, SchemeMoney
from reports.figures.rows import Source, Unconfirmed
from reports.sources import MOST_SCHEMES, TOO_MANY

Entry = LedgerEntry.Kind
APPROVED = (*DECIDED, Status.TERMINATED)
STANDINGS = {
    **dict.fromkeys(UNDER_REVIEW, "waiting"),
    Status.RETURNED: "returned",
    Status.REJECTED: "rejected",
    Status.TERMINATED: "terminated",
}
COLUMNS = (
    "scheme_id",
    "source_id",
    "proposed_amount",
    "approved_amount",
    "agreed",
    "accepted_amount",
    "settled_amount",
)


def read(question):
    """Every scheme of the territory and years that was sent, with its money up to the day of the question.

    RefusedError above 50.000 schemes.
    """
    period, ids, day = question.period, question.coverage.ids, question.cut_off
    schemes = Scheme.objects.in_years(period.years).of_provinces(ids).exclude(status=Status.DRAFT)
    if schemes[MOST_SCHEMES : MOST_SCHEMES + 1].exists():
        raise RefusedError(TOO_MANY, "report_too_large")
    plans = PlanFunding.objects.in_years(period.years).of_provinces(ids)
    return ReconciliationRows(
        levels=dict(Level.choices),
        schemes=_schemes(schemes, day),
        outside=_count(plans.decided_by_day(day)),
        unconfirmed=_count(plans.awaiting_confirmation().filter(decision_on__lte=day)),
    )


def _schemes(schemes, day):
    found = schemes.select_related("content", "province", "implementing_unit").order_by("-level", "year", "code")
    sources, lines, book, facilities = _sources(), _lines(schemes, day), _book(schemes, day), _facilities(schemes, day)
    rows = []
    for one in found:
        money = (
            _money(one, day, sources[source], line, book.get((one.pk, source), {})) for source, *line in lines[one.pk]
        )
        rows.append(_scheme(one, day, tuple(money), facilities[one.pk]))
    return tuple(rows)


def _lines(schemes, day):
    """{scheme id: its lines of support as plain values}."""
    lines = FundingLine.objects.support().filter(scheme__in=schemes).agreed_by_day(day)
    found = defaultdict(list)
    for scheme, *values in lines.order_by("source__position", "pk").values_list(*COLUMNS):
        found[scheme].append(values)
    return found


def _book(schemes, day):
    """{(scheme id, source code): {kind: đồng}} of entries dated no later than `day`."""
    return LedgerEntry.objects.filter(scheme__in=schemes, entered_on__lte=day).sums()


def _facilities(schemes, day):
    """{scheme id: ids of the facilities that it counts for}."""
    benefits = SchemeBeneficiary.objects.filter(scheme__in=schemes).standing_on(day).counted()
    found = defaultdict(set)
    for scheme, facility in benefits.values_list("scheme", "counted_id"):
        found[scheme].add(facility)
    return found


def _scheme(scheme, day, money, facilities):
    return SchemeMoney(
        id=scheme.pk,
        code=scheme.code,
        name=scheme.name,
        is_task=scheme.kind == Kind.TASK,
        level=scheme.level,
        year=scheme.year,
        province=scheme.province.name,
        content_code=scheme.content.code,
        unit=scheme.implementing_unit.name,
        status=scheme.get_status_display(),
        standing=_standing(scheme, day),
        decision_number=scheme.decision_number or "",
        decision_on=scheme.decision_on,
        facilities=frozenset(facilities),
        money=money,
        is_illustrative=scheme.is_illustrative,
    )


def _standing(scheme, day):
    """Where the scheme stood on `day`, as far as its stamps tell; a stop or a return counts whenever it was."""
    if scheme.status in STANDINGS:
        return STANDINGS[scheme.status]
    if scheme.decision_on > day:
        return "later"
    if _is_past(scheme.accepted_on, day):
        return "finished"
    return "agreed" if scheme.status in AGREED else "begun"


def _money(scheme, day, source, line, kinds):
    """`line`: (proposed, approved, agreed, accepted, settled); a stage counts from its date."""
    proposed, approved, agreed, accepted, settled = line
    is_decided = scheme.status in APPROVED and _is_past(scheme.decision_on, day)
    return Money(
        source=source,
        proposed=int(proposed),
        approved=_whole(approved, is_decided),
        agreed=_whole(agreed, is_decided),
        advanced=int(kinds.get(Entry.ADVANCE, 0)),
        paid=int(kinds.get(Entry.PAYMENT, 0)),
        refunded=int(kinds.get(Entry.REFUND, 0)),
        accepted=_whole(accepted, _is_past(scheme.accepted_on, day)),
        settled=_whole(settled, _is_past(scheme.settled_on, day)),
    )


def _is_past(date, day):
    return date is not None and date <= day


def _whole(amount, has_come):
    return int(amount) if has_come and amount is not None else None


def _sources():
    """{code: Source}."""
    rows = FundingSource.objects.values_list("code", "name", "short_name", "is_support", "position")
    return {row[0]: Source(*row) for row in rows}


def _count(plans):
    counted = plans.order_by().aggregate(lines=Count("pk"), amount=Sum("approved_amount", default=0))
    return Unconfirmed(counted["lines"], int(counted["amount"]))
