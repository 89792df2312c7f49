"""What the database holds of budgets and targets, whatever door the data came through."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khuyencong.refusals import explain
from programmes import services
from programmes.budgets.left import left_of
from programmes.budgets.services import confirm_allocations
from programmes.models import Allocation, FundingLine, PlanFunding, ProgrammeTarget, Scheme, YearBudget, budget_guards
from tests.factories import (
    DAY,
    PlanFundingFactory,
    ProvinceFactory,
    SchemeFactory,
    SourceFactory,
    UserFactory,
    adjust,
    appraise,
)
from tests.programmes.budget_factories import (
    AllocationFactory,
    BudgetFactory,
    FigureFactory,
    GroupFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db
DECISION = {"reason": "Đủ điều kiện", "number": "15/QĐ-SCT", "on": DAY}
Kind, Relation = Allocation.Kind, ProgrammeTarget.Relation


def refused(act):
    """(name, sentence) of the rule that refuses `act()`, also of a rule that is checked at commit."""

    @transaction.atomic
    def checked():
        act()
        connection.check_constraints()

    with pytest.raises(IntegrityError) as caught:
        checked()
    refusal = explain(caught.value)
    return refusal.code, refusal.sentence


def approve(scheme):
    return services.approve_scheme(scheme, by=UserFactory(role="reviewer"), **DECISION)


def submitted(amount, **money):
    """A scheme with its appraisal sheet, waiting for the decision."""
    scheme = SchemeFactory(money={"province": amount} | money, state="submitted")
    appraise(scheme)
    return scheme


def test_an_approval_over_the_budget_is_refused_with_all_that_one_needs_to_know():
    BudgetFactory(given=1_000_000)
    approve(submitted(600_000))

    assert refused(lambda: approve(submitted(600_000))) == (
        "budget_not_over_committed",
        "Ngân sách tỉnh năm 2020 được giao 1.000.000 đồng, trong khi cam kết (số đã phê duyệt, kể cả lần này) là "
        "1.200.000 đồng, vượt 200.000 đồng. Hãy ghi quyết định bổ sung dự toán, hoặc giảm số phê duyệt.",
    )


def test_a_source_without_a_confirmed_decision_is_not_limited():
    AllocationFactory(amount=Decimal(10))

    approve(submitted(600))

    assert Scheme.objects.get().status == "approved"


def test_neither_counterpart_nor_other_years_nor_other_provinces_count():
    BudgetFactory(given=100)
    approve(submitted(100, counterpart=9_000))
    SchemeFactory(year=2019, money={"province": 500}, state="approved")
    SchemeFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"), money={"province": 500}, state="approved")

    assert refused(lambda: approve(submitted(1)))[0] == "budget_not_over_committed"


def test_a_rejected_scheme_takes_nothing():
    BudgetFactory(given=100)
    services.reject_scheme(submitted(100), by=UserFactory(role="reviewer"), **DECISION)

    approve(submitted(100))


def test_money_without_a_scheme_counts_once_confirmed():
    source = SourceFactory(code="province")
    BudgetFactory(given=100, source=source)
    plan = PlanFundingFactory(source=source, proposed_amount=80, approved_amount=80)
    approve(submitted(50))
    reviewer = UserFactory(role="reviewer")

    assert refused(lambda: services.confirm_plan_funding(plan, by=reviewer))[0] == "budget_not_over_committed"
    assert not PlanFunding.objects.confirmed().exists()


def test_raw_sql_that_raises_what_was_approved_is_refused():
    BudgetFactory(given=100)
    scheme = SchemeFactory(money={"province": 100}, state="approved")

    def raise_it():
        FundingLine.objects.filter(scheme=scheme).update(adjusted_amount=101)

    assert refused(raise_it)[0] == "funding_line_as_adjusted"
    assert refused(lambda: adjust(scheme, province=101))[0] == "budget_not_over_committed"


def test_an_adjusted_amount_counts_instead_of_the_approved_one():
    BudgetFactory(given=100)
    scheme = SchemeFactory(money={"province": 100}, state="approved")
    adjust(scheme, province=60)

    approve(submitted(40))

    assert refused(lambda: approve(submitted(1)))[0] == "budget_not_over_committed"


def test_a_cut_below_what_is_committed_is_refused():
    budget = BudgetFactory(given=100)
    approve(submitted(80))
    cut = AllocationFactory(budget=budget, kind=Kind.CUT, amount=Decimal(-30))
    reviewer = UserFactory(role="reviewer")

    code, sentence = refused(lambda: confirm_allocations([cut], by=reviewer, versions={cut.pk: 1}))

    assert code == "budget_not_over_committed"
    assert "được giao 70 đồng" in sentence
    assert "vượt 10 đồng" in sentence


def test_decisions_of_a_year_at_work_are_confirmed_together():
    """Neither covers what is committed already; both do."""
    approve(submitted(100))
    rows = [AllocationFactory(amount=Decimal(60)), AllocationFactory(kind=Kind.SUPPLEMENT, amount=Decimal(50))]
    reviewer, versions = UserFactory(role="reviewer"), {row.pk: 1 for row in rows}

    assert refused(lambda: confirm_allocations(rows[:1], by=reviewer, versions=versions))
    confirm_allocations(rows, by=reviewer, versions=versions)

    assert Allocation.objects.confirmed().count() == 2


@pytest.mark.parametrize(
    ("kind", "amount"), [(Kind.INITIAL, -1), (Kind.CUT, 1), (Kind.CARRIED, 0), (Kind.TRANSFERRED, 5)]
)
def test_the_sign_fits_the_kind(kind, amount):
    assert refused(lambda: AllocationFactory(kind=kind, amount=Decimal(amount)))[0] == "allocation_sign_of_kind"


def test_who_wrote_a_decision_down_does_not_confirm_it():
    allocation = AllocationFactory(created_by=UserFactory(role="reviewer"))

    def confirm():
        confirm_allocations([allocation], by=allocation.created_by, versions={allocation.pk: 1})

    assert refused(confirm) == ("allocation_four_eyes", "Người ghi không được tự xác nhận.")


def test_a_confirmed_decision_neither_changes_nor_goes():
    allocation = AllocationFactory(confirmed=True)
    same = Allocation.objects.filter(pk=allocation.pk)

    assert refused(lambda: same.update(amount=1))[0] == "allocation_is_final"
    assert refused(same.delete)[0] == "allocation_stays"


def test_a_budget_keeps_its_place_year_and_source():
    budget = BudgetFactory()

    assert refused(lambda: YearBudget.objects.filter(pk=budget.pk).update(year=2021))[0] == "budget_key_stays"


def test_only_khuyen_cong_money_has_a_budget():
    assert refused(lambda: BudgetFactory(source=SourceFactory(code="sponsor"))) == (
        "budget_of_support",
        "Tài trợ, đóng góp không phải là kinh phí khuyến công nên không lập dự toán.",
    )


def test_what_is_left_of_each_source_of_a_scheme():
    BudgetFactory(given=500)
    approve(submitted(200))
    scheme = submitted(100, national=70, counterpart=900)

    assert {source.pk: left for source, left in left_of(scheme).items()} == {"national": None, "province": 300}


def test_a_source_that_is_not_asked_for_says_nothing():
    BudgetFactory(given=500)

    assert left_of(SchemeFactory(money={"counterpart": 5})) == {}


@pytest.mark.parametrize(
    ("relation", "low", "high"),
    [
        (Relation.RANGE, 12, 10),
        (Relation.RANGE, 10, None),
        (Relation.EXACT, 1, 2),
        (Relation.ABOVE, None, 3),
        (Relation.AT_MOST, 3, 5),
    ],
)
def test_numbers_of_a_target_fit_its_relation(relation, low, high):
    assert refused(lambda: TargetFactory(relation=relation, low=low, high=high))[0] == "programme_target_bounds"


def test_a_target_stays_within_its_programme():
    target = TargetFactory()

    assert refused(lambda: TargetFactory(group=GroupFactory()))[0] == "target_group_of_programme"
    assert refused(lambda: TargetFactory(year=2021))[1] == "Năm 2021 nằm ngoài chương trình (2016–2020)."
    assert refused(lambda: FigureFactory(target=target))[0] == "figure_by_hand"
    assert refused(lambda: FigureFactory(year=2021))[0] == "figure_year_of_programme"


def test_a_target_with_typed_figures_stays_typed_by_hand():
    figure = FigureFactory()
    target = ProgrammeTarget.objects.filter(pk=figure.target_id)

    assert refused(lambda: target.update(measure="schemes"))[0] == "target_still_by_hand"


STEPS = st.tuples(st.sampled_from(["approve", "adjust", "give", "cut"]), st.integers(min_value=1, max_value=90))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=6))
def test_whatever_is_tried_in_whatever_order_the_budget_is_never_overdrawn(steps):
    with transaction.atomic():
        budget = BudgetFactory(given=100)
        for step, amount in steps:
            try:
                with transaction.atomic():
                    act(step, amount, budget)
                    connection.check_constraints()
            except IntegrityError as error:
                assert explain(error).code == "budget_not_over_committed"  # noqa: PT017  the only lawful refusal
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT allocated - committed FROM ({budget_guards.BALANCES}) budget")
            assert cursor.fetchone()[0] >= 0
        transaction.set_rollback(True)


def act(step, amount, budget):
    """One step of the property above."""
    if step == "approve":
        approve(submitted(amount))
    elif step == "adjust":
        for scheme in Scheme.objects.filter(status="approved"):
            if scheme.funding_lines.get().agreed_amount != amount:
                adjust(scheme, province=amount)
    else:
        kind = Kind.SUPPLEMENT if step == "give" else Kind.CUT
        AllocationFactory(budget=budget, kind=kind, amount=amount if step == "give" else -amount, confirmed=True)
