"""Certificates in the workshop: looked up, corrected, taken back for good."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities import versions
from fairs.models import Certificate
from tests.factories import ProvinceFactory
from tests.fairs.desk_factories import certificate
from tests.fairs.factories import CertificateFactory, EntryFactory, RoundFactory, level, region
from tests.pages import soup

pytestmark = pytest.mark.django_db
REVOKE = {"decision": "revoke", "number": "9/QĐ-UBND", "revoked_on": "05/01/2021", "reason": "Sản phẩm sao chép"}


def page_of(row):
    return reverse("admin:fairs_certificate_change", args=[row.pk])


@pytest.fixture
def at_desk(client, reviewer):
    client.force_login(reviewer)
    return client


def correction(row, **changed):
    """What a page that was just opened would send."""
    typed = {"number": "7/GCN", "issued_on": "20/09/2020", "valid_to": "", "signer": "Chủ tịch UBND tỉnh"}
    return {"decision": "correct", "seen": versions.newest(row)} | typed | changed


def test_a_reviewer_corrects_a_certificate_and_the_history_tells(at_desk, reviewer):
    row = certificate(reviewer.province)

    assert at_desk.post(page_of(row), correction(row)).status_code == 302

    row.refresh_from_db()
    assert (row.number, row.valid_to) == ("7/GCN", datetime.date(2023, 12, 31))
    told = at_desk.get(reverse("admin:fairs_certificate_history", args=[row.pk])).content.decode()
    assert "7/GCN" in told
    assert str(reviewer) in told


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"issued_on": "01/01/2020"}, "issued_on", "Ngày cấp không được trước ngày quyết định công nhận"),
        ({"valid_to": "01/01/2020"}, "valid_to", "Ngày hết giá trị không được trước ngày cấp."),
        ({"valid_to": "01/01/2099"}, "valid_to", "Giấy chứng nhận có giá trị nhiều nhất đến 31/12/2023"),
        ({"number": " "}, "number", "Nhập số giấy chứng nhận"),
    ],
)
def test_a_wrong_correction_is_refused_beside_its_field(at_desk, reviewer, changed, field, sentence):
    row = certificate(reviewer.province)

    page = soup(at_desk.post(page_of(row), correction(row, **changed)))

    assert sentence in page.select_one(f"#id_{field}_error").get_text()
    assert page.select_one("#id_signer")["value"] == "Chủ tịch UBND tỉnh"
    assert Certificate.objects.get().number == row.number


def test_of_two_reviewers_who_correct_one_certificate_the_second_is_told(at_desk, reviewer):
    row = certificate(reviewer.province)
    seen = soup(at_desk.get(page_of(row))).select_one("[name=seen]")["value"]
    at_desk.post(page_of(row), correction(row, seen=seen, number="8/GCN"))

    late = soup(at_desk.post(page_of(row), correction(row, seen=seen, number="9/GCN")))

    row.refresh_from_db()
    assert row.number == "8/GCN"
    assert versions.STALE in late.select_one(".form-errors").get_text()
    assert "8/GCN" in late.select_one("td[data-label='Họ vừa lưu']").get_text()
    assert late.select_one("#id_number")["value"] == "9/GCN"
    again = correction(row, seen=late.select_one("[name=seen]")["value"], number="9/GCN")
    assert at_desk.post(page_of(row), again).status_code == 302
    row.refresh_from_db()
    assert row.number == "9/GCN"


def test_beside_the_revocation_stand_the_dossiers_of_higher_levels_that_rest_on_it(at_desk, reviewer):
    row = certificate(reviewer.province)
    place = region(reviewer.province)
    assert soup(at_desk.get(page_of(row))).select_one("[aria-labelledby=promotions-title]") is None
    higher = RoundFactory(cycle=row.round.cycle, level=level("region"), region=place, opens_on=row.issued_on)
    entry = EntryFactory(round=higher, product=row.entry.product, lower_certificate=row)

    told = soup(at_desk.get(page_of(row))).select_one("[aria-labelledby=promotions-title]")

    assert told.find_parent("form").select_one("[value=revoke]")
    assert [item.get_text(" ", strip=True) for item in told.select("li")] == [f"{higher} : đã đăng ký"]
    assert told.select_one("a")["href"] == reverse("admin:fairs_entry_change", args=[entry.pk])


def test_a_certificate_is_revoked_once_and_then_stays_as_it_is(at_desk, reviewer):
    row = certificate(reviewer.province)

    for number in ("9/QĐ-UBND", "10/QĐ-UBND"):
        assert at_desk.post(page_of(row), REVOKE | {"number": number}).status_code == 302
    at_desk.post(page_of(row), correction(row))

    row.refresh_from_db()
    assert (row.revocation_number, row.revoked_by, row.number != "7/GCN") == ("9/QĐ-UBND", reviewer, True)
    assert soup(at_desk.get(page_of(row))).select_one("[name=decision]") is None


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"reason": ""}, "reason", "Nhập lý do thu hồi."),
        ({"revoked_on": "01/01/2020"}, "revoked_on", "Ngày thu hồi không được trước ngày cấp."),
        ({"revoked_on": "01/01/2099"}, "revoked_on", "không được ở tương lai"),
    ],
)
def test_a_revocation_that_is_not_whole_is_refused_beside_its_field(at_desk, reviewer, changed, field, sentence):
    row = certificate(reviewer.province)

    page = soup(at_desk.post(page_of(row), REVOKE | changed))

    assert sentence in page.select_one(f"#id_{field}_error").get_text()
    assert page.select_one("[name=decision][value=revoke]").find_parent("details").has_attr("open")
    assert Certificate.objects.get().revoked_on is None


def test_others_only_read_and_another_province_does_not_exist(client, at_desk, reviewer, administrator):
    here, elsewhere = certificate(reviewer.province), certificate(ProvinceFactory(code="01", name="Hà Nội"))

    assert at_desk.get(page_of(elsewhere)).status_code == at_desk.post(page_of(elsewhere), REVOKE).status_code == 404
    client.force_login(administrator)
    assert soup(client.get(page_of(here))).select_one("[name=decision]") is None
    assert client.post(page_of(here), REVOKE).status_code == 403


def test_the_list_is_narrowed_by_what_certificates_are_worth_today(at_desk, reviewer):
    old, gone = certificate(reviewer.province), certificate(reviewer.province)
    at_desk.post(page_of(gone), REVOKE)
    lately = timezone.localdate() - datetime.timedelta(days=200)
    today = CertificateFactory(entry__round=RoundFactory(cycle__province=reviewer.province, opens_on=lately))

    def shown(worth):
        page = at_desk.get(reverse("admin:fairs_certificate_changelist", query={"valid": worth}))
        return [row.get_text() for row in soup(page).select("#result_list .field-number")]

    assert [shown("yes"), shown("expired"), shown("revoked")] == [[today.number], [old.number], [gone.number]]
