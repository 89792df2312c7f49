"""Faults of budgets and their decisions, of targets and what was typed for them."""

import datetime
from decimal import Decimal

from django.utils import timezone

from programmes.models import Allocation, ProgrammeTarget
from tests.factories import ProgrammeFactory, ProvinceFactory, SchemeFactory, SourceFactory
from tests.faults.planting import change, fault
from tests.programmes.budget_factories import (
    AllocationFactory,
    BudgetFactory,
    FigureFactory,
    GroupFactory,
    TargetFactory,
)

ALLOCATION, TARGET = "programmes_allocation", "programmes_programmetarget"


@fault("budget-over-committed")
def _():
    SchemeFactory(money={"province": 600}, state="approved")
    BudgetFactory(given=500)


@fault("budget-of-support")
def _():
    BudgetFactory(source=SourceFactory(code="counterpart"))


@fault("budget-province-of-year")
def _():
    BudgetFactory(year=2007, province=ProvinceFactory(code="44", name="Tỉnh mẫu"))


@fault("budget-key-stays")
def _():
    change(BudgetFactory(), year=2021)


@fault("allocation-sign", f"{ALLOCATION}.allocation_sign_of_kind")
def _():
    AllocationFactory(kind=Allocation.Kind.CUT, amount=Decimal(5))


@fault("allocation-four-eyes", f"{ALLOCATION}.allocation_four_eyes")
def _():
    allocation = AllocationFactory()
    change(allocation, confirmed_by=allocation.created_by, confirmed_at=timezone.now())


@fault("allocation-confirmation", f"{ALLOCATION}.allocation_confirmed_by_with_confirmed_at")
def _():
    AllocationFactory(confirmed_at=timezone.now())


@fault("allocation-in-future")
def _():
    AllocationFactory(decision_on=datetime.date(2099, 1, 1))


@fault("allocation-final")
def _():
    change(AllocationFactory(confirmed=True), amount=Decimal(7))


@fault("target-bounds", f"{TARGET}.programme_target_bounds")
def _():
    TargetFactory(relation=ProgrammeTarget.Relation.RANGE, low=Decimal(12), high=Decimal(10))


@fault("target-measure", f"{TARGET}.programme_target_indicator_of_measure")
def _():
    TargetFactory(indicator=None)


@fault("target-group-of-programme")
def _():
    TargetFactory(group=GroupFactory(programme=ProgrammeFactory()))


@fault("target-year-of-programme")
def _():
    TargetFactory(year=2031)


@fault("target-figure-by-hand")
def _():
    FigureFactory(target=TargetFactory())


@fault("programme-group-named", "programmes_programmegroup.programme_group_name_given")
def _():
    GroupFactory(name="")
