"""Budgets of a year and targets of a programme, valid by default."""

from decimal import Decimal

import factory
from django.utils import timezone

from khuyencong.enums import Role
from programmes.models import Allocation, ProgrammeGroup, ProgrammeTarget, TargetFigure, YearBudget
from tests.factories import (
    DAY,
    ContentFactory,
    IndicatorFactory,
    ProgrammeFactory,
    ProvinceFactory,
    SourceFactory,
    UserFactory,
)


class BudgetFactory(factory.django.DjangoModelFactory):
    """The province's money of 2020. `given=500` adds a confirmed decision of that many đồng."""

    class Meta:
        model = YearBudget
        django_get_or_create = ("province", "year", "source")
        skip_postgeneration_save = True

    province = factory.SubFactory(ProvinceFactory)
    year = 2020
    source = factory.SubFactory(SourceFactory)

    @factory.post_generation
    def given(budget, create, amount, **_):  # noqa: N805  factory_boy passes the object
        if amount:
            AllocationFactory(budget=budget, amount=Decimal(amount), confirmed=True)


class AllocationFactory(factory.django.DjangoModelFactory):
    """A decision that waits for confirmation, or with `confirmed=True` one that counts."""

    class Meta:
        model = Allocation

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SubFactory(UserFactory, role=Role.REVIEWER),
            confirmed_at=factory.LazyFunction(timezone.now),
        )

    budget = factory.SubFactory(BudgetFactory)
    kind = Allocation.Kind.INITIAL
    amount = Decimal(500_000_000)
    decision_number = factory.Sequence(lambda n: f"{n}/QĐ-UBND")
    decision_on = DAY
    created_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..budget.province"))


class GroupFactory(factory.django.DjangoModelFactory):
    """A group of the factories' programme that stands for KC03.04."""

    class Meta:
        model = ProgrammeGroup
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Nhóm nội dung {n}")

    @factory.post_generation
    def contents(group, create, contents, **_):  # noqa: N805
        group.contents.set([ContentFactory()] if contents is None else contents)


class TargetFactory(factory.django.DjangoModelFactory):
    """20 machines in the whole period."""

    class Meta:
        model = ProgrammeTarget

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Chỉ tiêu {n}")
    low = Decimal(20)
    unit = "máy"
    measure = ProgrammeTarget.Measure.INDICATOR
    indicator = factory.Maybe(
        factory.LazyAttribute(lambda o: o.measure == ProgrammeTarget.Measure.INDICATOR),
        factory.SubFactory(IndicatorFactory),
    )


class FigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TargetFigure

    target = factory.SubFactory(TargetFactory, measure=ProgrammeTarget.Measure.HAND_SUM, unit="%")
    year = 2018
    value = Decimal(3)
    note = "Báo cáo năm 2018"
