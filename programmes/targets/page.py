"""One programme as its page and workbook show it: targets by group, and the money planned and committed by year."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from khuyencong.ratios import percentage
from programmes.models import ActivityContent, ProgrammeTarget
from programmes.targets.facts import facts_of
from programmes.targets.progress import progress_of

OTHERS = "Chỉ tiêu chung"
Measure = ProgrammeTarget.Measure


@dataclass(frozen=True, slots=True)
class Section:
    """A group (None: targets without one), its contents and its targets with their progress."""

    name: str
    group: object
    contents: list
    rows: list


@dataclass(frozen=True, slots=True)
class Year:
    """What was planned (None: not said) and committed in one year, or in the whole period; đồng."""

    label: str
    planned: Decimal | None
    committed: Decimal

    @property
    def percent(self):
        return percentage(self.committed, self.planned)

    @property
    def bar(self):
        """`percent` as far as a bar goes."""
        return None if self.percent is None else min(self.percent, 100)


def sections(programme, user, today):
    """(sections, years, total Year): a fixed number of queries for any number of targets."""
    facts = facts_of(programme, user)
    groups = list(programme.groups.prefetch_related("contents"))
    targets = list(programme.targets.select_related("indicator", "source").prefetch_related("figures"))
    leaves = _leaves(groups)
    rows = defaultdict(list)
    for target in targets:
        target.programme = programme
        figures = {figure.year: figure.value for figure in target.figures.all()}
        contents = leaves.get(target.group_id)
        rows[target.group_id].append(progress_of(target, facts, contents, figures, today))
    found = [Section(group.name, group, list(group.contents.all()), rows[group.pk]) for group in groups]
    if rows[None]:
        found.append(Section(OTHERS, None, [], rows[None]))
    return found, *_money(programme, facts, targets)


def _leaves(groups):
    """{group id: ids of all contents it stands for}: a clause stands for the contents under it."""
    under = defaultdict(set)
    for pk, clause in ActivityContent.objects.values_list("pk", "group"):
        under[pk].add(pk)
        under[clause].add(pk)
    return {group.pk: set().union(*(under[content.pk] for content in group.contents.all())) for group in groups}


def _money(programme, facts, targets):
    """The plan of each year and of the period: money targets without a group, beside what the programme committed."""
    plans = [one for one in targets if one.measure == Measure.MONEY and one.group_id is None]
    counted = [row for row in facts.money if row.is_own or any(plan.counts_all for plan in plans)]
    committed = defaultdict(Decimal)
    for row in counted:
        committed[row.year] += row.value
    years = [
        Year(str(year), _planned(plans, year), committed[year])
        for year in range(programme.first_year, programme.last_year + 1)
    ]
    yearly = [year.planned for year in years if year.planned is not None]
    whole = _planned(plans, None)
    planned = whole if whole is not None else (sum(yearly) if yearly else None)
    return years, Year("Cả giai đoạn", planned, sum(committed.values(), Decimal(0)))


def _planned(plans, year):
    """The whole sum when the plan says it, else what its sources add up to; None when it says nothing."""
    asked = [plan for plan in plans if plan.year == year]
    whole = [plan for plan in asked if plan.source_id is None]
    amounts = [plan.low if plan.low is not None else plan.high for plan in whole or asked]
    return sum(amounts) if amounts else None


def summary(found) -> dict:
    """How many targets are reached, missed so far and without figures."""
    rows = [row for section in found for row in section.rows]
    known = [row for row in rows if row.value is not None]
    return {"count": len(rows), "reached": sum(row.is_reached for row in known), "known": len(known)}
