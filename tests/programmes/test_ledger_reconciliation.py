"""The reconciliation as pure figures: every difference has words, and totals add up."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.enums import DECIDED, FINISHED, Status
from programmes.ledger import reconciliation
from programmes.ledger.reconciliation import Row, State
from programmes.models import Scheme
from tests.factories import ProvinceFactory
from tests.programmes.ledger_factories import book, running_scheme

AMOUNT = st.integers(0, 10**12).map(Decimal)
KNOWN = {
    "scheme_id": 1,
    "code": "KC-40-2020-001",
    "name": "Đề án mẫu",
    "year": 2020,
    "level": "local",
    "province_id": 1,
    "province": "Nghệ An",
    "unit": "Trung tâm mẫu",
    "source": "province",
    "source_name": "Ngân sách tỉnh",
    "position": 2,
}


def row(status="in_progress", **values):
    amounts = {name: None if value is None else Decimal(value) for name, value in values.items() if name not in KNOWN}
    return Row(**KNOWN | {"status": status} | {name: values[name] for name in values if name in KNOWN} | amounts)


@pytest.mark.parametrize(
    ("found", "difference", "words"),
    [
        (row("submitted", proposed=100), None, "chưa phê duyệt"),
        (row("approved", approved=100), -100, "chưa bắt đầu thực hiện, chưa chi 100 đồng"),
        (row(approved=100, advance=70), -30, "chưa nghiệm thu, chưa chi 30 đồng"),
        (row(approved=100, adjusted=50, advance=50), 0, "khớp"),
        (row("accepted", approved=100, advance=70, accepted=60), 10, "còn phải hoàn trả 10 đồng"),
        (row("accepted", approved=100, advance=70, accepted=90), -20, "còn được thanh toán 20 đồng"),
        (row("settled", approved=100, advance=70, accepted=90, settled=80), -10, "còn được thanh toán 10 đồng"),
        (row("closed", approved=100, payment=100, accepted=100, settled=100), 0, "khớp"),
        (
            row("closed", approved=100, advance=90, refund=10, accepted=90, settled=80),
            0,
            "khớp; không dùng hết 20 đồng được duyệt",
        ),
        (row("terminated", approved=100, advance=70), -30, "đã dừng, không chi tiếp 30 đồng"),
    ],
)
def test_a_difference_is_nothing_or_has_words(found, difference, words):
    assert (found.difference, reconciliation.explain(found)) == (difference, words)


def test_counterpart_is_not_paid_through_the_book():
    sponsor = SimpleNamespace(is_support=False)
    assert reconciliation.explain(sponsor) == "không chi qua sổ"


def test_what_is_due_and_what_is_to_be_given_back_are_not_netted():
    rows = [
        row("accepted", approved=100, advance=70, accepted=60, scheme_id=1),
        row("accepted", approved=100, advance=50, accepted=60, scheme_id=2),
    ]

    total = reconciliation.total(rows)

    assert total.difference == 0
    assert reconciliation.explain(total) == "còn phải hoàn trả 10 đồng; còn được thanh toán 10 đồng"
    assert total.count == 2


def test_where_one_was_adjusted_the_total_adjusted_counts_the_others_as_approved():
    total = reconciliation.total([row(approved=100, adjusted=80, scheme_id=1), row(approved=50, scheme_id=2)])
    assert (total.approved, total.adjusted, total.agreed) == (150, 130, 130)
    assert reconciliation.total([row(approved=50)]).adjusted is None


@st.composite
def any_row(draw):
    """A row as the database can hold it: paid up to the agreed amount, accepted up to it, settled up to that."""
    status = draw(st.sampled_from([*DECIDED, Status.TERMINATED]))
    approved, adjusted = draw(AMOUNT), draw(st.none() | AMOUNT)
    agreed = approved if adjusted is None else adjusted
    up_to = lambda most: Decimal(draw(st.integers(0, int(most))))  # noqa: E731
    paid = up_to(agreed)
    accepted = up_to(agreed) if status in FINISHED else None
    settled = up_to(accepted) if status in {"settled", "closed"} else None
    return row(
        status,
        approved=approved,
        adjusted=adjusted,
        advance=paid,
        accepted=accepted,
        settled=settled,
        scheme_id=draw(st.integers(1, 3)),
        source=draw(st.sampled_from(["province", "commune"])),
        province_id=draw(st.integers(1, 2)),
    )


@given(st.lists(any_row(), max_size=12))
def test_totals_add_up_and_every_difference_is_explained(rows):
    total = reconciliation.total(rows)
    for groups in (reconciliation.by_source(rows), reconciliation.by_province(rows), reconciliation.by_scheme(rows)):
        assert sum(one.difference for _, one in groups) == total.difference
        assert sum(one.paid for _, one in groups) == total.paid
    signs = {State.REFUND: 1}
    assert sum(signs.get(why, -1) * amount for why, amount in total.open.items()) == total.difference
    for one in rows:
        words = reconciliation.explain(one)
        assert words
        assert words.startswith("khớp") == (one.difference == 0)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_two_queries_for_any_number_of_schemes(count, django_assert_num_queries):
    for _ in range(count):
        scheme = running_scheme(money={"province": 100, "counterpart": 50})
        book(scheme, "advance", 40)
        book(scheme, "refund", 10)

    with django_assert_num_queries(2):
        rows = reconciliation.rows(Scheme.objects.all())

    assert [(one.source, one.approved, one.paid, one.refund) for one in rows] == [("province", 100, 30, 10)] * count


@pytest.mark.django_db
def test_rows_of_another_province_stay_there(staff):
    running_scheme(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert reconciliation.rows(Scheme.objects.visible_to(staff)) == []
