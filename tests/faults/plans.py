"""Faults of money outside schemes, of programmes and of rules of support."""

import datetime

from django.utils import timezone

from tests.factories import PlanFundingFactory, ProgrammeFactory, SourceFactory, SupportRuleFactory
from tests.faults.planting import change, fault

TABLE = "programmes_planfunding"


@fault("plan-funding-amounts", f"{TABLE}.plan_funding_settled_within_approved")
def _():
    PlanFundingFactory(settled_amount=450_000_001)


@fault("plan-funding-four-eyes", f"{TABLE}.plan_funding_four_eyes")
def _():
    plan = PlanFundingFactory()
    change(plan, confirmed_by=plan.created_by, confirmed_at=timezone.now())


@fault("plan-funding-confirmation", f"{TABLE}.plan_funding_confirmed_by_with_confirmed_at")
def _():
    PlanFundingFactory(confirmed_at=timezone.now())


@fault("plan-funding-in-future")
def _():
    PlanFundingFactory(source=SourceFactory(code="province"), decision_on=datetime.date(2099, 1, 1))


@fault("plan-funding-source-open")
def _():
    PlanFundingFactory(year=2025, decision_on=datetime.date(2025, 12, 1))


@fault("plan-funding-province-of-year")
def _():
    PlanFundingFactory(year=2007)


@fault("programme-years-in-order", "programmes_programme.programme_first_year_before_last_year")
def _():
    ProgrammeFactory(first_year=2020, last_year=2016)


@fault("support-rule-complete", "programmes_supportrule.support_rule_limits_something")
def _():
    SupportRuleFactory(rate=None, ceiling=None)


@fault("support-rule-overlap")
def _():
    first = SupportRuleFactory()
    SupportRuleFactory(document=first.document, valid_from=first.valid_from + datetime.timedelta(days=1))
