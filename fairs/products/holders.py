"""Who holds a valid certificate in a year, and so has to report on it (TT 26/2014 Đ22.2); and who did.

The same question as `selection_guards.HOLDERS`, which the database asks of each report.
"""

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear, Least

from facilities.models import Facility
from fairs.models import Certificate, HolderReport
from fairs.products.standing import HOLDER

COUNTED = Coalesce("facility__merged_into", "facility")


def certificates_in(year):
    """Certificates in force on a day of `year`, with `holder`: the facility that they count for."""
    ended = ExtractYear(Least("valid_to", "revoked_on"))
    return (
        Certificate.objects.order_by()
        .annotate(holder=HOLDER, last_year=ended)
        .filter(issued_on__year__lte=year, last_year__gte=year)
    )


def holders(facilities, year):
    """Those of `facilities` (a QuerySet) that have to report on `year`: with `held` certificates, and `report` (id or None).

    The kept one's own report comes before that of a facility merged into it.
    """
    found = certificates_in(year)
    held = found.filter(holder=OuterRef("pk")).values("holder").annotate(number=Count("pk")).values("number")
    reports = HolderReport.objects.filter(year=year).annotate(counted=COUNTED).filter(counted=OuterRef("pk"))
    first = reports.order_by(F("facility__merged_into").asc(nulls_first=True), "pk").values("pk")
    return facilities.filter(pk__in=found.values("holder")).annotate(held=Subquery(held), report=Subquery(first[:1]))


def reports_of(facilities):
    """{report id: HolderReport} of the `report` of these facilities, in one query."""
    return HolderReport.objects.in_bulk([one.report for one in facilities if one.report])


def totals(found):
    """{holders, received, revenue, export_value} over a QuerySet of `holders`; amounts in đồng, None when nobody told."""
    counts = found.order_by().aggregate(holders=Count("pk"), received=Count("report"))
    told = HolderReport.objects.filter(pk__in=found.order_by().values("report"))
    return counts | told.aggregate(revenue=Sum("revenue"), export_value=Sum("export_value"))


def years(day):
    """Years that can be reported on, the newest first: from the first certificate's year to this one."""
    first = Certificate.objects.order_by("issued_on").values_list("issued_on", flat=True).first()
    return list(range(day.year, (first.year if first else day.year) - 1, -1))


def years_of(facility, day):
    """Years up to this one in which `facility`, or one merged into it, held a certificate, the newest first."""
    rows = certificates_of(facility).values_list("issued_on", "valid_to", "revoked_on")
    held = {year for issued, valid, revoked in rows for year in _years(issued, min(valid, revoked or valid), day)}
    return sorted(held, reverse=True)


def certificates_of(facility):
    return Certificate.objects.order_by().annotate(holder=HOLDER).filter(holder=facility.merged_into_id or facility.pk)


def _years(issued, ended, day):
    return range(issued.year, min(ended.year, day.year) + 1)


def all_holders():
    """Facilities that held a certificate in any year; those that stand."""
    rows = Certificate.objects.order_by().annotate(holder=HOLDER)
    return Facility.objects.filter(pk__in=rows.values("holder"))
