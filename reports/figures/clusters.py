"""Industrial clusters by the 27 indicators of TT 14/2024/TT-BCT (Phụ lục I, Biểu 03 and Biểu 04): rows in, figures out.

Areas are hectares, amounts whole đồng. None means that nobody reported it, which is not zero.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from khuyencong.periods import HalfYear, Period, Year, administrative_window
from khuyencong.ratios import CENT, percentage
from reports.figures.cluster_rows import ClusterRow, ClusterRows, FigureRow
from reports.figures.rows import Subject

Number = int | Decimal | None
CLUSTERS, HECTARES, BILLION, PROJECTS, PEOPLE, PER_CENT = "cụm", "ha", "tỷ đồng", "dự án", "người", "%"
FLOWS = ("revenue", "budget_paid")  # of a period, and therefore added up over the halves of a year


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the form: '15.1', its words, unit and value; amounts in đồng although the unit printed is tỷ đồng."""

    number: str
    name: str
    unit: str
    value: Number


@dataclass(frozen=True, slots=True)
class Section:
    """'I', 'Phương án phát triển cụm công nghiệp' and its rows."""

    numeral: str
    title: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster in the list behind the figures, with what it reported; `area` is that of its furthest decision."""

    cluster: ClusterRow
    figures: FigureRow | None
    area: Decimal | None
    occupancy: Decimal | None
    is_operating: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """Names of clusters whose data leave something open."""

    without_figures: tuple[str, ...]
    without_first_half: tuple[str, ...]
    not_operating: tuple[str, ...]
    without_area: tuple[str, ...]
    without_land: tuple[str, ...]
    land_over_area: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """The form of one territory and period, the clusters behind it, and what is missing."""

    subject: Subject
    day: date
    sections: tuple[Section, ...]
    average_area: Decimal | None
    lines: tuple[ClusterLine, ...]
    gaps: Gaps
    is_illustrative: bool

    def value(self, number: str) -> Number:
        """The value of row `number` ('15.1')."""
        return next(row.value for section in self.sections for row in section.indicators if row.number == number)


def halves_of(period: Period) -> tuple[tuple[int, int], ...]:
    """(year, half) of what a half-year or a year reports; ValueError for another period."""
    if isinstance(period, HalfYear):
        return ((period.year, period.number),)
    if isinstance(period, Year):
        return (period.year, 1), (period.year, 2)
    raise ValueError(f"clusters report by half-years and years, not {period.code}")


def total(values: Iterable[Number]) -> Number:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def in_billions(amount: Number) -> Decimal | None:
    """Đồng as tỷ đồng with two decimals, as the form prints them."""
    if amount is None:
        return None
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        return Decimal(amount).scaleb(-9).quantize(CENT)


def cluster_report(rows: ClusterRows, subject: Subject) -> ClusterReport:
    """The 27 indicators as at the last day of the period's window, or at the cut-off when that is earlier."""
    state = State(rows, subject.period, subject.cut_off)
    return ClusterReport(
        subject=subject,
        day=state.day,
        sections=tuple(
            Section(numeral, title, tuple(Indicator(*words, compute(state)) for *words, compute in specs))
            for numeral, title, specs in FORM
        ),
        average_area=_average(state.areas(state.planned, "planned_area"), len(state.planned)),
        lines=tuple(_line(cluster, state) for cluster in state.standing),
        gaps=_gaps(state),
        is_illustrative=any(cluster.is_illustrative for cluster in state.standing),
    )


class State:
    """Which clusters count in which row on `day`, and what each reported for the period.

    A cluster taken out of the plan counts nowhere from that day on.
    """

    def __init__(self, rows: ClusterRows, period: Period, cut_off: date):
        window = administrative_window(period)
        self.day, self.halves = min(window.end, cut_off), halves_of(period)
        kept = [one for one in rows.clusters if not self._by(one.removed_on)]
        self.planned = [one for one in kept if self._by(one.planned_on)]
        self.established = [one for one in kept if self._by(one.established_on)]
        self.new = [one for one in self.established if one.established_on >= window.start]
        self.by_enterprise = [one for one in self.established if one.investor_kind == "enterprise"]
        self.detailed = [one for one in kept if self._by(one.detailed_plan_on)]
        self.invested = [one for one in kept if self._by(one.infrastructure_on)]
        self.operating = [one for one in kept if self._by(one.operating_from)]
        begun = {one.id for group in self._groups() for one in group}
        self.standing = [one for one in kept if one.id in begun]
        self._rows = {(row.cluster_id, row.year, row.half): row for row in rows.figures}
        self.reported = {one.id: row for one in self.standing if (row := self._report(one.id))}

    def _by(self, day: date | None) -> bool:
        return day is not None and day <= self.day

    def _groups(self):
        return self.planned, self.established, self.detailed, self.invested, self.operating

    def _report(self, pk: int) -> FigureRow | None:
        """Of a year: the land, projects and workers of its second half, the revenue and payments of both."""
        parts = [self._rows.get((pk, *half)) for half in self.halves]
        if not any(parts):
            return None
        flows = {name: total(getattr(part, name) for part in parts if part) for name in FLOWS}
        return replace(parts[-1] or FigureRow(pk, *self.halves[-1]), **flows)

    def has_half(self, pk: int, which: int) -> bool:
        """The cluster reported for the first (0) or last (-1) half of the period."""
        return (pk, *self.halves[which]) in self._rows

    def lacks_first_half(self, cluster: ClusterRow) -> bool:
        """It reported for the end of the period and worked before, but did not report for the half-year before."""
        if not self.has_half(cluster.id, -1) or self.has_half(cluster.id, 0):
            return False
        return cluster.operating_from <= administrative_window(HalfYear(*self.halves[0])).end

    def is_established(self, cluster: ClusterRow) -> bool:
        """By decision, on the day of the report."""
        return self._by(cluster.established_on)

    def area(self, cluster: ClusterRow) -> Decimal | None:
        """Of the establishment; without it of the nearest decision: by the day, or any when the cluster works already."""
        if self.is_established(cluster):
            return cluster.established_area
        known = (
            (cluster.detailed_plan_on, cluster.detailed_plan_area),
            (cluster.infrastructure_on, cluster.infrastructure_area),
            (cluster.planned_on, cluster.planned_area),
        )
        works = self._by(cluster.operating_from)
        areas = (area for decided, area in known if works or self._by(decided))
        return next((area for area in areas if area is not None), None)

    def working(self, *, established: bool | None = None, kind: str = "") -> list[ClusterRow]:
        """Operating clusters: all, established or not, of one kind."""
        found = [one for one in self.operating if not kind or one.kind == kind]
        return [one for one in found if established is None or self.is_established(one) == established]

    def areas(self, clusters: list[ClusterRow], name: str = "") -> Decimal:
        """Hectares of the field `name`, or of `area`; nothing is 0, for a cluster always has a size."""
        return total(getattr(one, name) if name else self.area(one) for one in clusters) or Decimal(0)

    def figures(self, name: str, clusters: list[ClusterRow] | None = None) -> Number:
        """The sum of what was reported under `name`, by the operating clusters unless others are given."""
        clusters = self.operating if clusters is None else clusters
        return total(getattr(self.reported[one.id], name) for one in clusters if one.id in self.reported)

    def leased(self) -> Number:
        """Leased land of the operating clusters whose industrial land is known: never more than that land."""
        return self.figures("leased_land", [one for one in self.operating if one.industrial_land is not None])

    def leases_unknown(self, cluster: ClusterRow) -> bool:
        """It reported leased land, but its industrial land is not written down."""
        return cluster.industrial_land is None and bool(self.figures("leased_land", [cluster]))

    def treating(self, *states: str) -> int | None:
        """How many operating clusters reported one of these states of wastewater treatment; None: nobody reported."""
        told = [self.reported[one.id].wastewater for one in self.operating if self.has_half(one.id, -1)]
        return sum(state in states for state in told) if told else None


Spec = tuple[str, str, str, Callable[[State], Number]]
PLAN: tuple[Spec, ...] = (
    ("1", "Số CCN trong phương án phát triển", CLUSTERS, lambda s: len(s.planned)),
    ("2", "Tổng diện tích CCN trong phương án phát triển", HECTARES, lambda s: s.areas(s.planned, "planned_area")),
)
ESTABLISHMENT: tuple[Spec, ...] = (
    ("3", "Số CCN đã thành lập", CLUSTERS, lambda s: len(s.established)),
    ("4", "Tổng diện tích CCN đã thành lập", HECTARES, lambda s: s.areas(s.established)),
    ("5", "Số CCN thành lập trong kỳ", CLUSTERS, lambda s: len(s.new)),
    ("6", "Tổng diện tích CCN thành lập trong kỳ", HECTARES, lambda s: s.areas(s.new)),
    ("7", "Số CCN do doanh nghiệp làm chủ đầu tư hạ tầng", CLUSTERS, lambda s: len(s.by_enterprise)),
    ("8", "Tổng diện tích CCN do doanh nghiệp làm chủ đầu tư", HECTARES, lambda s: s.areas(s.by_enterprise)),
    ("9", "Số CCN đã duyệt quy hoạch chi tiết", CLUSTERS, lambda s: len(s.detailed)),
    ("10", "Tổng diện tích quy hoạch chi tiết", HECTARES, lambda s: s.areas(s.detailed, "detailed_plan_area")),
    ("11", "Số CCN đã duyệt dự án đầu tư hạ tầng", CLUSTERS, lambda s: len(s.invested)),
    ("12", "Tổng diện tích dự án đầu tư hạ tầng", HECTARES, lambda s: s.areas(s.invested, "infrastructure_area")),
    (
        "13",
        "Tổng vốn đầu tư hạ tầng theo dự án",
        BILLION,
        lambda s: total(one.infrastructure_capital for one in s.invested),
    ),
    ("14", "Vốn hạ tầng đã đầu tư lũy kế", BILLION, lambda s: s.figures("invested_capital", s.standing)),
)
OPERATION: tuple[Spec, ...] = (
    ("15", "Số CCN đã hoạt động (15 = 15.1 + 15.2)", CLUSTERS, lambda s: len(s.working())),
    ("15.1", "CCN đã thành lập", CLUSTERS, lambda s: len(s.working(established=True))),
    ("15.2", "CCN chưa thành lập", CLUSTERS, lambda s: len(s.working(established=False))),
    ("15.3", "Trong đó: CCN làng nghề", CLUSTERS, lambda s: len(s.working(kind="village"))),
    ("15.4", "Trong đó: CCN chuyên ngành", CLUSTERS, lambda s: len(s.working(kind="specialised"))),
    ("16", "Tổng diện tích CCN đã hoạt động (16 = 16.1 + 16.2)", HECTARES, lambda s: s.areas(s.working())),
    ("16.1", "CCN đã thành lập", HECTARES, lambda s: s.areas(s.working(established=True))),
    ("16.2", "CCN chưa thành lập", HECTARES, lambda s: s.areas(s.working(established=False))),
    ("16.3", "Trong đó: CCN làng nghề", HECTARES, lambda s: s.areas(s.working(kind="village"))),
    ("16.4", "Trong đó: CCN chuyên ngành", HECTARES, lambda s: s.areas(s.working(kind="specialised"))),
    (
        "17",
        "Diện tích đất công nghiệp theo quy hoạch chi tiết",
        HECTARES,
        lambda s: s.areas(s.operating, "industrial_land"),
    ),
    ("18", "Diện tích đất công nghiệp đã cho thuê", HECTARES, lambda s: s.leased()),
    (
        "19",
        "Tỷ lệ lấp đầy bình quân (19 = 18/17)",
        PER_CENT,
        lambda s: percentage(s.leased(), s.areas(s.operating, "industrial_land")),
    ),
    ("20", "Số dự án đầu tư trong CCN", PROJECTS, lambda s: s.figures("projects")),
    ("21", "Trong đó: dự án FDI", PROJECTS, lambda s: s.figures("fdi_projects")),
    ("22", "Số dự án đang hoạt động", PROJECTS, lambda s: s.figures("operating_projects")),
    ("23", "Doanh thu trong kỳ", BILLION, lambda s: s.figures("revenue")),
    ("24", "Nộp ngân sách nhà nước", BILLION, lambda s: s.figures("budget_paid")),
    ("25", "Số lao động trong CCN", PEOPLE, lambda s: s.figures("workers")),
    (
        "26",
        "Số CCN đã hoặc đang đầu tư hệ thống xử lý nước thải",
        CLUSTERS,
        lambda s: s.treating("invested", "standard"),
    ),
    ("27", "Số CCN có hệ thống xử lý nước thải đạt tiêu chuẩn", CLUSTERS, lambda s: s.treating("standard")),
)
FORM = (
    ("I", "Phương án phát triển cụm công nghiệp", PLAN),
    ("II", "Thành lập, đầu tư hạ tầng kỹ thuật cụm công nghiệp", ESTABLISHMENT),
    ("III", "Hoạt động của cụm công nghiệp", OPERATION),
)


def _average(area: Decimal, count: int) -> Decimal | None:
    if not count:
        return None
    with localcontext(prec=60, rounding=ROUND_HALF_UP):
        return (area / count).quantize(CENT)


def _line(cluster: ClusterRow, state: State) -> ClusterLine:
    figures, is_operating = state.reported.get(cluster.id), cluster in state.operating
    known = _as_known(cluster, state.day, is_operating=is_operating)
    occupancy = percentage(figures and figures.leased_land, known.industrial_land)
    return ClusterLine(known, figures, state.area(cluster), occupancy, is_operating)


LATER = {
    "planned_on": ("planned_area",),
    "established_on": ("established_area",),
    "detailed_plan_on": ("detailed_plan_area", "industrial_land"),
    "infrastructure_on": ("infrastructure_area", "infrastructure_capital"),
    "operating_from": (),
}


def _as_known(cluster: ClusterRow, day: date, *, is_operating: bool) -> ClusterRow:
    """Without what was decided after `day`; an operating cluster keeps the land that its occupancy is measured by."""
    hidden = {}
    for name, facts in LATER.items():
        decided = getattr(cluster, name)
        if decided and decided > day:
            hidden |= dict.fromkeys((name, *facts))
    if is_operating:
        hidden.pop("industrial_land", None)
    return replace(cluster, **hidden)


def _gaps(state: State) -> Gaps:
    """What a reader must know before using the figures."""
    return Gaps(
        without_figures=_names(one for one in state.operating if not state.has_half(one.id, -1)),
        without_first_half=_names(one for one in state.operating if state.lacks_first_half(one)),
        not_operating=_names(one for one in state.standing if one.id in state.reported and one not in state.operating),
        without_area=_names(one for one in state.standing if _lacks_area(one, state)),
        without_land=_names(one for one in state.operating if state.leases_unknown(one)),
        land_over_area=_names(one for one in state.operating if (one.industrial_land or 0) > (state.area(one) or 0)),
    )


def _names(clusters: Iterable[ClusterRow]) -> tuple[str, ...]:
    return tuple(one.name for one in clusters)


def _lacks_area(cluster: ClusterRow, state: State) -> bool:
    """A decision counts, its hectares are not written down."""
    return (
        (cluster in state.detailed and cluster.detailed_plan_area is None)
        or (cluster in state.invested and cluster.infrastructure_area is None)
        or (cluster in state.operating and (state.area(cluster) is None or cluster.industrial_land is None))
    )
