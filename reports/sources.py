"""The only reader of other apps' rows for reports: a fixed number of queries at one moment, plain rows out."""

from collections import defaultdict
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Count, Max, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from facilities.models import Facility
from khuyencong.refusals import RefusedError
from programmes.enums import Level
from programmes.models import (
    ActivityContent,
    FundingLine,
    FundingSource,
    Indicator,
    PlanFunding,
    Scheme,
    SchemeBeneficiary,
    SchemeResult,
)
from reports.figures import rows

MOST_SCHEMES = 50_000
TOO_MANY = "Báo cáo này có hơn 50.000 đề án, quá lớn cho một tệp. Hãy lập cho từng tỉnh, thành phố."


@contextmanager
def snapshot():
    """One read-only transaction that sees the database at one moment; gives that moment, in Vietnamese time."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT now()")
        yield timezone.localtime(cursor.fetchone()[0])


def read(question):
    """The rows of a question about schemes and their money. RefusedError above 50.000 schemes."""
    coverage, period, cut_off = question.coverage, question.period, question.cut_off
    schemes = Scheme.objects.decided_by_day(cut_off).in_years(period.years).of_provinces(coverage.ids)
    plans = PlanFunding.objects.in_years(period.years).of_provinces(coverage.ids)
    benefits = _benefits(schemes, cut_off)
    scheme_rows = _schemes(schemes, benefits, question)
    plan_rows = _plans(plans.decided_by_day(cut_off), coverage)
    return rows.Rows(
        sources=_sources(),
        levels=dict(Level.choices),
        counted=_counted(),
        schemes=scheme_rows,
        plans=plan_rows,
        results=_results(schemes),
        benefits=benefits,
        places=coverage.places(period, {row.territory for row in (*scheme_rows, *plan_rows)}),
        unconfirmed=_unconfirmed(plans.awaiting_confirmation().filter(decision_on__lte=cut_off)),
    )


def newest_year(user, before):
    """The latest year before `before` with a decided scheme that `user` may see; None when there is none."""
    return Scheme.objects.visible_to(user).decided().filter(year__lt=before).aggregate(year=Max("year"))["year"]


def _sources():
    columns = FundingSource.objects.values_list("code", "name", "short_name", "is_support", "position")
    return tuple(rows.Source(*values) for values in columns)


def _counted():
    found = defaultdict(tuple)
    uses = ActivityContent.indicators.through.objects.exclude(indicator__counting=Indicator.Counting.SUM)
    for use in uses.select_related("activitycontent", "indicator").order_by("pk"):
        found[use.activitycontent.code] += (_indicator(use.indicator),)
    return found


def _schemes(schemes, benefits, question):
    """In two queries: the schemes and their money."""
    found = schemes.select_related(
        "content__group", "province", "implementing_unit", "commune", "former_district"
    ).order_by("year", "code")
    found = list(found[: MOST_SCHEMES + 1])
    if len(found) > MOST_SCHEMES:
        raise RefusedError(TOO_MANY, "report_too_large")
    approved, settled = _money(schemes, question.cut_off)
    names = defaultdict(list)
    for benefit in benefits:
        names[benefit.scheme_id].append(benefit.facility)
    return tuple(
        _scheme(one, approved[one.pk], settled[one.pk], names[one.pk], question.coverage.place_of(one.province_id))
        for one in found
    )


def _scheme(scheme, approved, settled, beneficiaries, territory):
    group = scheme.content.group or scheme.content
    return rows.SchemeRow(
        id=scheme.pk,
        code=scheme.code,
        name=scheme.name,
        kind=scheme.get_kind_display(),
        level=scheme.level,
        year=scheme.year,
        province=scheme.province.name,
        content_code=scheme.content.code,
        content_name=scheme.content.name,
        group_code=group.code,
        group_name=group.name,
        place=scheme.place,
        unit=scheme.implementing_unit.name,
        status=scheme.get_status_display(),
        decision_number=scheme.decision_number,
        decision_on=scheme.decision_on,
        beneficiaries=tuple(beneficiaries),
        approved=approved,
        settled=settled,
        territory=territory,
        is_illustrative=scheme.is_illustrative,
    )


def _money(schemes, day):
    """Two mappings scheme id -> {source code: đồng}: approved, as adjusted up to `day`, and settled where it is settled."""
    approved, settled = defaultdict(dict), defaultdict(dict)
    lines = FundingLine.objects.filter(scheme__in=schemes).agreed_by_day(day).order_by("pk")
    for scheme, source, given, spent in lines.values_list("scheme", "source", "agreed", "settled_amount"):
        approved[scheme][source] = int(given or 0)
        if spent is not None:
            settled[scheme][source] = int(spent)
    return approved, settled


def _plans(plans, coverage):
    columns = ("province", "year", "source", "purpose", "approved_amount", "settled_amount", "is_illustrative")
    return tuple(
        rows.PlanRow(
            year=year,
            source=source,
            purpose=purpose,
            approved=int(approved),
            territory=coverage.place_of(province),
            settled=None if settled is None else int(settled),
            is_illustrative=illustrative,
        )
        for province, year, source, purpose, approved, settled, illustrative in plans.order_by("pk").values_list(
            *columns
        )
    )


def _results(schemes):
    found = SchemeResult.objects.filter(scheme__in=schemes).named().order_by("pk")
    return tuple(
        rows.ResultRow(result.scheme_id, _indicator(result.indicator), result.planned, result.actual)
        for result in found
    )


def _indicator(indicator):
    return rows.Indicator(indicator.code, indicator.name, indicator.unit, indicator.counting, indicator.position)


def _benefits(schemes, day):
    """Those of `day`; each names the facility as the scheme does, and counts for the one it was merged into."""
    columns = ("scheme", "counted_id", "facility__name", "counted_form")
    form = Coalesce("facility__merged_into__legal_form", "facility__legal_form")
    benefits = SchemeBeneficiary.objects.filter(scheme__in=schemes).standing_on(day)
    found = benefits.counted().annotate(counted_form=form).order_by("pk")
    return tuple(
        rows.BenefitRow(scheme, facility, name, form == Facility.LegalForm.VILLAGE)
        for scheme, facility, name, form in found.values_list(*columns)
    )


def _unconfirmed(plans):
    counted = plans.order_by().aggregate(lines=Count("pk"), amount=Sum("approved_amount", default=0))
    return rows.Unconfirmed(counted["lines"], int(counted["amount"]))
