"""Reviewers at work: the queue, the page of a decision, decisions for many at once, money outside schemes."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from khuyencong.enums import Role
from programmes import services
from programmes.enums import Status
from tests.factories import (
    DAY,
    FacilityFactory,
    PlanFundingFactory,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
    settle_lines,
)
from tests.pages import cells, rows, sentences, soup

pytestmark = pytest.mark.django_db
MONEY = {"province": 150_000_000, "counterpart": 350_000_000}
LIST = "admin:programmes_scheme_changelist"
PLAN_LIST = "admin:programmes_planfunding_changelist"
DECISION = {"reason": "Đủ điều kiện", "number": "15/QĐ-SCT", "on": "02/03/2020"}


@pytest.fixture
def submitted(db):
    """A scheme that waits for its decision, with one beneficiary."""
    facility = FacilityFactory(name="Cơ sở chè mẫu")
    return SchemeFactory(name="Máy sao chè", money=MONEY, benefits={facility: 100_000_000}, state="submitted")


@pytest.fixture
def reading(client, reviewer):
    """The browser of a reviewer."""
    client.force_login(reviewer)
    return client


def page_of(scheme):
    return reverse("admin:programmes_scheme_change", args=[scheme.pk])


def approval(scheme, **changes):
    """What the approving form sends when nothing is changed, but for `changes`."""
    data = DECISION | {"decision": "approve", "version": scheme.version}
    for line in scheme.funding_lines.all():
        data |= {f"line-{line.source_id}-approved_amount": str(line.proposed_amount)}
        data |= {f"line-{line.source_id}-adjustment_reason": ""}
    for benefit in scheme.beneficiaries.all():
        data[f"benefit-{benefit.facility_id}-approved_amount"] = str(benefit.proposed_amount)
    return data | changes


def own_scheme(reviewer, staff):
    """A scheme that the reviewer drafted, in an earlier role, and somebody else sent."""
    scheme = SchemeFactory(created_by=reviewer, money=MONEY)
    services.submit_scheme(scheme, by=staff)
    scheme.refresh_from_db()
    return scheme


def status_of(scheme):
    scheme.refresh_from_db()
    return scheme.status


# The list


def test_a_reviewer_opens_the_queue_with_who_waits_longest_first(reading):
    later, first = SchemeFactory.create_batch(2, money=MONEY)
    for scheme in (first, later):
        services.submit_scheme(scheme, by=scheme.created_by)
    SchemeFactory(name="Bản nháp", money=MONEY)

    page = soup(reading.get(reverse(LIST), follow=True))

    assert [link.get_text(" ", strip=True) for link in page.select("#result_list .field-title a")] == [
        f"{first.name} {first.code}",
        f"{later.name} {later.code}",
    ]


def test_the_list_shows_what_one_needs_to_choose(reading, submitted):
    page = soup(reading.get(reverse(LIST, query={"status": "submitted"})))

    today = f"{timezone.localdate():%d/%m/%Y}"
    assert [cells(row)[1:] for row in page.select("#result_list tbody tr")] == [
        [
            f"Máy sao chè {submitted.code}",
            "Nghệ An",
            "KC03.04 Ứng dụng máy móc, thiết bị tiên tiến",
            "Trung tâm Khuyến công mẫu",
            "Tỉnh 150",
            f"hôm nay từ {today}",
            "Chờ thẩm định",
        ]
    ]


def test_an_administrator_opens_all_schemes(client, administrator, submitted):
    SchemeFactory(name="Bản nháp", money=MONEY)
    client.force_login(administrator)

    page = soup(client.get(reverse(LIST)))

    assert len(page.select("#result_list tbody tr")) == 2


def test_the_list_is_searched_without_diacritics(reading, submitted):
    SchemeFactory(name="Máy dệt", money=MONEY, state="submitted")

    page = soup(reading.get(reverse(LIST, query={"status": "all", "q": "may sao che"})))

    assert [link.get_text(" ", strip=True) for link in page.select("#result_list .field-title a")] == [
        str_of(submitted)
    ]


def str_of(scheme):
    return f"{scheme.name} {scheme.code}"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(reading, count, django_assert_num_queries):
    for _ in range(count):
        SchemeFactory(money=MONEY, benefits={FacilityFactory(): 1}, state="submitted")

    with django_assert_num_queries(10):
        reading.get(reverse(LIST, query={"status": "submitted"}))


# The page of a decision


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
        ["Ngân sách tỉnh", "150.000.000", "", ""],
        ["Đối ứng của cơ sở", "350.000.000", "", ""],
        ["Tổng", "500.000.000", "", ""],
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

    with django_assert_num_queries(14):
        reading.get(page_of(scheme))


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


def test_what_was_missing_stands_on_the_page_when_the_scheme_comes_back(reading, reviewer, staff, submitted):
    data = DECISION | {"decision": "return", "version": submitted.version, "reason": "Thiếu báo giá thiết bị"}

    reading.post(page_of(submitted), data)
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
    assert sentences(answer) == ["Người lập hoặc người gửi đề án không được tự quyết định đề án đó."]
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


# The history


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


# Many at once


def confirm(client, verb, schemes, **changes):
    """The answer to the confirming page of a bulk action."""
    data = {"action": f"{verb}_selected", "_selected_action": [scheme.pk for scheme in schemes], "confirmed": "1"}
    data["row"] = [f"{scheme.pk}:{scheme.version}" for scheme in schemes]
    return client.post(reverse(LIST, query={"status": "submitted"}), data | DECISION | changes)


def outcomes(response):
    return sorted(" ".join(item.get_text().split()) for item in soup(response).select(".outcomes li"))


def test_the_confirming_page_lists_the_rows_and_asks_once(reading, submitted):
    other = SchemeFactory(money=MONEY, state="submitted")
    data = {"action": "approve_selected", "_selected_action": [submitted.pk, other.pk], "index": "0"}

    page = soup(reading.post(reverse(LIST, query={"status": "submitted"}), data))

    assert [item.get_text() for item in page.select("ol[aria-labelledby=rows-title] li")] == [
        str(submitted),
        str(other),
    ]
    assert [field["value"] for field in page.select("[name=row]")] == [
        f"{submitted.pk}:{submitted.version}",
        f"{other.pk}:{other.version}",
    ]
    assert [len(page.select(f"[name={name}]")) for name in ("reason", "number", "on")] == [1, 1, 1]


def test_each_row_of_a_bulk_decision_stands_alone_and_is_reported(reading, reviewer, staff, submitted):
    own = own_scheme(reviewer, staff)

    response = confirm(reading, "approve", [submitted, own])

    assert outcomes(response) == sorted(
        [
            f"{submitted.code}: đã phê duyệt",
            f"{own.code}: không được, vì người lập hoặc người gửi đề án không được tự quyết định đề án đó.",
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

    assert page.find(id="reject_reason_error").get_text(strip=True) == "Trường này là bắt buộc."
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


# Money outside schemes


def test_money_that_waits_for_confirmation_stands_first(reading):
    confirmed, waits = PlanFundingFactory(purpose="Cũ"), PlanFundingFactory(purpose="Mới", year=2019)
    services.confirm_plan_funding(confirmed, by=UserFactory(role=Role.REVIEWER))

    page = soup(reading.get(reverse(PLAN_LIST)))

    assert [link.get_text() for link in page.select("#result_list .field-purpose a")] == [
        waits.purpose,
        confirmed.purpose,
    ]


def test_a_second_person_confirms_money_outside_schemes(reading, reviewer):
    funding = PlanFundingFactory()
    url = reverse("admin:programmes_planfunding_change", args=[funding.pk])

    button = soup(reading.get(url)).select_one(".submit-row button").get_text()
    reading.post(url, {"version": 1})

    funding.refresh_from_db()
    assert button == "Xác nhận"
    assert funding.confirmed_by == reviewer


def test_money_that_changed_since_it_was_read_is_not_confirmed(reading):
    funding = PlanFundingFactory()
    funding.approved_amount = 1
    funding.save()
    url = reverse("admin:programmes_planfunding_change", args=[funding.pk])

    answer = soup(reading.post(url, {"version": 1}, follow=True))

    funding.refresh_from_db()
    assert funding.confirmed_at is None
    assert "Khoản này vừa được sửa." in answer.select_one(".messagelist").get_text()


def test_who_wrote_money_down_does_not_confirm_it(reading, reviewer):
    funding = PlanFundingFactory(created_by=reviewer)
    url = reverse("admin:programmes_planfunding_change", args=[funding.pk])

    page, answer = soup(reading.get(url)), soup(reading.post(url, {"version": 1}, follow=True))

    assert page.select(".submit-row button") == []
    assert page.select_one(".note").get_text() == "Bạn là người ghi khoản này nên không được xác nhận."
    assert answer.select_one(".messagelist").get_text(strip=True) == "Người ghi không được tự xác nhận."
    funding.refresh_from_db()
    assert funding.confirmed_at is None


def test_an_auditor_does_not_confirm_money(client, auditor):
    funding = PlanFundingFactory()
    client.force_login(auditor)

    response = client.post(reverse("admin:programmes_planfunding_change", args=[funding.pk]))

    assert response.status_code == 403
    funding.refresh_from_db()
    assert funding.confirmed_at is None


def test_money_is_confirmed_row_by_row(reading, reviewer):
    good, own = PlanFundingFactory(purpose="Máy"), PlanFundingFactory(purpose="Hội chợ", created_by=reviewer)
    data = {"action": "confirm_selected", "_selected_action": [good.pk, own.pk]}

    listed = soup(reading.post(reverse(PLAN_LIST), data | {"index": "0"}))
    answer = reading.post(
        reverse(PLAN_LIST), data | {"confirmed": "1", "row": [item["value"] for item in listed.select("[name=row]")]}
    )

    assert outcomes(answer) == [
        "Hội chợ (2020): không được, vì người ghi không được tự xác nhận.",
        "Máy (2020): đã xác nhận",
    ]
    good.refresh_from_db(), own.refresh_from_db()
    assert (good.confirmed_by, own.confirmed_by) == (reviewer, None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_money_costs_the_same_for_one_row_and_three(reading, count, django_assert_num_queries):
    for _ in range(count):
        PlanFundingFactory()

    with django_assert_num_queries(9):
        reading.get(reverse(PLAN_LIST))


# The first page


def test_the_first_page_says_what_waits_in_ones_own_province(reading, submitted):
    elsewhere = ProvinceFactory(code="01", name="Hà Nội")
    SchemeFactory(province=elsewhere, money=MONEY, state="submitted")
    PlanFundingFactory()

    page = soup(reading.get(reverse("admin:index")))

    assert [(link.get_text(), link["href"]) for link in page.select(".waiting a")] == [
        ("Đề án chờ thẩm định: 1", reverse(LIST, query={"status": "submitted"})),
        ("Đề án đã nghiệm thu, chờ quyết toán: 0", reverse(LIST, query={"status": "accepted"})),
        ("Kinh phí ngoài đề án chờ xác nhận: 1", reverse(PLAN_LIST, query={"confirmed": "no"})),
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
