"""Events of past years out of fixtures/demonstration_events.csv: money in triệu đồng, a standing one has no days."""

import datetime
from collections import defaultdict

from django.db.models import F
from django.utils import timezone

from fairs.enums import STANDING, EventStatus, Venue
from fairs.models import EventFunding, MarketEvent
from khuyencong.models import AdministrativeUnit, Province
from khuyencong.reference import read
from programmes.enums import Status
from programmes.models import ActivityContent, FundingLine, Scheme

MILLION = 1_000_000
OF_SCHEME = "scheme"  # the event is what a scheme of the same content and year paid for
LAST_DAY_OF_DISTRICTS = datetime.date(2025, 6, 30)
NOTE = "Số liệu minh họa, không phải sự kiện có thật."


def write_events(territory, *, staff) -> list[MarketEvent]:
    """The events of a province code, held, with their money; in the order of the file."""
    rows = [row for row in read("demonstration_events") if row["territory"] == territory]
    schemes, contents = _schemes(territory), dict(ActivityContent.objects.values_list("code", "pk"))
    made = [_event(row, schemes, contents, staff) for row in rows]
    MarketEvent.objects.bulk_create(made)
    amounts = _granted([one.scheme_id for one in made if one.scheme_id])
    EventFunding.objects.bulk_create(
        EventFunding(
            event=one,
            source_id="province" if one.scheme_id else row["source"],
            amount=amounts[one.scheme_id] if one.scheme_id else one.total_cost,
        )
        for row, one in zip(rows, made, strict=True)
        if row["source"]
    )
    return made


def confirm(events, reviewer):
    """A second person confirms figures to which nothing is added any more."""
    found = MarketEvent.objects.filter(pk__in=[one.pk for one in events])
    found.update(confirmed_by=reviewer, confirmed_at=timezone.now())


def _event(row, schemes, contents, staff):
    day = datetime.date.fromisoformat(row["starts_on"])
    province = Province.objects.on(day).get(code=row["territory"])
    is_standing = row["kind"] in STANDING
    booths = int(row["booths"]) if row["booths"] else None
    of_scheme = row["source"] == OF_SCHEME
    return MarketEvent(
        kind=row["kind"],
        role=row["role"],
        name=row["name"],
        campaign=row["campaign"],
        province=province,
        venue=Venue.ELSEWHERE if row["host"] else Venue.WITHIN,
        host_province=Province.objects.on(day).get(code=row["host"]) if row["host"] else None,
        former_district=_district(row["district"], province) if row["district"] else None,
        starts_on=day,
        ends_on=None if is_standing else day + datetime.timedelta(days=int(row["days"]) - 1),
        status=EventStatus.HELD,
        content_id=contents[row["content"]],
        scheme=schemes[row["content"], day.year].pop(0) if of_scheme else None,
        organiser="Đơn vị tổ chức minh họa" if row["host"] else "",
        booths=booths,
        booths_qualifier=row["qualifier"],
        other_participants=int(row["others"] or 0),
        total_cost=int(row["cost"]) * MILLION if row["cost"] else None,
        note=row["note"] or NOTE,
        created_by=staff,
        is_illustrative=True,
    )


def _district(name, province):
    return AdministrativeUnit.objects.get(
        name=name, province=province, level=AdministrativeUnit.Level.DISTRICT, valid_to=LAST_DAY_OF_DISTRICTS
    )


def _schemes(territory):
    """{(content code, year): illustrative schemes that were settled}, by their codes."""
    found = defaultdict(list)
    rows = Scheme.objects.filter(province__code=territory, is_illustrative=True, status=Status.SETTLED)
    for one in rows.annotate(content_code=F("content__code")).order_by("code"):
        found[one.content_code, one.year].append(one)
    return found


def _granted(schemes):
    """{scheme id: đồng of the province}."""
    lines = FundingLine.objects.filter(scheme__in=schemes, source="province")
    return dict(lines.values_list("scheme", "approved_amount"))
