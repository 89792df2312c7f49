"""The funnel, pure: dossiers in, one step a level out, and in words why a higher level may have more than a lower one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

WHERE_FROM = "{}: {} hồ sơ, trong đó {}."
WITHIN, SKIPPED, ELSEWHERE = (
    "{} dựa vào giấy chứng nhận cấp dưới trong phạm vi này",
    "{} không qua cấp dưới (nơi sản xuất không có kỳ bình chọn ở cấp đó)",
    "{} dựa vào giấy chứng nhận của đợt hoặc năm khác",
)
MORE = "{} có nhiều sản phẩm được cấp giấy ({}) hơn {} ({}): xem hồ sơ đến từ đâu ở trên."


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level of selection, from below by `rank`."""

    code: str
    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier that was not withdrawn; ids only.

    `certificate`: what it was given, None without; `rests_on`: the lower certificate, None when the level was skipped or
    there is none below.
    """

    id: int
    level: str
    product: int
    facility: int
    is_recognised: bool = False
    certificate: int | None = None
    rests_on: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One level. `within`, `skipped` and `elsewhere` say where its dossiers come from; at the first level all are skipped."""

    level: LevelName
    registered: int
    recognised: int
    certified: int
    promoted: int
    within: int
    skipped: int
    elsewhere: int


def funnel(levels: Iterable[LevelName], dossiers: Iterable[Dossier]) -> tuple[Step, ...]:
    """Levels with dossiers, from below. `promoted`: certificates of the level on which a dossier of any other rests."""
    dossiers = list(dossiers)
    used = {one.rests_on for one in dossiers} - {None}
    given = {one.certificate for one in dossiers} - {None}
    found = []
    for level in sorted(levels, key=lambda level: level.rank):
        own = [one for one in dossiers if one.level == level.code]
        if own:
            found.append(_step(level, own, used, given))
    return tuple(found)


def _step(level: LevelName, own: Sequence[Dossier], used: set[int | None], given: set[int | None]) -> Step:
    certificates = {one.certificate for one in own} - {None}
    resting = [one.rests_on for one in own if one.rests_on is not None]
    within = sum(one in given for one in resting)
    return Step(
        level=level,
        registered=len(own),
        recognised=sum(one.is_recognised for one in own),
        certified=len(certificates),
        promoted=len(certificates & used),
        within=within,
        skipped=len(own) - len(resting),
        elsewhere=len(resting) - within,
    )


def explanations(steps: Sequence[Step]) -> tuple[str, ...]:
    """Where the dossiers of each level above the first come from; then every place where the funnel grows wider."""
    return (*(_where_from(step) for step in steps[1:]), *_wider(steps))


def _where_from(step: Step) -> str:
    parts = ((WITHIN, step.within), (SKIPPED, step.skipped), (ELSEWHERE, step.elsewhere))
    return WHERE_FROM.format(
        step.level.name, step.registered, "; ".join(words.format(number) for words, number in parts if number)
    )


def _wider(steps: Sequence[Step]) -> list[str]:
    return [
        MORE.format(above.level.name, above.certified, below.level.name.lower(), below.certified)
        for below, above in pairwise(steps)
        if above.certified > below.certified
    ]
