"""What is alive today in Nghệ An: a round being scored, one just announced with a complaint, certificates about to end.

Years are counted from `today`, so that it is alive whenever the demonstration is loaded.
"""

import datetime
import random

from fairs.demonstration import market_today, photos, sheets
from fairs.demonstration.ladder import Held, hold
from fairs.demonstration.nghe_an import facilities_of_code
from fairs.demonstration.products import products_of
from fairs.enums import EntryStatus, RoundStatus
from fairs.models import (
    Complaint,
    Entry,
    EntryPaper,
    HolderReport,
    SelectionCycle,
    SelectionLevel,
    SelectionRegion,
    SelectionRound,
)
from fairs.selection import services
from khuyencong.models import Province

SEED, FIRST = 2026, 801
MILLION = 1_000_000
NAME = "Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu năm {} (minh họa)"
WITHDRAWN, LACKING, PICTURED = 1, 2, 2


def write(*, staff, reviewer, today):
    rng = random.Random(SEED)
    facilities = facilities_of_code("40")
    people = {"staff": staff, "reviewer": reviewer}
    _ending(rng, facilities[:14], today, people)
    _announced(rng, facilities[20:32], today, people)
    _being_scored(rng, facilities[40:50], today, staff)
    market_today.write(rng, facilities, today, staff=staff)


def _cycle(year):
    province = Province.objects.filter(code="40").on(datetime.date(year, 12, 31)).get()
    return SelectionCycle.objects.create(province=province, year=year, name=NAME.format(year), is_illustrative=True)


def _provincial(rng, cycle, products, recognised, people):
    year = cycle.year
    held = Held(
        level="province",
        opens_on=datetime.date(year, 7, 10),
        decided_on=datetime.date(year, 9, 20),
        dossiers=dict.fromkeys(products),
        recognised=set(products[:recognised]),
    )
    return hold(rng, cycle, [held], **people)


def _ending(rng, facilities, today, people):
    """Certificates valid to the last day of this year, one of them revoked; some of their holders reported last year."""
    won = _provincial(rng, _cycle(today.year - 3), products_of(facilities, first=FIRST), 12, people)
    first, *others = won.values()
    services.revoke(
        first,
        by=people["reviewer"],
        number="QĐ-TH-minh họa",
        revoked_on=today - datetime.timedelta(days=40),
        reason="Cơ sở ngừng sản xuất sản phẩm (minh họa).",
    )
    HolderReport.objects.bulk_create(
        _report(rng, one.entry.product.facility, today, people["staff"]) for one in others[:7]
    )


def _report(rng, facility, today, staff):
    revenue = rng.randint(8, 60) * 50 * MILLION
    return HolderReport(
        facility=facility,
        year=today.year - 1,
        received_on=today.replace(month=1, day=1),
        revenue=revenue,
        export_value=revenue // 5,
        workers=facility.workers,
        use_of_mark="Có in nhãn trên bao bì (minh họa)",
        note="Số liệu minh họa.",
        recorded_by=staff,
    )


def _announced(rng, facilities, today, people):
    """Last year's products; in the north six of them competed, and one maker complains while the window is open."""
    cycle = _cycle(today.year - 1)
    won = _provincial(rng, cycle, products_of(facilities, first=FIRST + 20), 9, people)
    photos.illustrate(list(won)[:PICTURED], people["staff"])
    dossiers = dict(list(won.items())[:6])
    held = Held(
        level="region",
        opens_on=today - datetime.timedelta(days=70),
        decided_on=today - datetime.timedelta(days=20),
        announced_on=today - datetime.timedelta(days=10),
        dossiers=dossiers,
        recognised=set(list(dossiers)[:3]),
        region_id=SelectionRegion.objects.get(code="bac").pk,
    )
    hold(rng, cycle, [held], **people)
    entry = Entry.objects.filter(round__cycle=cycle, round__level__code="region", status=EntryStatus.FAILED).first()
    Complaint.objects.create(
        round=entry.round,
        entry=entry,
        complainant=entry.product.facility.name,
        received_on=today - datetime.timedelta(days=4),
        content="Đề nghị xem lại điểm của sản phẩm (minh họa).",
        recorded_by=people["staff"],
    )


def _being_scored(rng, facilities, today, staff):
    """Of ten dossiers seven are complete, of which five have sheets, two of these not from every juror."""
    round = SelectionRound.objects.create(
        cycle=_cycle(today.year),
        level=SelectionLevel.objects.get(code="province"),
        opens_on=today - datetime.timedelta(days=45),
        closes_on=today - datetime.timedelta(days=15),
        council_number="QĐ-HĐ-minh họa",
        council_on=today - datetime.timedelta(days=45),
        note="Số liệu minh họa.",
        created_by=staff,
    )
    sheets.appoint(round, jury=5, council=9)
    services.move_round(round, RoundStatus.OPEN, by=staff)
    entries = Entry.objects.bulk_create(
        Entry(
            round=round,
            product=product,
            number=number,
            registered_on=today - datetime.timedelta(days=rng.randint(16, 44)),
            created_by=staff,
        )
        for number, product in enumerate(products_of(facilities, first=FIRST + 40), start=1)
    )
    complete = entries[: -WITHDRAWN - LACKING]
    sheets.bring_papers(entries[:-WITHDRAWN], staff)
    EntryPaper.objects.filter(entry__in=entries[len(complete) : -WITHDRAWN], item__code="photos").delete()
    Entry.objects.filter(pk__in=[one.pk for one in complete]).update(status=EntryStatus.COMPLETE)
    Entry.objects.filter(pk=entries[-1].pk).update(status=EntryStatus.WITHDRAWN)
    services.move_round(round, RoundStatus.SCORING, by=staff)
    sheets.score(rng, complete[:3], {complete[0].pk, complete[1].pk}, staff)
    sheets.score(rng, complete[3:5], {one.pk for one in complete}, staff, jurors=3)
