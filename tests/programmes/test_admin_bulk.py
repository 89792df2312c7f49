"""One decision for many schemes: what the confirming page tells, and that each row stands alone."""

from decimal import Decimal

import pytest
from django.urls import reverse

from khuyencong.enums import Role
from programmes import services
from programmes.enums import Status
from tests.factories import (
    DAY,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
    appraise,
    settle_lines,
)
from tests.pages import rows, soup
from tests.programmes.reviewing import (
    DECISION,
    LIST,
    MISSING,
    MONEY,
    outcomes,
    own_scheme,
    status_of,
)

pytestmark = pytest.mark.django_db


def confirm(client, verb, schemes, **changes):
    """The answer to the confirming page of a bulk action."""
    data = {"action": f"{verb}_selected", "_selected_action": [scheme.pk for scheme in schemes], "confirmed": "1"}
    data["row"] = [f"{scheme.pk}:{scheme.version}" for scheme in schemes]
    return client.post(reverse(LIST, query={"status": "submitted"}), data | DECISION | changes)


def test_the_confirming_page_lists_the_rows_and_asks_once(reading, submitted):
    other = SchemeFactory(money=MONEY, state="submitted")
    appraise(submitted)
    data = {"action": "approve_selected", "_selected_action": [submitted.pk, other.pk], "index": "0"}

    page = soup(reading.post(reverse(LIST, query={"status": "submitted"}), data))

    assert rows(page, ".survey tbody tr, .survey tfoot tr") == [
        [submitted.code, "Máy sao chè", "150.000.000", "500.000.000", "Được"],
        [
            other.code,
            other.name,
            "150.000.000",
            "500.000.000",
            "Không chưa có phiếu thẩm định đề nghị phê duyệt",
        ],
        ["Tổng 2 đề án", "300.000.000", "1.000.000.000", "1 đề án"],
    ]
    assert page.select_one(".buttons button").get_text() == "Phê duyệt 1 trong 2 mục"
    assert [field["value"] for field in page.select("[name=row]")] == [
        f"{submitted.pk}:{submitted.version}",
        f"{other.pk}:{other.version}",
    ]
    assert [len(page.select(f"[name={name}]")) for name in ("reason", "number", "on")] == [1, 1, 1]


def test_each_row_of_a_bulk_decision_stands_alone_and_is_reported(reading, reviewer, staff, submitted):
    own, unread = own_scheme(reviewer, staff), SchemeFactory(money=MONEY, state="submitted")
    for scheme in (submitted, own):
        appraise(scheme)

    response = confirm(reading, "approve", [submitted, own, unread])

    assert outcomes(response) == sorted(
        [
            f"{submitted.code}: đã phê duyệt",
            f"{own.code}: không được, vì người lập hoặc người gửi đề án không được tự quyết định đề án đó.",
            f"{unread.code}: không được, vì chưa có phiếu thẩm định đề nghị phê duyệt cho lần gửi này. "
            "Ghi phiếu thẩm định rồi thực hiện lại.",
        ]
    )
    assert (status_of(submitted), status_of(own)) == (Status.APPROVED, Status.SUBMITTED)
    assert submitted.funding_lines.get(source="province").approved_amount == Decimal(150_000_000)
    assert own.funding_lines.get(source="province").approved_amount is None


def test_a_row_that_changed_since_it_was_shown_is_reported(reading, submitted):
    rejected_meanwhile = SchemeFactory(money=MONEY, state="submitted")
    shown = [submitted, rejected_meanwhile]
    other_reviewer = UserFactory(role=Role.REVIEWER)
    services.reject_scheme(rejected_meanwhile, by=other_reviewer, reason="Trùng", number="1", on=DAY)

    response = confirm(reading, "return", shown)

    stale = f"{services.STALE[0].lower()}{services.STALE[1:]}"
    assert outcomes(response) == sorted(
        [f"{submitted.code}: đã trả lại để bổ sung", f"{rejected_meanwhile.code}: không được, vì {stale}"]
    )
    assert status_of(rejected_meanwhile) == Status.REJECTED


def test_a_bulk_decision_without_a_reason_is_not_taken(reading, submitted):
    page = soup(confirm(reading, "reject", [submitted], reason=" "))

    assert page.find(id="reject_reason_error").get_text(strip=True) == MISSING
    assert page.select_one("[name=number]")["value"] == "15/QĐ-SCT"
    assert status_of(submitted) == Status.SUBMITTED


def test_settlements_are_approved_together(reading):
    ready, unready = (SchemeFactory(money=MONEY, state="accepted") for _ in range(2))
    settle_lines(ready)

    response = confirm(reading, "settle", [ready, unready])

    assert f"{ready.code}: đã duyệt quyết toán" in outcomes(response)
    assert (status_of(ready), status_of(unready)) == (Status.SETTLED, Status.ACCEPTED)


def test_a_bulk_decision_does_not_reach_another_province(client, submitted):
    elsewhere = ProvinceFactory(code="01", name="Hà Nội")
    client.force_login(UserFactory(role=Role.REVIEWER, province=elsewhere))

    response = confirm(client, "approve", [submitted])

    assert outcomes(response) == []
    assert status_of(submitted) == Status.SUBMITTED


def test_auditors_have_no_bulk_decisions(client, auditor, submitted):
    client.force_login(auditor)

    response = confirm(client, "approve", [submitted])

    assert outcomes(response) == []
    assert status_of(submitted) == Status.SUBMITTED


def test_too_many_rows_are_asked_for_in_parts(reading, monkeypatch):
    monkeypatch.setattr("programmes.admin.bulk.MOST", 1)
    schemes = [SchemeFactory(money=MONEY, state="submitted") for _ in range(2)]

    page = soup(reading.post(reverse(LIST, query={"status": "all"}), confirm_data(schemes), follow=True))

    assert page.select_one(".messagelist").get_text(strip=True).startswith("Mỗi lần chọn không quá")
    assert {status_of(scheme) for scheme in schemes} == {Status.SUBMITTED}


def confirm_data(schemes):
    return {"action": "approve_selected", "_selected_action": [scheme.pk for scheme in schemes], "index": "0"}
