"""Which facilities are followed in a year, and which of them have not told their figures."""

from django.db.models import Exists, F, IntegerField, OuterRef, Value
from django.db.models.functions import Coalesce

from programmes.models import MonitoringRecord, SchemeBeneficiary
from programmes.models.monitoring import FINISHED

# No law says for how long; a province sets its own system of indicators (TT 46/2012 Đ9.1.c). As long as a programme.
FOLLOWED_YEARS = 5


def last_closed_year(day) -> int:
    """The newest year that has ended on `day`."""
    return day.year - 1


def followed(benefits, year):
    """Of `benefits`, those whose figures of `year` are asked for: supported, accepted by then, at most five years ago."""
    given = Coalesce("adjusted_amount", "approved_amount")
    return benefits.annotate(given=given).filter(
        given__gt=0,
        scheme__status__in=FINISHED,
        scheme__year__lt=year,
        scheme__year__gte=year - FOLLOWED_YEARS,
        scheme__accepted_on__year__lte=year,
    )


def with_answers(benefits, year):
    """Annotates `has_figures` (of `year`) and `has_before` (of before the support)."""
    records = MonitoringRecord.objects.filter(benefit=OuterRef("pk"))
    return benefits.annotate(
        has_figures=Exists(records.filter(year=year, is_before=False)),
        has_before=Exists(records.filter(is_before=True)),
    )


def due_for_monitoring(day):
    """SchemeBeneficiary rows that lack figures of the year that ended last before `day`, oldest scheme first.

    With scheme, its people and the facility; `due_year` is the year that is missing. One query for any number.
    """
    year = last_closed_year(day)
    missing = with_answers(followed(SchemeBeneficiary.objects.all(), year), year).filter(has_figures=False)
    return (
        missing.annotate(due_year=Value(year, output_field=IntegerField()))
        .select_related("scheme__province", "scheme__assigned_to", "scheme__created_by", "facility")
        .order_by(F("scheme__year"), "scheme_id", "pk")
    )
