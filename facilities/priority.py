"""What makes a facility come first when support is allocated (NĐ 45/2012 Đ6; TT 36/2013 Đ7): the one place that knows."""

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from facilities.models.facility import MANY_WORKERS, MOSTLY_LOCAL, Facility
from khuyencong.money import format_decimal

TESTS = "TT 36/2013/TT-BCT, Điều 7"
WORDS = {True: "có", False: "không", None: "chưa có dữ liệu"}
TONES = {True: "good", False: "", None: ""}


@dataclass(frozen=True, slots=True)
class Mark:
    """One ground of priority: `state` True, False or None when not known; `how` it is known; `law` where it stands."""

    label: str
    state: bool | None
    how: str
    law: str

    @property
    def word(self):
        return WORDS[self.state]

    @property
    def tone(self):
        return TONES[self.state]


# code -> (words of a filter, rows that hold the mark: a Q, or a function that gives it)
HOLDERS = {
    "workers": (f"Từ {MANY_WORKERS} lao động", Q(workers__gte=MANY_WORKERS)),
    "material": (f"Nguyên liệu tại chỗ trên {MOSTLY_LOCAL} %", Q(local_material_share__gt=MOSTLY_LOCAL)),
    "export": ("Có xuất khẩu", Q(is_exporter=True)),
    "difficult": ("Địa bàn khó khăn", Q(commune_today__is_difficult=True)),
}
# Marks that an app above knows of, in its AppConfig.ready: label -> function of a facility that gives (state, how).
KNOWN_ABOVE = {}
CERTIFIED = "Sản phẩm CNNT tiêu biểu"


def holding(code) -> Q:
    """Rows that hold the mark of that code now."""
    rows = HOLDERS[code][1]
    return rows() if callable(rows) else rows


def held_by(ids) -> dict[int, list[str]]:
    """{facility id: the grounds that are known to hold now, in words}, for the ids of kept facilities; one query."""
    holds = {f"holds_{code}": ExpressionWrapper(holding(code), BooleanField()) for code in HOLDERS}
    rows = Facility.objects.filter(pk__in=ids).annotate(**holds).values("pk", *holds)
    return {row["pk"]: [words for code, (words, _) in HOLDERS.items() if row[f"holds_{code}"]] for row in rows}


def marks(facility) -> list[Mark]:
    """Every ground of priority; needs `facility.commune_today`."""
    return [
        Mark("Sử dụng nhiều lao động", facility.has_many_workers, _workers(facility), TESTS),
        Mark("Nguyên liệu tại chỗ", facility.uses_local_material, _material(facility), TESTS),
        Mark("Sản xuất hàng xuất khẩu", facility.is_exporter, "theo khai báo của cơ sở", TESTS),
        Mark(CERTIFIED, *KNOWN_ABOVE[CERTIFIED](facility), TESTS),
        Mark("Địa bàn khó khăn", facility.is_in_difficult_area, _area(facility), "NĐ 45/2012/NĐ-CP, Điều 6"),
    ]


def is_priority(facility) -> bool:
    """At least one ground is known to hold."""
    return any(mark.state for mark in marks(facility))


def _workers(facility):
    if facility.workers is None:
        return "chưa ghi số lao động"
    return f"{format_decimal(facility.workers, 0)} lao động, mốc {MANY_WORKERS}"


def _material(facility):
    if facility.local_material_share is None:
        return "chưa ghi phần nguyên liệu trong tỉnh"
    return f"{format_decimal(facility.local_material_share, 2)} % giá trị nguyên liệu, phải trên {MOSTLY_LOCAL} %"


def _area(facility):
    today = facility.commune_today
    return f"theo {today.full_name}" if today else "chưa rõ xã, phường hiện nay"
