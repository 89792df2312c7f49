"""Appraisal sheets, and the way of a national scheme through its stages."""

import pytest

from programmes import services
from programmes.enums import Status
from tests.factories import DAY, FacilityFactory, SchemeFactory, UserFactory, appraise
from tests.pages import sentences, soup
from tests.programmes.reviewing import (
    DECISION,
    MISSING,
    MONEY,
    NATIONAL,
    PAPER,
    approval,
    own_scheme,
    page_of,
    sheet,
    status_of,
    step,
)

pytestmark = pytest.mark.django_db


def verbs_on(page):
    """The steps that a page offers."""
    return [field["value"] for field in page.select(".decisions input[name=decision]")]


@pytest.mark.parametrize(
    ("money", "level", "state", "verbs"),
    [
        (MONEY, "local", "submitted", ["approve", "sheet", "return", "reject"]),
        (MONEY, "local", "approved", ["terminate"]),
        (MONEY, "local", "in_progress", ["terminate"]),
        (MONEY, "local", "accepted", ["settle", "unaccept"]),
        (MONEY, "local", "settled", ["close", "unsettle"]),
        (NATIONAL, "national", "submitted", ["appraise", "return", "reject"]),
        (NATIONAL, "national", "appraised", ["return"]),
        (NATIONAL, "national", "registered", ["appraise_national", "return", "reject"]),
        (NATIONAL, "national", "ministry", ["approve", "return", "reject"]),
    ],
)
def test_just_the_steps_of_the_procedure_are_offered(reading, money, level, state, verbs):
    scheme = SchemeFactory(level=level, money=money, state=state)

    page = soup(reading.get(page_of(scheme)))

    assert verbs_on(page) == verbs


def test_sheet_and_decision_are_written_in_one_go_as_two_records(reading, reviewer, submitted):
    found = sheet(**{"sheet-capacity": "none", "sheet-capacity_note": "Không có đơn vị phối hợp"})

    reading.post(page_of(submitted), approval(submitted) | found)

    made = submitted.appraisals.get()
    assert status_of(submitted) == Status.APPROVED
    assert (made.stage, made.verdict, made.capacity, made.capacity_note) == (
        "base",
        "pass",
        "none",
        "Không có đơn vị phối hợp",
    )
    assert (made.made_by, made.submitted_at) == (reviewer, submitted.submitted_at)


def test_nothing_is_approved_over_an_item_that_lacks_something(reading, submitted):
    page = soup(reading.post(page_of(submitted), approval(submitted, **{"sheet-objectives": "lacking"})))

    assert "Còn nội dung chưa đạt thì chưa kết luận đề nghị phê duyệt được." in sentences(page)
    assert status_of(submitted) == Status.SUBMITTED
    assert not submitted.appraisals.exists()


def test_every_item_of_a_sheet_is_asked(reading, submitted):
    page = soup(reading.post(page_of(submitted), approval(submitted, **{"sheet-completeness": ""})))

    cell = page.find(id="approve_sheet-completeness").find_parent("td")
    assert cell.select_one(".errors").get_text(strip=True) == MISSING
    assert status_of(submitted) == Status.SUBMITTED


def test_a_sheet_alone_moves_nothing_and_the_page_is_shown_again(reading, submitted):
    found = sheet("revise", **{"sheet-completeness": "lacking"})

    response = reading.post(page_of(submitted), step(submitted, "sheet", **found))

    assert response["Location"] == page_of(submitted)
    assert submitted.appraisals.get().verdict == "revise"
    assert status_of(submitted) == Status.SUBMITTED


def test_a_second_click_writes_no_second_sheet(reading, submitted):
    data = step(submitted, "sheet", **sheet("pass"))

    reading.post(page_of(submitted), data)
    again = soup(reading.post(page_of(submitted), data))

    assert submitted.appraisals.count() == 1
    assert services.STALE in sentences(again)


def test_a_sheet_that_is_there_is_not_asked_again(reading, submitted):
    appraise(submitted)

    page = soup(reading.get(page_of(submitted)))
    reading.post(page_of(submitted), {k: v for k, v in approval(submitted).items() if not k.startswith("sheet-")})

    assert page.select("[id^=approve_sheet]") == []
    assert status_of(submitted) == Status.APPROVED
    assert submitted.appraisals.count() == 1


def test_nobody_appraises_their_own_scheme(reading, reviewer, staff):
    scheme = own_scheme(reviewer, staff)

    answer = soup(reading.post(page_of(scheme), step(scheme, "sheet", **sheet("pass"))))

    assert sentences(answer) == ["Người lập hoặc người gửi đề án không được tự thẩm định đề án đó."]
    assert not scheme.appraisals.exists()


def test_a_scheme_given_to_somebody_else_says_so(reading, submitted):
    other = UserFactory(role="reviewer", full_name="Người thụ lý mẫu")
    type(submitted).objects.filter(pk=submitted.pk).update(assigned_to=other)

    page = soup(reading.get(page_of(submitted)))

    assert page.select_one(".note[data-tone=wait]").get_text().startswith("Đề án đã giao Người thụ lý mẫu thụ lý")
    assert verbs_on(page) == []


def test_a_national_scheme_goes_through_both_appraisals_to_the_ministers_decision(reading, staff):
    scheme = SchemeFactory(level="national", money=NATIONAL, created_by=staff, state="submitted")

    reading.post(page_of(scheme), step(scheme, "appraise", **sheet("pass")))
    assert status_of(scheme) == Status.APPRAISED
    services.take_step(scheme, "register", by=staff, paper={"number": "9/TTr", "issued_on": DAY})
    scheme.refresh_from_db()
    reading.post(page_of(scheme), step(scheme, "appraise_national", **sheet("pass")))
    assert status_of(scheme) == Status.MINISTRY
    page = soup(reading.get(page_of(scheme)))
    reading.post(page_of(scheme), approval(scheme, number="88/QĐ-BCT"))

    assert page.select_one("label[for=approve_number]").get_text(" ", strip=True) == "Số quyết định của Bộ trưởng *"
    assert page.select("[id^=approve_sheet]") == []
    assert (status_of(scheme), scheme.decision_number) == (Status.APPROVED, "88/QĐ-BCT")
    assert list(scheme.appraisals.values_list("stage", flat=True)) == ["base", "national"]


def test_a_sheet_that_does_not_recommend_leaves_a_national_scheme_where_it_is(reading):
    scheme = SchemeFactory(level="national", money=NATIONAL, state="submitted")

    response = reading.post(page_of(scheme), step(scheme, "appraise", **sheet("revise")), follow=True)

    told = soup(response).select_one(".messagelist").get_text(strip=True)
    assert told == f"{scheme.code}: đã ghi phiếu thẩm định (đề nghị bổ sung, sửa đổi); đề án chưa chuyển bước."
    assert status_of(scheme) == Status.SUBMITTED
    assert scheme.appraisals.get().verdict == "revise"


def test_a_step_with_a_paper_asks_its_number_and_day(reading):
    scheme = SchemeFactory(money=MONEY, state="in_progress")
    data = step(scheme, "terminate", reason="Cơ sở giải thể")

    page = soup(reading.post(page_of(scheme), data))
    assert page.find(id="terminate_paper-number_error").get_text(strip=True) == MISSING
    late = soup(reading.post(page_of(scheme), data | PAPER | {"paper-issued_on": "02/03/2090"}))
    assert (
        late.find(id="terminate_paper-issued_on_error").get_text(strip=True) == "Ngày văn bản không được ở tương lai."
    )
    reading.post(page_of(scheme), data | PAPER)

    paper = scheme.papers.get()
    assert status_of(scheme) == Status.TERMINATED
    assert (paper.verb, paper.number, paper.signer) == ("terminate", "7/QĐ-SCT", "Giám đốc Sở")


def test_the_detailed_plan_of_a_group_approves_each_facility(reading):
    scheme = SchemeFactory(is_group=True, money=MONEY, state="approved")
    empty = soup(reading.get(page_of(scheme)))
    facility = FacilityFactory()
    scheme.beneficiaries.create(facility=facility, proposed_amount=90_000_000)

    data = step(scheme, "detail", **{f"benefit-{facility.pk}-approved_amount": "80 triệu"})
    reading.post(page_of(scheme), data | PAPER)

    assert "Kế hoạch chi tiết chưa có đơn vị thụ hưởng nào" in empty.select_one(".decisions").get_text()
    assert status_of(scheme) == Status.DETAILED
    assert scheme.beneficiaries.get().approved_amount == 80_000_000


def test_a_settled_scheme_is_closed_once_its_books_are_even(reading):
    scheme = SchemeFactory(money=MONEY, state="settled")

    early = soup(reading.post(page_of(scheme), step(scheme, "close")))

    assert sentences(early)[0].startswith("Ngân sách tỉnh: đã chi 0 đồng, quyết toán 150.000.000 đồng.")
    assert status_of(scheme) == Status.SETTLED


def test_the_dossier_that_lacks_a_paper_is_told_by_name(reading, submitted):
    page = soup(reading.get(page_of(submitted)))

    assert page.select_one("#dossier h2").get_text() == "Hồ sơ"


def test_decisions_keep_what_was_typed_when_the_number_is_missing(reading, submitted):
    page = soup(reading.post(page_of(submitted), DECISION | step(submitted, "reject", number="")))

    assert page.find(id="reject_number_error").get_text(strip=True) == MISSING
    assert page.select_one("#reject_reason").get_text(strip=True) == "Đủ điều kiện"
