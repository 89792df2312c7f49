"""Comments on single fields, and the comparison of two sendings. Moments of the history need real transactions."""

import pytest

from programmes import services
from programmes.enums import Status
from programmes.models import ReviewComment
from programmes.reviewing.comparison import compare
from tests.factories import FacilityFactory, SchemeFactory, UserFactory
from tests.pages import rows, sentences, soup
from tests.programmes.reviewing import MONEY, page_of, sending_back, status_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(client):
    """A reviewer's, in a database that keeps its transactions."""
    client.force_login(UserFactory(role="reviewer"))
    return client


def sent():
    facility = FacilityFactory(name="Cơ sở chè mẫu")
    return SchemeFactory(name="Máy sao chè", money=MONEY, benefits={facility: 100_000_000}, state="submitted")


def send_again(scheme):
    services.submit_scheme(scheme, by=scheme.created_by)
    scheme.refresh_from_db()


def test_comments_stand_with_the_returned_scheme_and_name_their_places(browser):
    scheme = sent()
    facility = scheme.beneficiaries.get().facility
    page = soup(browser.get(page_of(scheme)))

    data = sending_back(scheme, ("objective", "Ghi công suất"), (f"benefit-{facility.pk}", "Ghi hạng mục"), ("", ""))
    browser.post(page_of(scheme), data)

    offered = {option["value"] for option in page.select("#return_comments-0-field option")}
    assert {"objective", "line-province", f"benefit-{facility.pk}", "other"} <= offered
    assert status_of(scheme) == Status.RETURNED
    assert list(scheme.comments.values_list("label", "text")) == [
        ("Mục tiêu, quy mô", "Ghi công suất"),
        ("Đơn vị thụ hưởng: Cơ sở chè mẫu", "Ghi hạng mục"),
    ]


@pytest.mark.parametrize(
    ("comment", "field", "sentence"),
    [
        (("", "Thiếu"), "field", "Chọn ô mà ý kiến này nói đến."),
        (("name", ""), "text", "Nhập ý kiến."),
    ],
)
def test_half_a_comment_is_told_and_nothing_is_returned(browser, comment, field, sentence):
    scheme = sent()

    page = soup(browser.post(page_of(scheme), sending_back(scheme, comment)))

    assert page.find(id=f"return_comments-0-{field}_error").get_text(strip=True) == sentence
    assert status_of(scheme) == Status.SUBMITTED


def test_a_refused_return_leaves_no_comment(browser):
    scheme = sent()

    page = soup(browser.post(page_of(scheme), sending_back(scheme, ("name", "Sửa tên"), on="02/03/2090")))

    assert sentences(page) == [
        "Ngày văn bản : Ngày quyết định không được ở tương lai.",
        "Ngày quyết định không được ở tương lai.",
    ]
    assert not ReviewComment.objects.exists()


def test_the_first_sending_is_compared_with_nothing(browser):
    scheme = sent()

    assert compare(scheme, []) is None
    assert soup(browser.get(page_of(scheme))).select("#comparison") == []


def test_a_second_sending_shows_what_was_before_and_what_is_now_beside_the_comments(browser):
    scheme = sent()
    kept = scheme.beneficiaries.get()
    browser.post(page_of(scheme), sending_back(scheme, ("objective", "Ghi công suất"), ("line-province", "Giảm")))
    scheme.refresh_from_db()
    scheme.objective = "Máy 500 kg/mẻ"
    scheme.save()
    scheme.funding_lines.filter(source="province").update(proposed_amount=140_000_000)
    kept.delete()
    scheme.beneficiaries.create(facility=FacilityFactory(name="Cơ sở mới"), proposed_amount=90_000_000)
    send_again(scheme)

    page = soup(browser.get(page_of(scheme)))

    changed = rows(page, "#comparison > .scroll tbody tr")
    assert [[cell.split(" Ý kiến")[0] for cell in row] for row in changed] == [
        ["Mục tiêu, quy mô đã sửa", "—", "Máy 500 kg/mẻ"],
        ["Ngân sách tỉnh: đề nghị đã sửa", "150.000.000", "140.000.000"],
        ["Cơ sở mới: hỗ trợ đề nghị thêm mới", "—", "90.000.000"],
        ["Cơ sở mới: áp dụng hệ số ưu tiên thêm mới", "—", "không"],
        ["Cơ sở chè mẫu: hỗ trợ đề nghị đã bỏ", "100.000.000", "—"],
        ["Cơ sở chè mẫu: áp dụng hệ số ưu tiên đã bỏ", "không", "—"],
    ]
    remarks = [one.get_text(" ", strip=True) for one in page.select("#comparison .remark")]
    assert [remark.split(" Người")[0] for remark in remarks] == ["Ý kiến : Ghi công suất", "Ý kiến : Giảm"]


def test_a_scheme_sent_again_as_it_was_is_told(browser):
    scheme = sent()
    browser.post(page_of(scheme), sending_back(scheme))
    scheme.refresh_from_db()
    send_again(scheme)

    page = soup(browser.get(page_of(scheme)))

    assert page.select_one("#comparison .note").get_text() == "Gửi lại mà không sửa ô nào."


def test_what_was_sent_and_taken_back_is_not_what_it_is_compared_with(browser):
    scheme = sent()
    browser.post(page_of(scheme), sending_back(scheme, ("objective", "Ghi công suất")))
    scheme.refresh_from_db()
    scheme.objective = "Máy 500 kg/mẻ"
    scheme.save()
    send_again(scheme)
    services.withdraw_scheme(scheme, by=scheme.created_by)
    send_again(scheme)

    page = soup(browser.get(page_of(scheme)))

    [row] = rows(page, "#comparison > .scroll tbody tr")
    assert row[1:] == ["—", "Máy 500 kg/mẻ"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_comparison_costs_the_same_for_one_beneficiary_and_three(browser, count, django_assert_num_queries):
    facilities = FacilityFactory.create_batch(count)
    scheme = SchemeFactory(money=MONEY, benefits=dict.fromkeys(facilities, 1_000_000), state="submitted")
    browser.post(page_of(scheme), sending_back(scheme))
    scheme.refresh_from_db()
    send_again(scheme)

    with django_assert_num_queries(14):
        compare(scheme, [])
