"""Quảng Trị in 2020, as Báo Quảng Trị told: 60 dossiers of 50 facilities, 43 products of 43 recognised, 6 in the region.

The provincial round goes step by step through the services, with the sheets of each juror. Districts held no round.
"""

import datetime
import random

from fairs.demonstration import sheets
from fairs.demonstration.commendations import commend
from fairs.demonstration.ladder import NO_ROUND_THERE, Held, hold
from fairs.demonstration.products import products_of
from fairs.enums import EntryStatus, RoundStatus
from fairs.models import Entry, SelectionCycle, SelectionLevel, SelectionRegion, SelectionRound
from fairs.selection import services
from khuyencong.models import Province
from programmes.demonstration.register import Craft, Sites, facilities_of

SEED, FIRST = 45, 701
FACILITIES, DOSSIERS, RECOGNISED, REGISTERED_ABOVE, IN_REGION = 50, 60, 43, 9, 6
OPENS, DECIDED = datetime.date(2020, 6, 1), datetime.date(2020, 9, 15)
REGION_OPENS, REGION_DECIDED = datetime.date(2020, 10, 5), datetime.date(2020, 11, 27)
TOLD = "Theo tin của Báo Quảng Trị (hội nghị ngày 15/01/2021); tin không nêu tên."
ONE_EACH = "Cơ sở đã có sản phẩm khác được công nhận trong kỳ này (minh họa)."
CRAFTS = (
    Craft("chế biến cà phê", "a", ("Hướng Hóa",)),
    Craft("chế biến dược liệu", "a", ("Cam Lộ", "Gio Linh")),
    Craft("sản xuất nước mắm", "a", ("Gio Linh", "Vĩnh Linh", "Hải Lăng")),
    Craft("làm bún, bánh khô", "a", ("Hải Lăng", "Triệu Phong", "Đông Hà")),
    Craft("chế biến hồ tiêu", "a", ("Vĩnh Linh", "Cam Lộ")),
    Craft("mộc mỹ nghệ", "dd", ("Đông Hà", "Cam Lộ", "Triệu Phong")),
    Craft("dệt thổ cẩm", "dd", ("Hướng Hóa", "Đa Krông")),
    Craft("gia công cơ khí", "d", ("Đông Hà", "Triệu Phong")),
    Craft("may công nghiệp", "b", ("Đông Hà", "Quảng Trị")),
)


def write(*, staff, reviewer, today):
    rng = random.Random(SEED)
    before = Province.objects.filter(code="45").on(datetime.date(2020, 12, 31)).get()
    now = Province.objects.on(today).get(code="44")
    facilities = facilities_of(rng, now, Sites(before), CRAFTS, FACILITIES, first=FIRST)
    cycle = SelectionCycle.objects.create(
        province=before,
        year=2020,
        name="Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu năm 2020 (minh họa)",
        is_illustrative=True,
    )
    certificates = _provincial(rng, cycle, facilities, staff, reviewer)
    _regional(rng, cycle, certificates, staff, reviewer)
    commend(before, 2020, collectives=5, individuals=12, told=TOLD, staff=staff)


def _provincial(rng, cycle, facilities, staff, reviewer):
    """The first 43 dossiers are recognised; then come 7 of other facilities, and 10 of facilities with two."""
    round = _round(cycle, staff)
    sheets.appoint(round, jury=5, council=9)
    services.move_round(round, RoundStatus.OPEN, by=staff)
    products = products_of([*facilities, *facilities[: DOSSIERS - FACILITIES]], first=FIRST)
    entries = _register(rng, round, products, staff)
    sheets.bring_papers(entries, staff)
    Entry.objects.filter(round=round).update(status=EntryStatus.COMPLETE)
    services.move_round(round, RoundStatus.SCORING, by=staff)
    good = {one.pk for one in (*entries[:RECOGNISED], *entries[FACILITIES : FACILITIES + 4])}
    sheets.score(rng, entries, good, staff)
    Entry.objects.filter(pk__in=[one.pk for one in entries[FACILITIES : FACILITIES + 4]]).update(remark=ONE_EACH)
    passed = entries[:RECOGNISED]
    services.conclude(
        round,
        by=reviewer,
        results={one.pk: one in passed for one in entries},
        decision=services.Decision("QĐ-minh họa 2020", DECIDED, "BB-minh họa", DECIDED, DECIDED),
    )
    numbers = {one.pk: f"{number:02d}/GCN-minh họa 2020" for number, one in enumerate(passed, start=1)}
    return services.issue(round, by=reviewer, numbers=numbers, issued_on=DECIDED)


def _round(cycle, staff):
    return SelectionRound.objects.create(
        cycle=cycle,
        level=SelectionLevel.objects.get(code="province"),
        opens_on=OPENS,
        closes_on=datetime.date(2020, 7, 15),
        council_number="QĐ-HĐ-minh họa",
        council_on=OPENS,
        note="Số liệu minh họa; số hồ sơ, cơ sở và sản phẩm theo tin của Báo Quảng Trị.",
        created_by=staff,
    )


def _register(rng, round, products, staff):
    return Entry.objects.bulk_create(
        Entry(
            round=round,
            product=product,
            number=number,
            registered_on=OPENS + datetime.timedelta(days=rng.randint(1, 40)),
            skip_ground=NO_ROUND_THERE,
            created_by=staff,
        )
        for number, product in enumerate(products, start=1)
    )


def _regional(rng, cycle, certificates, staff, reviewer):
    dossiers = {one.entry.product: one for one in rng.sample(certificates, REGISTERED_ABOVE)}
    held = Held(
        level="region",
        opens_on=REGION_OPENS,
        decided_on=REGION_DECIDED,
        dossiers=dossiers,
        recognised=set(rng.sample(list(dossiers), IN_REGION)),
        region_id=SelectionRegion.objects.get(code="trung").pk,
    )
    hold(rng, cycle, [held], staff=staff, reviewer=reviewer)
