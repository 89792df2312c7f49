"""The page of a decision: what it tells, who decides, and what a decision leaves behind."""

import pytest
from django.urls import reverse

from khuyencong.enums import Role
from programmes import services
from programmes.enums import Status
from tests.factories import (
    DAY,
    FacilityFactory,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
    settle_lines,
)
from tests.pages import rows, sentences, soup
from tests.programmes.reviewing import (
    DECISION,
    MONEY,
    approval,
    own_scheme,
    page_of,
    sending_back,
    status_of,
)

pytestmark = pytest.mark.django_db


def test_the_page_says_what_each_facility_received_before(reading, submitted):
    facility = submitted.beneficiaries.get().facility
    for year, amount in ((2018, 40_000_000), (2019, 50_000_000), (2019, 1_000_000)):
        SchemeFactory(year=year, money=MONEY, benefits={facility: amount}, state="approved")
    SchemeFactory(money=MONEY, benefits={facility: 7_000_000}, state="rejected")

    page = soup(reading.get(page_of(submitted)))

    table = page.select_one("section[aria-labelledby=benefits-title]")
    assert rows(table, "tbody tr") == [
        ["Cơ sở chè mẫu Doanh nghiệp", "40.000.000 năm 2018 51.000.000 năm 2019", "100.000.000", ""]
    ]


def test_the_page_shows_money_by_source_with_shares_and_words(reading, submitted):
    page = soup(reading.get(page_of(submitted)))

    table = page.select_one("section[aria-labelledby=funding-title]")
    assert rows(table, "tbody tr, tfoot tr") == [
        ["Ngân sách tỉnh", "150.000.000", "", "", ""],
        ["Đối ứng của cơ sở", "350.000.000", "", "", ""],
        ["Tổng", "500.000.000", "", "", ""],
        ["Ngân sách tỉnh", "150.000.000", "chưa ghi dự toán", ""],
    ]
    assert [key.get_text(" ", strip=True) for key in table.select(".key li")] == [
        "Tỉnh 30,00%",
        "Đối ứng 70,00%",
    ]
    assert "Năm trăm triệu đồng" in table.get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_beneficiary_and_three(reading, count, django_assert_num_queries):
    facilities = FacilityFactory.create_batch(count)
    scheme = SchemeFactory(money=MONEY, benefits=dict.fromkeys(facilities, 1_000_000), state="submitted")

    with django_assert_num_queries(43):
        reading.get(page_of(scheme))


def test_what_was_missing_stands_on_the_page_when_the_scheme_comes_back(reading, reviewer, staff, submitted):
    reading.post(page_of(submitted), sending_back(submitted, reason="Thiếu báo giá thiết bị"))
    assert status_of(submitted) == Status.RETURNED
    services.submit_scheme(submitted, by=staff)

    page = soup(reading.get(page_of(submitted)))
    assert [note.get_text(" ", strip=True) for note in page.select(".note[data-tone=bad]")] == [
        f"Đã trả lại (15/QĐ-SCT, 02/03/2020, {reviewer}): Thiếu báo giá thiết bị"
    ]
    assert [step.b.get_text() for step in page.select(".timeline li")] == [
        "Gửi thẩm định",
        "Trả lại bổ sung",
        "Gửi thẩm định",
        "Lập đề án",
    ]


def test_a_scheme_is_refused_for_good(reading, submitted):
    reading.post(page_of(submitted), DECISION | {"decision": "reject", "version": submitted.version})

    assert status_of(submitted) == Status.REJECTED
    assert submitted.status_reason == "Đủ điều kiện"


def test_a_decision_on_an_old_version_is_told_and_nothing_is_applied(reading, staff, submitted):
    data = approval(submitted, reason="Tôi đã gõ rất lâu")
    services.withdraw_scheme(submitted, by=staff)
    services.submit_scheme(submitted, by=staff)

    page = soup(reading.post(page_of(submitted), data))

    assert sentences(page) == [services.STALE]
    assert page.select_one("#approve_reason").get_text(strip=True) == "Tôi đã gõ rất lâu"
    assert status_of(submitted) == Status.SUBMITTED
    assert submitted.funding_lines.get(source="province").approved_amount is None


def test_who_comes_second_is_told_and_keeps_what_was_typed(reading, submitted):
    data = approval(submitted, reason="Tôi đến sau")
    services.reject_scheme(submitted, by=UserFactory(role=Role.REVIEWER), reason="Trùng", number="1", on=DAY)

    page = soup(reading.post(page_of(submitted), data))

    assert sentences(page) == [services.STALE]
    assert page.select_one("#approve_reason").get_text(strip=True) == "Tôi đến sau"
    assert status_of(submitted) == Status.REJECTED


def test_nobody_decides_on_their_own_scheme(reading, reviewer, staff):
    scheme = own_scheme(reviewer, staff)

    page = soup(reading.get(page_of(scheme)))
    answer = soup(reading.post(page_of(scheme), approval(scheme)))

    assert page.select_one(".note[data-tone=wait]").get_text() == (
        "Bạn là người lập đề án này nên không được quyết định."
    )
    assert page.select("form[method=post] [name=decision]") == []
    assert sentences(answer) == ["Người lập hoặc người gửi đề án không được tự thẩm định đề án đó."]
    assert status_of(scheme) == Status.SUBMITTED


def test_the_settlement_is_approved_once_every_source_is_settled(reading):
    scheme = SchemeFactory(money=MONEY, state="accepted")
    data = DECISION | {"decision": "settle", "version": scheme.version, "number": "9/QT"}

    early = soup(reading.post(page_of(scheme), data))
    settle_lines(scheme)
    reading.post(page_of(scheme), data)

    assert sentences(early) == [
        "Còn nguồn kinh phí chưa ghi số quyết toán. Chuyên viên nhập số quyết toán cho từng nguồn trước."
    ]
    assert status_of(scheme) == Status.SETTLED
    assert (scheme.settlement_number, scheme.settled_on) == ("9/QT", DAY)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_read_the_page_and_cannot_decide(client, submitted, role):
    client.force_login(UserFactory(role=role))

    page, answer = client.get(page_of(submitted)), client.post(page_of(submitted), approval(submitted))

    assert soup(page).select("[name=decision]") == []
    assert soup(page).select_one("h1").get_text() == "Máy sao chè"
    assert answer.status_code == 403
    assert status_of(submitted) == Status.SUBMITTED


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_scheme_of_another_province_does_not_exist(client, submitted, page):
    elsewhere = ProvinceFactory(code="01", name="Hà Nội")
    client.force_login(UserFactory(role=Role.REVIEWER, province=elsewhere))

    response = client.get(reverse(f"admin:programmes_scheme_{page}", args=[submitted.pk]))

    assert response.status_code == (403 if page == "delete" else 404)
    assert "Máy sao chè" not in response.content.decode()


def test_a_decision_on_a_scheme_of_another_province_is_not_found(client, submitted):
    elsewhere = ProvinceFactory(code="01", name="Hà Nội")
    client.force_login(UserFactory(role=Role.REVIEWER, province=elsewhere))

    response = client.post(page_of(submitted), approval(submitted))

    assert response.status_code == 404
    assert status_of(submitted) == Status.SUBMITTED


def test_nobody_adds_or_edits_a_scheme_here(reading, submitted):
    assert reading.get(reverse("admin:programmes_scheme_add")).status_code == 403
    assert reading.post(page_of(submitted), {"name": "Khác", "version": "1"}).status_code == 200
    assert str(submitted) == f"{submitted.code} Máy sao chè"
    assert status_of(submitted) == Status.SUBMITTED


def test_the_history_says_who_changed_what_and_why_of_the_scheme_and_its_money(reading, reviewer, submitted):
    reading.post(page_of(submitted), approval(submitted, **{"line-province-approved_amount": "120 triệu"}))

    page = soup(reading.get(reverse("admin:programmes_scheme_history", args=[submitted.pk])))

    sections = {section.p.get_text(" ", strip=True): section for section in page.select(".history section")}
    approved = sections["Sửa đề án · Lý do: Đủ điều kiện"]
    assert approved.h2.get_text().endswith(f" · {reviewer} (Thẩm định)")
    assert ["trạng thái", "Chờ thẩm định", "Đã phê duyệt"] in rows(approved, "tbody tr")
    money = [section for section in page.select(".history section") if "Ngân sách tỉnh" in section.p.get_text()]
    assert [rows(section, "tbody tr") for section in money] == [
        [["phê duyệt", "—", "120.000.000"]],
        [["nguồn", "—", "Ngân sách tỉnh"], ["đề nghị", "—", "150.000.000"]],
    ]


def test_an_error_does_not_make_a_stale_page_fresh(reading, submitted):
    """Staff changed the proposal after the page was opened; a refused first try must not hide that."""
    read = submitted.version
    services.withdraw_scheme(submitted, by=submitted.created_by)
    submitted.funding_lines.filter(source="province").update(proposed_amount=140_000_000)
    services.submit_scheme(submitted, by=submitted.created_by)
    decision = {"decision": "return", "version": read, "reason": "", "number": "1", "on": "01/03/2020"}

    page = soup(reading.post(page_of(submitted), decision))

    submitted.refresh_from_db()
    assert submitted.status == "submitted"
    assert services.STALE in page.get_text()
