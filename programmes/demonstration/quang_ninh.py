"""Quảng Ninh in 2021, as Làng nghề Việt told of it: fixtures/demonstration_quang_ninh.csv, money in triệu đồng.

Names of companies, titles and totals of the schemes that name them are the article's: one national scheme of 800 triệu
for three facilities, one that still waits at the agency, 16 local schemes and tasks with 1 tỷ for machinery and 714 triệu
for the rest. How the totals fall on schemes and facilities, days and numbers of papers are invented.
"""

import datetime
import random
from itertools import count

from facilities.models import Facility, Trade
from khuyencong.reference import read
from programmes.demonstration.courses import Course
from programmes.demonstration.drafts import MILLION, Draft, Figure, Money, who, work
from programmes.demonstration.plan import numbers
from programmes.demonstration.register import Craft, facilities_of
from programmes.enums import Kind, Level

YEAR, FIRST = 2021, 601
SOURCE = {Level.NATIONAL: "national", Level.LOCAL: "province"}
TOLD = (
    "Tên đề án, tên đơn vị thụ hưởng và tổng kinh phí theo tin của Làng nghề Việt về khuyến công Quảng Ninh năm 2021. "
    "Số tiền của từng cơ sở, vốn đối ứng, ngày và số văn bản là số liệu minh họa."
)
WAITS = (
    "Tên đề án và tên đơn vị thụ hưởng theo tin của Làng nghề Việt về khuyến công Quảng Ninh năm 2021: đã đăng ký bổ sung, "
    "chờ Bộ Công Thương phê duyệt. Số tiền đề nghị và các ngày là số liệu minh họa."
)
NAMED = "Tên theo tin của Làng nghề Việt năm 2021; số tiền và mọi thông tin khác trên cổng là số liệu minh họa."
CRAFTS = {
    "sản xuất cơ khí": Craft("sản xuất cơ khí", "d", ("Uông Bí", "Cẩm Phả")),
    "sản xuất nước uống tinh khiết": Craft("sản xuất nước uống tinh khiết", "a", ("Hạ Long", "Tiên Yên")),
    "sản xuất nước đá": Craft("sản xuất nước đá", "a", ("Vân Đồn", "Hải Hà")),
    "sản xuất hàng may mặc": Craft("sản xuất hàng may mặc", "b", ("Quảng Yên", "Đông Triều")),
    "chế biến nông sản": Craft("chế biến nông sản", "a", ("Ba Chẽ", "Bình Liêu", "Đầm Hà")),
}
LOCAL = Course(
    drafted=datetime.date(2020, 10, 12),
    submitted=datetime.date(2020, 11, 2),
    decided=datetime.date(2020, 12, 18),
    contracted=datetime.date(2021, 1, 20),
    started=datetime.date(2021, 2, 22),
    advanced=datetime.date(2021, 4, 15),
    accepted=datetime.date(2021, 10, 18),
    liquidated=datetime.date(2021, 11, 3),
    settled=datetime.date(2021, 11, 24),
    closed=datetime.date(2021, 12, 20),
    number="251/QĐ-SCT",
    settlement_number="262/QĐ-SCT",
    reason="Đủ điều kiện, phù hợp kế hoạch khuyến công năm.",
)
NATIONAL = Course(
    drafted=datetime.date(2020, 9, 7),
    submitted=datetime.date(2020, 9, 21),
    decided=datetime.date(2020, 12, 25),
    contracted=datetime.date(2021, 2, 3),
    started=datetime.date(2021, 3, 1),
    advanced=datetime.date(2021, 5, 12),
    accepted=datetime.date(2021, 10, 20),
    liquidated=datetime.date(2021, 11, 4),
    settled=datetime.date(2021, 12, 8),
    closed=datetime.date(2021, 12, 28),
    number="4721/QĐ-BCT",
    settlement_number="275/QĐ-SCT",
    reason="Đủ điều kiện, phù hợp kế hoạch khuyến công quốc gia.",
)
REGISTERED = Course(
    drafted=datetime.date(2021, 8, 9), submitted=datetime.date(2021, 8, 23), registered=datetime.date(2021, 9, 13)
)


def drafts(province, sites) -> list[Draft]:
    """The 18 schemes; `province`: the row of today, in which facilities stand."""
    rng, numbered = random.Random(22), count(FIRST)
    return [_draft(row, _facilities(row, rng, province, sites, numbered)) for row in read("demonstration_quang_ninh")]


def _facilities(row, rng, province, sites, numbered):
    """{facility: triệu đồng}: the article's by name, or an invented one of the craft."""
    if "=" in row["facilities"]:
        parts = [part.rpartition("=") for part in row["facilities"].split("; ")]
        return {_named(name, province): int(amount) for name, _, amount in parts}
    if not row["facilities"]:
        return {}
    made = facilities_of(rng, province, sites, [CRAFTS[row["facilities"]]], 1, first=next(numbered))
    return dict.fromkeys(made, int(row["support"]))


def _named(name, province):
    return Facility.objects.create(
        name=name, province=province, trade=Trade.objects.get(code="a"), note=NAMED, is_illustrative=True
    )


def _draft(row, gets):
    level, waits = Level(row["level"]), row["kind"] == "registered"
    own = {"counterpart": int(row["counterpart"])} if row["counterpart"] else {}
    results = numbers(row["results"]) | ({"co-so": len(gets)} if gets else {})
    national = REGISTERED if waits else NATIONAL
    facilities = list(gets)
    is_named = level == Level.NATIONAL
    return Draft(
        name=row["name"].format(who=who(facilities), work=work(facilities)),
        content=row["content"],
        level=level,
        kind=Kind.SCHEME if waits else Kind(row["kind"]),
        year=YEAR,
        course=national if is_named else LOCAL,
        start_on=datetime.date(YEAR, 3, 1),
        end_on=datetime.date(YEAR, 10, 15),
        money={code: _money(amount) for code, amount in {SOURCE[level]: int(row["support"]), **own}.items()},
        benefits={facility.pk: _money(amount) for facility, amount in gets.items()},
        results={code: Figure(number, number) for code, number in results.items()},
        former_district=facilities[0].former_district if len(facilities) == 1 else None,
        objective=(WAITS if waits else TOLD) if is_named else "",
    )


def _money(millions):
    return Money(millions * MILLION, millions * MILLION)
