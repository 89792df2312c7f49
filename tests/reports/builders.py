"""Plain rows for the pure parts of reports: no database. Amounts are in đồng."""

import datetime
from decimal import Decimal

from khuyencong.periods import FiveYears
from reports.figures.period_summary import period_summary
from reports.figures.rows import (
    Agencies,
    BenefitRow,
    Indicator,
    Place,
    PlanRow,
    ResultRow,
    Rows,
    SchemeRow,
    Source,
    Subject,
    Territory,
)

NATIONAL = Source("national", "Khuyến công quốc gia", "Quốc gia", True, 1)
PROVINCE = Source("province", "Ngân sách tỉnh", "Tỉnh", True, 2)
DISTRICT = Source("district", "Ngân sách huyện", "Huyện", True, 3)
COUNTERPART = Source("counterpart", "Đối ứng của cơ sở", "Đối ứng", False, 5)
SOURCES = (NATIONAL, PROVINCE, DISTRICT, COUNTERPART)
LEVELS = {"national": "Quốc gia", "local": "Địa phương"}
CLASSES = Indicator("lop", "Lớp đào tạo nghề", "lớp", "sum", 3)
FACILITIES = Indicator("co-so", "Cơ sở được hỗ trợ", "cơ sở", "facilities", 1)
VILLAGES = Indicator("lang-nghe", "Làng nghề được hỗ trợ", "làng nghề", "villages", 2)
NGHE_AN = Territory("40", "Nghệ An", "tỉnh")
HERE = Place(1, "40", "Nghệ An")
MORNING = datetime.datetime(2026, 11, 22, 8, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


def scheme(
    id, *, year=2016, content="KC01.01", level="local", settled=None, name="Đào tạo nghề", territory=HERE, **approved
):
    """A decided scheme: `province=100` is what the province's budget approved."""
    return SchemeRow(
        id=id,
        code=f"KC-40-{year}-{id:03d}",
        name=name,
        kind="Đề án",
        level=level,
        year=year,
        province="Nghệ An",
        content_code=content,
        content_name=f"Nội dung {content}",
        group_code=content[:4],
        group_name=f"Nhóm {content[:4]}",
        place="Diễn Châu",
        unit="Trung tâm Khuyến công",
        status="Đã phê duyệt",
        decision_number="15/QĐ-SCT",
        decision_on=datetime.date(year, 3, 2),
        beneficiaries=(),
        approved=approved,
        settled=settled or {},
        territory=territory,
    )


def plan(amount, *, year=2016, source="district", territory=HERE):
    """Money that belongs to no scheme."""
    return PlanRow(year, source, "Phần cấp huyện", amount, territory)


def result(scheme_id, indicator, planned, actual=None):
    return ResultRow(scheme_id, indicator, Decimal(planned), None if actual is None else Decimal(actual))


def benefit(scheme_id, facility_id, *, is_village=False):
    return BenefitRow(scheme_id, facility_id, f"Cơ sở {facility_id}", is_village)


def rows(*schemes, **others):
    """Everything a report reads, with the usual sources."""
    used = (row.territory for row in (*schemes, *others.get("plans", ())))
    others.setdefault("places", dict.fromkeys(used))
    return Rows(SOURCES, LEVELS, schemes=schemes, **{name: tuple(some) for name, some in others.items()})


def subject(**changes):
    values = {
        "report": "giai-doan",
        "title": "Báo cáo tổng kết khuyến công",
        "territory": NGHE_AN,
        "agencies": Agencies("Sở Công Thương", "UBND tỉnh Nghệ An", "SCT", "Nghệ An", ("Bộ Công Thương",)),
        "period": FiveYears(2016),
        "cut_off": datetime.date(2020, 12, 31),
        "data_as_of": MORNING,
    }
    return Subject(**values | changes)


def summary(*schemes, about=None, **others):
    """The whole report of these schemes."""
    return period_summary(rows(*schemes, **others), about or subject())
