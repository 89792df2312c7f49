"""The law of fairs and selection in the workshop: who keeps which rows, and what they say of themselves."""

import datetime

import pytest
from django.urls import reverse

from fairs.models import CertificateRule, ProvinceRegion, ScoreScale, SelectionRegion
from khuyencong.enums import Role
from tests.factories import UserFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db


def page_of(row, page="change"):
    return reverse(f"admin:fairs_{row._meta.model_name}_{page}", args=[row.pk] if page == "change" else [])


@pytest.fixture
def nation(db):
    """An administrator of all provinces."""
    return UserFactory(role=Role.ADMINISTRATOR, province=None)


def scale(**changed):
    points = {"market_most": "40", "economic_most": "30", "cultural_most": "20", "other_most": "10", "pass_mark": "70"}
    basis = {"document": "TT 26/2014/TT-BCT", "clause": "Phụ lục 3", "valid_from": "21/10/2014", "is_verified": "on"}
    return points | basis | {"valid_to": "", "note": ""} | changed


def test_an_administrator_of_all_provinces_corrects_the_points_and_marks_them_verified(client, nation):
    row = ScoreScale.objects.get()
    client.force_login(nation)
    assert "cần kiểm tra" in soup(client.get(page_of(row, "changelist"))).select_one("#result_list").get_text()

    assert client.post(page_of(row), scale()).status_code == 302

    row.refresh_from_db()
    listed = soup(client.get(page_of(row, "changelist"))).select_one("#result_list").get_text()
    assert (row.market_most, row.is_verified) == (40, True)
    assert "40 + 30 + 20 + 10" in listed
    assert "đã kiểm chứng" in listed


def test_points_that_do_not_make_a_hundred_are_refused_beside_them(client, nation):
    row = ScoreScale.objects.get()
    client.force_login(nation)

    page = soup(client.post(page_of(row), scale(market_most="50")))

    assert "phải cộng thành 100" in page.select_one("#id_other_most_error, .field-other_most .errorlist").get_text()
    assert page.select_one("#id_market_most")["value"] == "50"


def test_a_new_validity_is_added_with_its_first_day(client, nation):
    client.force_login(nation)
    sent = {
        "years": "5",
        "document": "Thông tư mẫu",
        "clause": "",
        "valid_from": "01/01/2030",
        "valid_to": "",
        "note": "",
    }

    assert client.post(page_of(CertificateRule(), "add"), sent).status_code == 302
    again = soup(client.post(page_of(CertificateRule(), "add"), sent))

    assert CertificateRule.objects.filter(valid_from=datetime.date(2030, 1, 1)).count() == 1
    assert "Đã có thời hạn bắt đầu cùng ngày." in again.get_text()


def test_an_administrator_of_a_province_corrects_only_its_own_region(client, administrator):
    region = SelectionRegion.objects.get(code="trung")
    row = ProvinceRegion.objects.create(
        province=administrator.province, region=region, valid_from=datetime.date(2014, 10, 21), document="TT 26/2014"
    )
    client.force_login(administrator)
    sent = {"province": row.province_id, "region": region.pk, "document": "TT 26/2014", "clause": "Điều 3"}

    changed = client.post(page_of(row), sent | {"valid_from": "21/10/2014", "valid_to": "", "note": ""})

    row.refresh_from_db()
    assert (changed.status_code, row.clause) == (302, "Điều 3")
    assert client.post(page_of(ScoreScale.objects.get()), scale()).status_code == 403


def test_reviewers_read_the_law_and_change_none_of_it(client, reviewer):
    row = ScoreScale.objects.get()
    client.force_login(reviewer)

    assert client.get(page_of(row)).status_code == 200
    assert client.post(page_of(row), scale()).status_code == 403
