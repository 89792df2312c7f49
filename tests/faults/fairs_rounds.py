"""Faults of cycles and rounds of selection, of the law they rest on, and of complaints."""

import datetime

from django.utils import timezone

from fairs.models import ForeignFairRule, ProvinceRegion, ScoreScale, SelectionRegion
from tests.factories import ProvinceFactory, UserFactory
from tests.fairs.factories import (
    ComplaintFactory,
    CycleFactory,
    EntryFactory,
    MemberFactory,
    RoundFactory,
    SheetFactory,
    conclude,
    level,
    region,
)
from tests.faults.places import ended_province
from tests.faults.planting import change, fault

ROUND = "fairs_selectionround"
ANNOUNCED, UNTIL, DUE = datetime.date(2020, 9, 16), datetime.date(2020, 10, 7), datetime.date(2020, 10, 2)


def judged(council=7, jury=3, status="open"):
    """A round with points from sheets: (round, jurors)."""
    round = RoundFactory(scoring="sheets")
    for number in range(council):
        MemberFactory(round=round, body="council", name=f"Hội đồng {number}")
    jurors = [MemberFactory(round=round) for _ in range(jury)]
    return change(round, status=status), jurors


def concluded():
    """A concluded round of one product that was recognised."""
    entry = EntryFactory()
    return conclude(entry.round, entry)


def complained(**values):
    """A complaint as the database would write it about a round announced on 16/9/2020."""
    round = change(concluded(), announced_on=ANNOUNCED, complaints_until=UNTIL)
    return ComplaintFactory(round=round, **{"due_on": DUE} | values)


@fault("selection-level-overlap")
def _():
    change(level("commune"), is_active=True, valid_from=datetime.date(2020, 1, 1))


@fault("province-region-overlap")
def _():
    province = ProvinceFactory()
    ProvinceRegion.objects.create(
        province=province, region=region(province), valid_from=datetime.date(2020, 1, 1), document="Văn bản mẫu"
    )


@fault("selection-law-overlap")
def _():
    ForeignFairRule.objects.create(most=3, valid_from=datetime.date(2020, 1, 1), document="Văn bản mẫu")


@fault("selection-law-days", "fairs_foreignfairrule.foreign_fair_rule_valid_from_before_valid_to")
def _():
    days = {"valid_from": datetime.date(2012, 1, 1), "valid_to": datetime.date(2011, 1, 1)}
    ForeignFairRule.objects.create(most=3, document="Văn bản mẫu", **days)


@fault("score-scale-whole", "fairs_scorescale.score_scale_is_hundred")
def _():
    change(ScoreScale.objects.get(), pass_mark=0)


@fault("cycle-of-the-year")
def _():
    CycleFactory(province=ended_province(), year=2026)


@fault("cycle-of-the-year", "fairs_selectioncycle.selection_cycle_once")
def _():
    CycleFactory(name="Đợt"), CycleFactory(name="Đợt")


@fault("round-level-of-the-day")
def _():
    RoundFactory(opens_on=datetime.date(2013, 3, 1), cycle__year=2013)


@fault("round-place-of-level")
def _():
    RoundFactory(level=level("district"))


@fault("round-region-of-province")
def _():
    RoundFactory(level=level("region"), region=SelectionRegion.objects.get(code="nam"))


@fault("round-once", f"{ROUND}.selection_round_once")
def _():
    RoundFactory(cycle=RoundFactory().cycle)


@fault("round-days", f"{ROUND}.selection_round_opens_on_before_closes_on")
def _():
    RoundFactory(closes_on=datetime.date(2020, 1, 1))


@fault("round-days")
def _():
    change(concluded(), decided_on=datetime.date(2099, 1, 1))


@fault("round-days", also=["round-complaints-until"])
def _():
    change(concluded(), announced_on=datetime.date(2099, 1, 1))


@fault("round-concluded-whole", f"{ROUND}.selection_round_minutes_given")
def _():
    change(concluded(), minutes_number="")


@fault("round-concluded-whole", f"{ROUND}.selection_round_concluded_whole")
def _():
    change(RoundFactory(), concluded_by=UserFactory(), concluded_at=timezone.now())


@fault("round-concluded-by-another", f"{ROUND}.selection_round_four_eyes")
def _():
    round = concluded()
    change(round, concluded_by=round.created_by)


@fault("round-council-size")
def _():
    judged(council=6, status="scoring")


@fault("round-jury-odd")
def _():
    judged(jury=2, status="scoring")


@fault("round-member-once", "fairs_roundmember.round_member_one_chair")
def _():
    MemberFactory(round=MemberFactory(position="chair").round, position="chair")


@fault("round-member-once", "fairs_roundmember.round_member_once")
def _():
    first = MemberFactory()
    MemberFactory(round=first.round, name=first.name)


@fault("round-every-entry-decided")
def _():
    EntryFactory(round=concluded())


@fault("round-every-entry-decided")
def _():
    change(EntryFactory(), status="failed")


@fault("round-every-sheet")
def _():
    round, jurors = judged()
    entry = EntryFactory(round=round)
    for juror in jurors[1:]:
        SheetFactory(entry=entry, juror=juror)
    conclude(round, entry)


@fault("round-complaints-until")
def _():
    change(concluded(), announced_on=ANNOUNCED)


@fault("complaint-days")
def _():
    complained(due_on=datetime.date(2020, 10, 5))


@fault("complaint-days")
def _():
    complained(received_on=datetime.date(2020, 10, 8), due_on=datetime.date(2020, 10, 22))


@fault("complaint-whole", "fairs_complaint.complaint_answer_whole")
def _():
    complained(answered_on=DUE)


@fault("complaint-whole")
def _():
    complained(entry=EntryFactory())
