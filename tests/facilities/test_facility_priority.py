"""Marks of priority and the hint on eligibility: pure questions about one row."""

import datetime

import pytest

from facilities import eligibility, priority
from facilities.models import Facility, Trade
from khuyencong.models import AdministrativeUnit

DAY = datetime.date(2026, 11, 2)
FOOD = Trade(code="a", name="Chế biến", legal_basis="NĐ 45/2012/NĐ-CP, Điều 5 điểm a")
MATERIAL = Trade(code="c", name="Vật liệu xây dựng", legal_basis="NĐ 45/2012/NĐ-CP, Điều 5 điểm c")
MINING = Trade(code="e", name="Khoáng sản", legal_basis="NĐ 45/2012/NĐ-CP, Điều 5 điểm e")
EASY = AdministrativeUnit(level="commune", kind="xa", name="Diễn Kỷ")
HARD = AdministrativeUnit(level="commune", kind="xa", name="Keng Đu", is_difficult=True)


def state(label, **fields):
    return next(mark.state for mark in priority.marks(Facility(**fields)) if mark.label == label)


@pytest.mark.parametrize(("workers", "expected"), [(None, None), (49, False), (50, True)])
def test_many_workers_are_fifty(workers, expected):
    assert state("Sử dụng nhiều lao động", workers=workers) is expected


@pytest.mark.parametrize(("share", "expected"), [(None, None), (50, False), (51, True)])
def test_local_material_is_more_than_half(share, expected):
    assert state("Nguyên liệu tại chỗ", local_material_share=share) is expected


@pytest.mark.parametrize(("commune", "expected"), [(None, None), (EASY, False), (HARD, True)])
def test_a_difficult_area_is_that_of_todays_commune(commune, expected):
    assert state("Địa bàn khó khăn", commune_today=commune) is expected


def test_every_mark_names_its_law_and_how_it_is_known():
    marks = priority.marks(Facility())

    assert [mark.word for mark in marks if "tiêu biểu" in mark.label] == ["không"]
    assert all(mark.law and mark.how for mark in marks)
    assert not priority.is_priority(Facility())
    assert priority.is_priority(Facility(is_exporter=True))


@pytest.mark.parametrize(
    ("fields", "expected", "reason"),
    [
        ({"legal_form": "household", "trade": FOOD}, "eligible", "Điều 5 điểm a"),
        ({"legal_form": "company"}, "unknown", "Chưa ghi ngành nghề"),
        ({"legal_form": "other", "trade": FOOD}, "ineligible", "Tổ chức khác"),
        ({"legal_form": "village", "trade": FOOD}, "unknown", "nghị định không nêu riêng"),
        ({"legal_form": "investor"}, "eligible", "15/10/2025"),
        ({"legal_form": "artisan"}, "eligible", "cần đối chiếu văn bản gốc"),
        ({"trade": MATERIAL, "products": "Gạch đất sét nung"}, "unknown", "lò vòng"),
        ({"trade": MATERIAL, "products": "Gạch không nung"}, "eligible", "Điều 5 điểm c"),
        ({"trade": MINING, "commune_today": EASY}, "unknown", "địa bàn khó khăn"),
        ({"trade": MINING, "commune_today": HARD}, "eligible", "Điều 5 điểm e"),
    ],
)
def test_the_hint_says_why(fields, expected, reason):
    hint = eligibility.hint(Facility(**fields), DAY)

    assert (hint.state, reason in hint.reason) == (expected, True)


def test_artisans_and_investors_were_not_supported_before_the_decree_of_2025():
    hint = eligibility.hint(Facility(legal_form="artisan"), datetime.date(2025, 10, 14))

    assert hint.state == "ineligible"
