"""Decisions that change an approved scheme: recorded whole, never changed, shown with from and to."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from khuyencong.enums import Role
from khuyencong.refusals import RefusedError, explain
from programmes.adjustments.services import adjust
from programmes.models import Adjustment, AdjustmentAuthority, FundingSource
from programmes.tables import stages_table
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, SourceFactory, UserFactory
from tests.pages import rows, soup
from tests.programmes.ledger_factories import DAY, book, fresh, reviewer_of, running_scheme

pytestmark = pytest.mark.django_db
DECISION = {"authority": "chair", "number": "31/QĐ-UBND", "decided_on": DAY, "reason": "Giảm quy mô"}


def decrease(scheme, amount, **values):
    return adjust(
        scheme, by=reviewer_of(scheme), kind="decrease", amounts={"province": Decimal(amount)}, **DECISION | values
    )


def refused(act):
    """The code and sentence with which `act` is refused."""
    with pytest.raises((RefusedError, IntegrityError)) as caught, transaction.atomic():
        act()
    refusal = explain(caught.value)
    return refusal.code, refusal.sentence


def test_the_new_amount_holds_and_the_approved_one_stays():
    scheme = running_scheme()
    version = fresh(scheme).version

    decision = decrease(scheme, 80)

    line = scheme.funding_lines.get()
    assert (line.approved_amount, line.adjusted_amount, line.agreed_amount) == (100, 80, 80)
    assert decision.lines.values_list("before_amount", "after_amount").get() == (100, 80)
    assert fresh(scheme).version > version


def test_a_second_decision_begins_where_the_first_ended():
    scheme = running_scheme()
    decrease(scheme, 80)

    second = decrease(scheme, 70, number="32/QĐ-UBND")

    assert second.lines.values_list("before_amount", "after_amount").get() == (80, 70)


def test_a_new_source_and_a_new_facility_begin_at_nothing():
    first, new = FacilityFactory(), FacilityFactory()
    scheme = running_scheme(benefits={first: 60})
    SourceFactory(code="commune")

    decision = adjust(
        scheme,
        by=reviewer_of(scheme),
        kind="increase",
        amounts={"commune": Decimal(40)},
        benefits={first.pk: Decimal(0), new.pk: Decimal(90)},
        **DECISION,
    )

    assert list(decision.lines.values_list("source", "before_amount", "after_amount")) == [("commune", 0, 40)]
    assert dict(decision.benefits.values_list("facility", "after_amount")) == {first.pk: 0, new.pk: 90}
    assert scheme.funding_lines.get(source="commune").proposed_amount == 0


def test_what_stays_is_left_out_of_the_decision():
    scheme = running_scheme(money={"province": 100, "commune": 50})

    amounts = {"province": Decimal(80), "commune": Decimal(50)}
    decision = adjust(scheme, by=reviewer_of(scheme), kind="decrease", amounts=amounts, **DECISION)

    assert [line.source_id for line in decision.lines.all()] == ["province"]


def test_a_place_changes_in_words_and_an_end_by_its_day():
    scheme = running_scheme()
    end = datetime.date(2020, 12, 20)

    decision = adjust(
        scheme,
        by=reviewer_of(scheme),
        kind="extension",
        end_on=end,
        changes=[("Địa điểm", "xã A", "xã B"), ("", "", "")],
        **DECISION,
    )

    assert fresh(scheme).adjusted_end_on == end
    assert decision.changes.values_list("label", "before", "after").get() == ("Địa điểm", "xã A", "xã B")


def test_refusals_say_why():
    scheme = running_scheme()
    reviewer = reviewer_of(scheme)
    ask = {"by": reviewer, "kind": "decrease", "amounts": {"province": Decimal(80)}} | DECISION

    assert refused(lambda: adjust(scheme, **ask | {"by": scheme.created_by}))[0] == "adjustment_role"
    elsewhere = UserFactory(role=Role.REVIEWER, province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    assert refused(lambda: adjust(scheme, **ask | {"by": elsewhere}))[0] == "scheme_scope"
    assert refused(lambda: adjust(scheme, **ask | {"amounts": {}}))[0] == "adjustment_changes_something"
    assert (
        refused(lambda: adjust(scheme, **ask | {"amounts": {"province": Decimal(100)}}))[0]
        == "adjustment_changes_something"
    )
    assert refused(lambda: adjust(scheme, **ask | {"kind": "extension"}))[0] == "adjustment_end_given"
    assert refused(lambda: adjust(scheme, **ask | {"version": 1}))[0] == "stale"
    assert refused(lambda: adjust(scheme, **ask | {"reason": " "}))[0] == "adjustment_reason_given"
    code, sentence = refused(lambda: adjust(scheme, **ask | {"amounts": {"province": Decimal(120)}}))
    assert code == "adjustment_support_grows_by_its_kind"
    assert "100 lên 120 đồng" in sentence
    draft = SchemeFactory(money={"province": 100})
    assert refused(lambda: adjust(draft, **ask))[0] == "adjustment_in_its_time"
    assert Adjustment.objects.count() == 0


def test_recorded_twice_is_refused_and_changes_nothing():
    scheme = running_scheme()
    decrease(scheme, 80)

    code, _ = refused(lambda: decrease(scheme, 70))

    assert code == "adjustment_once"
    assert scheme.funding_lines.get().agreed_amount == 80


def test_nobody_goes_below_what_was_paid():
    scheme = running_scheme()
    book(scheme, "advance", 60)

    code, sentence = refused(lambda: decrease(scheme, 50))

    assert code == "funding_line_covers_what_was_paid"
    assert "đã chi 60 đồng" in sentence


def test_a_source_that_was_closed_is_not_raised():
    scheme = running_scheme(money={"province": 100, "district": 50})
    FundingSource.objects.filter(code="district").update(valid_to=datetime.date(2020, 3, 5))

    ask = {"by": reviewer_of(scheme), "kind": "increase", "amounts": {"district": Decimal(60)}} | DECISION
    code, sentence = refused(lambda: adjust(scheme, **ask))

    assert code == "adjustment_line_source_open"
    assert "05/03/2020" in sentence


def test_only_whoever_has_the_authority_decides():
    AdjustmentAuthority.objects.create(
        level="local", kind="decrease", authority="department", valid_from=datetime.date(2014, 2, 10)
    )
    scheme = running_scheme()

    assert refused(lambda: decrease(scheme, 80))[0] == "adjustment_authority"
    assert decrease(scheme, 80, authority="department").pk


def test_the_page_shows_plan_adjusted_plan_and_actual_side_by_side(client, staff):
    scheme = running_scheme(money={"province": 100, "counterpart": 300}, created_by=staff)
    book(scheme, "advance", 30)
    decrease(scheme, 80)
    client.force_login(staff)

    page = soup(client.get(scheme.get_absolute_url()))

    head = [cell.get_text(strip=True) for cell in page.select("#money thead th")]
    assert head == [
        "Nguồn",
        "Đề nghị",
        "Phê duyệt",
        "Sau điều chỉnh",
        "Nghiệm thu",
        "Đã chi",
        "Quyết toán",
        "Chênh lệch",
    ]
    waits = "chưa có"
    assert rows(page, "#money tbody tr") == [
        ["Ngân sách tỉnh", "100", "100", "80", waits, "30", waits, "-50 chưa nghiệm thu, chưa chi"],
        ["Đối ứng của cơ sở", "300", "300", "300", waits, "", waits, ""],
    ]
    assert rows(page, "#money tfoot tr") == [
        ["Tổng kinh phí", "400", "400", "380", "", "30", "", "-50"],
        ["Trong đó kinh phí khuyến công", "100", "100", "80", "", "30", "", "-50"],
    ]
    assert rows(page, "#adjustments tbody tr") == [["Ngân sách tỉnh", "100", "80", "-20"]]
    assert "Giảm quy mô" in page.select_one("#adjustments").get_text()


def test_before_the_decision_only_the_plan_is_shown(client, staff):
    scheme = SchemeFactory(money={"province": 100}, created_by=staff)
    client.force_login(staff)

    page = soup(client.get(scheme.get_absolute_url()))

    assert [cell.get_text(strip=True) for cell in page.select("#money thead th")] == ["Nguồn", "Đề nghị", "Phê duyệt"]
    assert page.select_one("#adjustments") is None
    assert page.select_one("#ledger") is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_money_table_costs_three_queries(count, django_assert_num_queries):
    scheme = running_scheme(money=dict.fromkeys(["province", "commune", "national"][:count], 100))
    with django_assert_num_queries(3):
        assert len(stages_table(scheme).lines) == count


def test_decisions_are_not_changed_and_not_deleted():
    scheme = running_scheme()
    decrease(scheme, 80)
    for sql in (
        "UPDATE programmes_adjustment SET reason = 'khác'",
        "DELETE FROM programmes_adjustment",
        "UPDATE programmes_adjustmentline SET after_amount = 5",
        "DELETE FROM programmes_adjustmentline",
        "UPDATE programmes_fundingline SET adjusted_amount = NULL",
        "UPDATE programmes_fundingline SET approved_amount = 5",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
