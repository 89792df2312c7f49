"""Support beyond the rules: told on the page, and confirmed by a second person."""

import pytest
from django.urls import reverse

from programmes import ceilings, services
from programmes.enums import Status
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, SupportRuleFactory, UserFactory
from tests.pages import rows, sentences, soup
from tests.programmes.reviewing import LIST, MONEY, approval, page_of, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(db):
    """A submitted scheme that gives a facility 100 triệu where a rule leaves 60, with the reason of staff."""
    SupportRuleFactory(ceiling=60_000_000, rate=None, document="NQ 1/2018/NQ-HĐND")
    scheme = SchemeFactory(money=MONEY, benefits={FacilityFactory(name="Cơ sở chè mẫu"): 100_000_000})
    [excess] = ceilings.check(scheme)
    ceilings.explain(scheme, excess, "Máy đặc thù", scheme.created_by)
    services.submit_scheme(scheme, by=scheme.created_by)
    scheme.refresh_from_db()
    return scheme


def confirm_url(scheme):
    return reverse("admin:programmes_scheme_confirm", args=[scheme.pk, scheme.ceiling_exceptions.get().pk])


def test_the_page_tells_what_the_law_leaves_and_why_more_is_asked(reading, over):
    page = soup(reading.get(page_of(over)))

    assert rows(page, "#limits tbody tr") == [
        ["Cơ sở chè mẫu theo NQ 1/2018/NQ-HĐND", "100.000.000", "60.000.000 vượt mức"]
    ]
    note = page.select_one("#limits .exception")
    assert note.b.get_text() == "Lý do vượt mức, chờ người thứ hai xác nhận"
    assert note.select_one(".prewrap").get_text() == "Máy đặc thù"
    assert note.select_one("button").get_text() == "Xác nhận vượt mức"


def test_nothing_is_approved_beyond_a_rule_before_a_second_person_confirmed(reading, reviewer, over):
    early = soup(reading.post(page_of(over), approval(over)))
    reading.post(confirm_url(over))
    reading.post(page_of(over), approval(over))

    assert sentences(early)[0].startswith("Cơ sở chè mẫu: hỗ trợ 100.000.000 đồng vượt mức theo NQ 1/2018/NQ-HĐND;")
    assert over.ceiling_exceptions.get().confirmed_by == reviewer
    assert status_of(over) == Status.APPROVED


def test_who_wrote_the_reason_does_not_confirm_it(reading, reviewer, over):
    exception = over.ceiling_exceptions.get()
    [excess] = ceilings.check(over)
    own = ceilings.explain(over, excess, "Tôi thấy cần", reviewer)

    page = soup(reading.get(page_of(over)))
    answer = soup(reading.post(reverse("admin:programmes_scheme_confirm", args=[over.pk, own.pk]), follow=True))

    assert len(page.select("#limits .exception button")) == 1
    assert "Người ghi lý do vượt mức không được tự xác nhận." in answer.select_one(".messagelist").get_text()
    own.refresh_from_db(), exception.refresh_from_db()
    assert (own.confirmed_at, exception.confirmed_at) == (None, None)


def test_a_second_click_says_that_it_was_confirmed(reading, over):
    reading.post(confirm_url(over))

    answer = soup(reading.post(confirm_url(over), follow=True))

    assert "Lý do vượt mức này đã được xác nhận." in answer.select_one(".messagelist").get_text()


def test_reading_confirms_nothing_and_others_may_not(client, reading, auditor, over):
    looked = reading.get(confirm_url(over))
    client.force_login(auditor)
    refused = client.post(confirm_url(over))
    client.force_login(UserFactory(role="reviewer", province=ProvinceFactory(code="01", name="Hà Nội")))
    elsewhere = client.post(confirm_url(over))

    assert [response.status_code for response in (looked, refused, elsewhere)] == [405, 403, 404]
    assert over.ceiling_exceptions.get().confirmed_at is None


def test_a_bulk_approval_says_which_row_is_over(reading, over):
    data = {"action": "approve_selected", "_selected_action": [over.pk], "index": "0"}

    page = soup(reading.post(reverse(LIST, query={"status": "submitted"}), data))

    [row] = rows(page, ".survey tbody tr")
    assert row[-1] == (
        "Không chưa có phiếu thẩm định đề nghị phê duyệt "
        "vượt mức hỗ trợ chưa được xác nhận: 100.000.000 đồng, mức còn lại 60.000.000 đồng"
    )
