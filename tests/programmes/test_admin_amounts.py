"""Approved amounts of sources and facilities."""

from decimal import Decimal

import pytest
from django.urls import reverse

from programmes.enums import Status
from tests.factories import (
    DAY,
)
from tests.pages import sentences, soup
from tests.programmes.reviewing import (
    LIST,
    approval,
    page_of,
    status_of,
)

pytestmark = pytest.mark.django_db


def test_approving_keeps_each_amount_as_typed(reading, reviewer, submitted):
    facility = submitted.beneficiaries.get().facility
    data = approval(
        submitted,
        **{"line-province-approved_amount": "120 triệu", f"benefit-{facility.pk}-approved_amount": "80.000.000"},
    )

    response = reading.post(page_of(submitted), data)

    assert response["Location"] == reverse(LIST, query={"status": "submitted"})
    assert status_of(submitted) == Status.APPROVED
    assert (submitted.decided_by, submitted.decision_number, submitted.decision_on) == (reviewer, "15/QĐ-SCT", DAY)
    assert submitted.funding_lines.get(source="province").approved_amount == Decimal(120_000_000)
    assert submitted.beneficiaries.get().approved_amount == Decimal(80_000_000)


def test_approving_more_than_proposed_needs_a_reason_and_keeps_what_was_typed(reading, submitted):
    data = approval(submitted, **{"line-province-approved_amount": "160 triệu"})

    page = soup(reading.post(page_of(submitted), data))

    cell = page.select_one("#id_line-province-approved_amount").find_parent("td")
    assert cell.select_one(".errors").get_text(strip=True) == (
        "Số phê duyệt lớn hơn số đề nghị. Giảm số phê duyệt, hoặc ghi lý do điều chỉnh."
    )
    assert cell.select_one("input")["value"] == "160 triệu"
    assert page.select_one("#approve_reason").get_text(strip=True) == "Đủ điều kiện"
    assert status_of(submitted) == Status.SUBMITTED


def test_approving_more_than_proposed_is_done_with_a_reason(reading, submitted):
    data = approval(
        submitted,
        **{"line-province-approved_amount": "160 triệu", "line-province-adjustment_reason": "Giá thiết bị tăng"},
    )

    reading.post(page_of(submitted), data)

    assert status_of(submitted) == Status.APPROVED
    line = submitted.funding_lines.get(source="province")
    assert (line.approved_amount, line.adjustment_reason) == (Decimal(160_000_000), "Giá thiết bị tăng")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"on": "02/03/2090"}, "approve_on", "Ngày quyết định không được ở tương lai."),
        ({"on": "31/02/2020"}, "approve_on", "Không có ngày này. Nhập theo dạng ngày/tháng/năm, ví dụ 28/02/2021."),
        (
            {"line-province-approved_amount": ""},
            "id_line-province-approved_amount",
            "Nhập số phê duyệt; 0 nếu không duyệt.",
        ),
        (
            {"line-province-approved_amount": "1,5"},
            "id_line-province-approved_amount",
            "“1,5” lẻ dưới một đồng. Hãy bỏ phần lẻ, hoặc ghi đơn vị nếu thiếu, ví dụ “1,5 triệu”.",
        ),
    ],
)
def test_a_mistake_is_told_beside_its_field(reading, submitted, changes, field, sentence):
    page = soup(reading.post(page_of(submitted), approval(submitted, **changes)))

    assert page.find(id=f"{field}_error").get_text(strip=True) == sentence
    assert status_of(submitted) == Status.SUBMITTED


def test_beneficiaries_never_get_more_than_the_support(reading, submitted):
    data = approval(submitted, **{"line-province-approved_amount": "90 triệu"})

    page = soup(reading.post(page_of(submitted), data))

    assert sentences(page) == [
        "Tổng hỗ trợ phê duyệt cho các đơn vị thụ hưởng là 100.000.000 đồng, "
        "vượt kinh phí hỗ trợ phê duyệt của đề án là 90.000.000 đồng."
    ]
    assert status_of(submitted) == Status.SUBMITTED
    assert submitted.funding_lines.get(source="province").approved_amount is None
