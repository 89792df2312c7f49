"""From drafts to rows, in bulk."""

from collections import Counter

from khuyencong.boundaries import LineageMap
from programmes.demonstration.courses import moment
from programmes.enums import Level
from programmes.models import (
    ActivityContent,
    FundingLine,
    ImplementingUnit,
    Indicator,
    Programme,
    Scheme,
    SchemeBeneficiary,
    SchemeContent,
    SchemeResult,
    SchemeYear,
)

CENTRE = "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp {}"
CENTRES = {"22": "Trung tâm Xúc tiến và Phát triển Công Thương Quảng Ninh"}
OBJECTIVE = "Số liệu minh họa, không phải đề án có thật."


def write(drafts, *, province, staff) -> list[Scheme]:
    """The schemes of `drafts`, in the same order, as drafts in the database with their parts."""
    schemes = Scheme.objects.bulk_create(_schemes(drafts, province, staff))
    made = list(zip(drafts, schemes, strict=True))
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    FundingLine.objects.bulk_create(
        FundingLine(scheme=scheme, source_id=source, proposed_amount=money.asked)
        for draft, scheme in made
        for source, money in draft.money.items()
    )
    SchemeBeneficiary.objects.bulk_create(
        SchemeBeneficiary(scheme=scheme, facility_id=facility, proposed_amount=money.asked)
        for draft, scheme in made
        for facility, money in draft.benefits.items()
    )
    SchemeResult.objects.bulk_create(
        SchemeResult(scheme=scheme, indicator_id=indicators[code], planned=figure.planned)
        for draft, scheme in made
        for code, figure in draft.results.items()
    )
    _write_parts(made)
    return schemes


def _write_parts(made):
    """Further contents and years, of the few that have them."""
    contents = dict(ActivityContent.objects.values_list("code", "pk"))
    SchemeContent.objects.bulk_create(
        SchemeContent(scheme=scheme, content_id=contents[code])
        for draft, scheme in made
        for code in draft.other_contents
    )
    SchemeYear.objects.bulk_create(
        SchemeYear(scheme=scheme, source_id=source, year=year, planned_amount=amount)
        for draft, scheme in made
        for (source, year), amount in draft.years.items()
    )


def _schemes(drafts, province, staff):
    contents = dict(ActivityContent.objects.values_list("code", "pk"))
    national = list(Programme.objects.filter(province=None))
    unit = _centre(province)
    numbers = Counter()
    for draft in drafts:
        numbers[draft.year] += 1
        yield Scheme(
            code=f"KC-{province.code}-{draft.year}-{numbers[draft.year]:03d}",
            name=draft.name,
            kind=draft.kind,
            level=draft.level,
            year=draft.year,
            province=province,
            commune=draft.commune,
            former_district=draft.former_district,
            programme=_programme(national, draft),
            content_id=contents[draft.content],
            implementing_unit=unit,
            objective=draft.objective or OBJECTIVE,
            is_flagship=draft.is_flagship,
            is_group=draft.is_group,
            start_on=draft.start_on,
            end_on=draft.end_on,
            is_illustrative=True,
            status_at=moment(draft.course.drafted, 8),
            status_by=staff,
            created_by=staff,
        )


def _centre(province):
    """The centre of the place, one through all its names."""
    name = CENTRES.get(province.code) or CENTRE.format(province.name)
    place = LineageMap.of_provinces().same_place(province.pk)
    known = ImplementingUnit.objects.filter(name=name, province__in=place).first()
    return known or ImplementingUnit.objects.create(name=name, province=province)


def _programme(national, draft):
    """The national programme of the year, for a national scheme."""
    of_year = (programme for programme in national if programme.first_year <= draft.year <= programme.last_year)
    return next(of_year, None) if draft.level == Level.NATIONAL else None
