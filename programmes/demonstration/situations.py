"""What a year under way also knows: a flagship, a group, changes, an exception, advances not settled, a stop."""

import datetime

from programmes.demonstration.courses import Course, working_day
from programmes.demonstration.drafts import MILLION, Change, Draft, Figure, Money, who, work
from programmes.enums import Level
from programmes.models.adjustments import AdjustmentKind, Authority

APPROVED = "Đủ điều kiện, phù hợp kế hoạch khuyến công năm."
BEYOND = (
    "Số liệu minh họa: thiết bị đồng bộ không tách rời được, giá trị lớn; hội đồng thẩm định thống nhất mức hỗ trợ."
)


def situations(today, facilities) -> list[Draft]:
    """Seven schemes of Nghệ An in the year of `today` and the one before; they support the first eight of `facilities`."""
    one, two, three, four, five, six, seven, eight = facilities[:8]
    return [
        _flagship(today, [one, two]),
        _group(today),
        _beyond_a_ceiling(today, three),
        _changed(today, four),
        _unsettled(today, five),
        _stopped(today, six),
        _closed(today, [seven, eight]),
    ]


def _ago(today, days):
    return today - datetime.timedelta(days=days)


def _scheme(name, gets, support, counterpart, course, *, year, source="province", **more):
    """A scheme whose facilities share `support` (triệu đồng) evenly."""
    support, counterpart = support * MILLION, counterpart * MILLION
    share = support // max(1, len(gets))
    return Draft(
        name=name.format(who=who(gets), work=work(gets)),
        course=course,
        year=year,
        money={source: Money(support, support), "counterpart": Money(counterpart, counterpart)},
        benefits={facility.pk: Money(share, share) for facility in gets},
        **{
            "content": "KC03.04",
            "level": Level.LOCAL,
            "start_on": course.started,
            "end_on": _year_end(year),
            "results": {"may": Figure(max(1, len(gets)), max(1, len(gets)))},
        }
        | more,
    )


def _year_end(year):
    return datetime.date(year, 12, 31)


def _under_way(today, number, **more):
    """Decided and begun in the year of `today`."""
    days = {"drafted": 250, "submitted": 235, "decided": 205, "contracted": 190, "started": 175}
    return Course(**{step: _ago(today, ago) for step, ago in days.items()}, number=number, reason=APPROVED, **more)


def _of_last_year(today, number, **more):
    """Decided and begun in the year before."""
    days = {"drafted": (1, 6), "submitted": (1, 20), "decided": (2, 24), "contracted": (3, 10), "started": (3, 24)}
    steps = {step: working_day(today.year - 1, *day) for step, day in days.items()}
    return Course(**steps, number=number, reason=APPROVED, **more)


def _flagship(today, gets):
    """Two contents over two years, the first half advanced."""
    year = today.year
    return _scheme(
        "Đề án điểm: đầu tư dây chuyền sản xuất và xây dựng thương hiệu tại {who}",
        gets,
        800,
        1400,
        _under_way(today, "33/QĐ-SCT", advanced=_ago(today, 120)),
        year=year,
        content="KC03.05",
        results={"day-chuyen": Figure(len(gets), len(gets))},
        end_on=_year_end(year + 1),
        is_flagship=True,
        other_contents=("KC04.07",),
        years={
            ("province", year): 500 * MILLION,
            ("province", year + 1): 300 * MILLION,
            ("counterpart", year): 900 * MILLION,
            ("counterpart", year + 1): 500 * MILLION,
        },
    )


def _group(today):
    """Its facilities are named later; it waits for its detailed plan."""
    return _scheme(
        "Đề án nhóm: ứng dụng máy móc, thiết bị chế biến nông sản (minh họa)",
        [],
        600,
        900,
        Course(
            _ago(today, 90), submitted=_ago(today, 76), decided=_ago(today, 40), number="66/QĐ-SCT", reason=APPROVED
        ),
        year=today.year,
        start_on=_ago(today, 10),
        is_group=True,
    )


def _beyond_a_ceiling(today, facility):
    """350 triệu where the rule leaves 300: with a reason, confirmed by a second person."""
    course = Course(
        _ago(today, 120), submitted=_ago(today, 110), decided=_ago(today, 30), number="3120/QĐ-BCT", reason=APPROVED
    )
    return _scheme(
        "Ứng dụng máy móc, thiết bị tiên tiến trong {work} tại {who}",
        [facility],
        350,
        650,
        course,
        year=today.year,
        source="national",
        level=Level.NATIONAL,
        start_on=_ago(today, 5),
        beyond=BEYOND,
    )


def _changed(today, facility):
    """Less money and more time, by two decisions; half was advanced before."""
    year = today.year
    decrease = Change(
        AdjustmentKind.DECREASE,
        Authority.DEPARTMENT,
        "171/QĐ-SCT",
        working_day(year - 1, 9, 15),
        "Cơ sở giảm một máy so với đề án được duyệt (minh họa).",
        support=240 * MILLION,
    )
    extension = Change(
        AdjustmentKind.EXTENSION,
        Authority.CHAIR,
        "2280/QĐ-UBND",
        working_day(year - 1, 12, 10),
        "Thiết bị nhập khẩu về chậm, kéo dài sang năm sau (minh họa).",
        end_on=_year_end(year),
    )
    return _scheme(
        "Hỗ trợ máy móc, thiết bị {work} tại {who}",
        [facility],
        300,
        480,
        _of_last_year(today, "21/QĐ-SCT", advanced=working_day(year - 1, 5, 12)),
        year=year - 1,
        changes=(decrease, extension),
    )


def _unsettled(today, facility):
    """Half was advanced last year, and nothing was settled by 22 January."""
    return _scheme(
        "Hỗ trợ máy móc, thiết bị {work} tại {who}",
        [facility],
        180,
        260,
        _of_last_year(today, "22/QĐ-SCT", advanced=working_day(today.year - 1, 6, 9)),
        year=today.year - 1,
    )


def _stopped(today, facility):
    """Stopped after its first advance, which was given back."""
    course = _under_way(today, "35/QĐ-SCT", advanced=_ago(today, 130), terminated=_ago(today, 45))
    return _scheme("Hỗ trợ máy móc, thiết bị {work} tại {who}", [facility], 160, 240, course, year=today.year)


def _closed(today, gets):
    """Gone through to its end."""
    year = today.year - 1
    course = _of_last_year(
        today,
        "23/QĐ-SCT",
        advanced=working_day(year, 5, 20),
        accepted=working_day(year, 11, 5),
        liquidated=working_day(year, 11, 18),
        settled=working_day(year, 12, 9),
        closed=working_day(year, 12, 23),
        settlement_number="224/QĐ-SCT",
    )
    return _scheme(
        "Hỗ trợ máy móc, thiết bị tại {who}", gets, 320, 500, course, year=year, end_on=datetime.date(year, 10, 30)
    )
