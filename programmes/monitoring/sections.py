"""The block “Sau hỗ trợ” on the page of a scheme and on that of a facility."""

from itertools import groupby

from django.utils import timezone

from facilities.models import Facility
from facilities.sections import Section as FacilitySection
from programmes.models import MonitoringRecord
from programmes.models.monitoring import BEGUN, FINISHED
from programmes.monitoring.charts import by_facility, by_year
from programmes.monitoring.figures import compare
from programmes.monitoring.sheet import years_of
from programmes.scheme_sections import Section


def scheme_section(scheme, user):
    """What each beneficiary told before and after; None before approval and for a scheme without beneficiaries."""
    if scheme.status not in BEGUN or not user.has_perm("programmes.view_monitoringrecord"):
        return None
    benefits = list(scheme.beneficiaries.named())
    if not benefits:
        return None
    records = MonitoringRecord.objects.filter(benefit__in=benefits).in_order()
    grouped = {pk: list(found) for pk, found in groupby(records, key=lambda one: one.benefit_id)}
    told = [(one, compare(grouped[one.pk])) for one in benefits if one.pk in grouped]
    context = {
        "told": told,
        "silent": [one for one in benefits if one.pk not in grouped],
        "chart": by_year(told[0][1]) if len(benefits) == 1 and told else by_facility(told),
        "is_finished": scheme.status in FINISHED,
        "may_enter": user.has_perm("programmes.change_monitoringrecord")
        and bool(years_of(scheme, timezone.localdate())),
    }
    return Section("programmes/monitoring/_on_scheme.html", context)


def facility_section(facility, user, day):
    """What the facility told of each of its supports, also under names that were merged into it; None when nothing."""
    records = (
        MonitoringRecord.objects.visible_to(user)
        .filter(benefit__facility__in=Facility.objects.same_as(facility.pk))
        .select_related("benefit__scheme")
        .order_by("-benefit__scheme__year", "benefit", "-is_before", "year")
    )
    told = [(found[0].benefit, compare(found)) for found in _by_benefit(records)]
    if not told:
        return None
    context = {"told": told, "chart": by_year(told[0][1]) if len(told) == 1 else None}
    return FacilitySection("programmes/monitoring/_on_facility.html", context)


def _by_benefit(records):
    return [list(found) for _, found in groupby(records, key=lambda one: one.benefit_id)]
