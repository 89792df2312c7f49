"""Cycles and rounds as their lists show them."""

from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from fairs.enums import Body, EntryStatus, RoundStatus, Scoring
from fairs.models import RoundMember, ScoreSheet, SelectionCycle, SelectionLevel, SelectionRound
from fairs.selection.counts import Counts, counts_by_level, counts_by_round
from khuyencong.money import format_amount

TONES = {RoundStatus.OPEN: "wait", RoundStatus.SCORING: "wait", RoundStatus.CONCLUDED: "good"}


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round and what became of its dossiers."""

    round: SelectionRound
    counts: Counts

    @property
    def tone(self):
        return TONES.get(self.round.status, "")

    @property
    def next_action(self):
        """What somebody has to do next, in a few words; '' when nothing is left."""
        return NEXT[self.round.status](self.round, self.counts)


def _preparing(round, counts):
    return "Mở nhận hồ sơ"


def _open(round, counts):
    if not counts.registered:
        return "Nhận hồ sơ đăng ký"
    return f"Kiểm tra {counts.waiting} hồ sơ chưa hợp lệ" if counts.waiting else "Chuyển sang chấm điểm"


def _scoring(round, counts):
    if round.scoring == Scoring.SHEETS and round.sheet_count < counts.complete * round.juror_count:
        return f"Nhập {counts.complete * round.juror_count - round.sheet_count} phiếu chấm"
    if counts.scored < counts.complete:
        return "Nhập điểm theo biên bản" if round.scoring == Scoring.MINUTES else "Nhập phiếu chấm"
    return "Người thẩm định kết luận"


def _concluded(round, counts):
    if counts.certified < counts.passed:
        return f"Cấp {counts.passed - counts.certified} giấy chứng nhận"
    return "" if round.announced_on else "Ghi ngày công bố"


NEXT = {
    RoundStatus.PREPARING: _preparing,
    RoundStatus.OPEN: _open,
    RoundStatus.SCORING: _scoring,
    RoundStatus.CONCLUDED: _concluded,
}


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A cycle's rounds of one level, added up."""

    level: str
    rows: list[RoundRow] = field(default_factory=list)

    @property
    def counts(self):
        return sum((row.counts for row in self.rows), Counts())

    @property
    def concluded(self):
        return sum(row.round.status == RoundStatus.CONCLUDED for row in self.rows)


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle and its `cells`, one a level of the table's head."""

    cycle: SelectionCycle
    cells: list[LevelCell]


def rounds_of(cycles) -> list[RoundRow]:
    """The rounds of these cycles, from the first level up, with `juror_count` and `sheet_count`; two queries."""
    found = (
        SelectionRound.objects.filter(cycle__in=cycles)
        .for_list()
        .annotate(
            juror_count=_number_of(RoundMember.objects.filter(round=OuterRef("pk"), body=Body.JURY), "round"),
            sheet_count=_number_of(
                ScoreSheet.objects.filter(entry__round=OuterRef("pk"), entry__status=EntryStatus.COMPLETE),
                "entry__round",
            ),
        )
    )
    rounds = list(found.order_by("level__rank", "opens_on", "pk"))
    counts = counts_by_round(rounds)
    return [RoundRow(one, counts.get(one.pk, Counts())) for one in rounds]


def _number_of(rows, key):
    """SQL: how many `rows` there are of the round, 0 for none."""
    return Coalesce(Subquery(rows.order_by().values(key).annotate(n=Count("pk")).values("n")), 0)


def levels() -> dict[str, str]:
    """Code -> name of the levels of selection in use, the first below."""
    return dict(
        SelectionLevel.objects.filter(is_active=True).order_by("rank", "valid_from").values_list("code", "name")
    )


def cycle_rows(cycles, heads) -> list[CycleRow]:
    """One row a cycle; `heads` are the levels of the table."""
    rows = rounds_of(cycles)

    def cell(cycle, code):
        here = [row for row in rows if row.round.cycle_id == cycle.pk and row.round.level.code == code]
        return LevelCell(heads[code], here)

    return [CycleRow(cycle, [cell(cycle, code) for code in heads]) for cycle in cycles]


def totals(cycles, heads, count_label) -> list:
    """The strip above the list: cycles, and registered → certified of each level that had a dossier."""
    found = counts_by_level(SelectionRound.objects.filter(cycle__in=cycles.order_by().values("pk")))
    strip = [{"label": "Số đợt", "value": count_label}]
    for code in (code for code in heads if code in found):
        value = f"{format_amount(found[code].registered)} → {format_amount(found[code].certified)}"
        strip.append({"label": f"{heads[code]}: hồ sơ → giấy", "value": value})
    return strip
