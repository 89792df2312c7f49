"""Yearly reports of those who hold certificates: who owes one, who gave one, the form."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.models import HolderReport
from fairs.products import holders
from tests.facilities.builders import merged
from tests.factories import FacilityFactory, ProvinceFactory
from tests.fairs.factories import HolderReportFactory, certified
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
LIST, NEW = "fairs:holder-report-list", "fairs:holder-report-create"
FORM = "main form[data-kc-unsaved]"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2022, 5, 4))


@pytest.fixture
def facility(staff):
    """Holds certificates from 2020 to 2023."""
    facility = FacilityFactory(name="Hợp tác xã Chè", province=staff.province)
    certified(facility)
    return facility


def listed(client, **asked):
    return [row[0].split(" Doanh")[0] for row in rows(soup(client.get(reverse(LIST), asked)), "#holders tbody tr")]


def opened(client, url):
    return form_data(soup(client.get(url)), FORM)


@pytest.mark.parametrize(("year", "expected"), [(2019, False), (2020, True), (2021, True), (2023, True), (2024, False)])
def test_a_report_is_owed_from_the_year_of_issue_to_the_last(facility, year, expected):
    found = holders.holders(type(facility).objects.all(), year)

    assert found.filter(pk=facility.pk).exists() is expected


def test_no_report_is_owed_after_the_year_of_a_revocation(staff):
    facility = FacilityFactory(province=staff.province)
    taken = {"revocation_number": "9/QĐ", "revocation_reason": "Vi phạm", "revoked_by": staff}
    certified(facility, revoked_on=datetime.date(2021, 3, 1), **taken)

    assert holders.holders(type(facility).objects.all(), 2021).count() == 1
    assert holders.holders(type(facility).objects.all(), 2022).count() == 0


def test_the_list_tells_who_reported_on_the_last_year_that_is_over(client, staff, facility):
    silent = FacilityFactory(name="Cơ sở im lặng", province=staff.province)
    certified(silent)
    certified(FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh")))
    FacilityFactory(name="Không có giấy", province=staff.province)
    HolderReportFactory(facility=facility, year=2021, revenue=1_500_000_000, export_value=300_000_000)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert page.select_one("#id_year option[selected]")["value"] == "2021"
    assert rows(page, "#holders tbody tr") == [
        [silent.name, "1", "Chưa có Ghi báo cáo của Cơ sở im lặng", "", ""],
        [facility.name, "1", "Đã nhận 15/01/2022 · Sửa báo cáo của Hợp tác xã Chè", "1.500", "300"],
    ]
    assert [one.get_text(" ", strip=True) for one in page.select(".totals > div")] == [
        "Cơ sở phải báo cáo 2",
        "Đã báo cáo 1",
        "Chưa báo cáo 1",
        "Doanh thu (triệu đồng) 1.500",
        "Xuất khẩu (triệu đồng) 300",
    ]
    assert listed(client, state="missing") == [silent.name]
    assert listed(client, state="received", q="hop tac xa") == [facility.name]
    assert listed(client, state="received", year="2020") == []


def test_a_merged_facility_is_asked_once_and_the_kept_one_s_report_counts(client, staff, facility):
    old = FacilityFactory(name="Cơ sở cũ", province=staff.province)
    certified(old)
    HolderReportFactory(facility=old, year=2021, revenue=5_000_000)
    merged(old, facility, by=staff)
    client.force_login(staff)

    before = soup(client.get(reverse(LIST)))
    HolderReportFactory(facility=facility, year=2021, revenue=7_000_000)
    after = soup(client.get(reverse(LIST)))

    assert [(row[0], row[1], row[3]) for row in rows(before, "#holders tbody tr")] == [(facility.name, "2", "5")]
    assert [(row[0], row[1], row[3]) for row in rows(after, "#holders tbody tr")] == [(facility.name, "2", "7")]
    assert "Doanh thu (triệu đồng) 7" in [one.get_text(" ", strip=True) for one in after.select(".totals > div")]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        HolderReportFactory(facility=certified(FacilityFactory(province=staff.province)).entry.product.facility)
    client.force_login(staff)

    with django_assert_num_queries(11):
        client.get(reverse(LIST))


def test_a_report_is_written_down_and_the_way_back_keeps_the_filter(client, staff, facility):
    client.force_login(staff)
    url = f"{reverse(NEW)}?facility={facility.pk}&year=2021&back=state%3Dmissing"
    typed = opened(client, url)
    assert (typed["facility"], typed["year"], typed["received_on"]) == (str(facility.pk), "2021", "04/05/2022")

    answer = client.post(url, typed | {"revenue": "1,5 tỷ", "export_value": "300 triệu"})

    report = HolderReport.objects.get()
    assert (report.facility, report.year, int(report.revenue), report.recorded_by) == (
        facility,
        2021,
        1_500_000_000,
        staff,
    )
    assert answer.url == f"{reverse(LIST)}?state=missing"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"year": "2019"}, "year", "không có giấy chứng nhận còn giá trị trong năm 2019"),
        ({"revenue": "1 tỷ", "export_value": "2 tỷ"}, "export_value", "không được lớn hơn doanh thu"),
        ({"received_on": "01/01/2100"}, "received_on", "không được ở tương lai"),
        ({"revenue": "-5"}, "revenue", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_box(client, staff, facility, typed, field, sentence):
    client.force_login(staff)
    filled = opened(client, reverse(NEW)) | {"facility": facility.pk, "year": "2021"} | typed

    page = soup(client.post(reverse(NEW), filled))

    assert sentence in page.select_one(f"#id_{field}_error").get_text()
    assert not HolderReport.objects.exists()


def test_a_second_report_of_a_year_is_refused(client, staff, facility):
    HolderReportFactory(facility=facility, year=2021)
    client.force_login(staff)
    filled = opened(client, reverse(NEW)) | {"facility": facility.pk, "year": "2021"}

    page = soup(client.post(reverse(NEW), filled))

    assert any("Cơ sở này đã có báo cáo của năm đó." in one for one in sentences(page))


def test_a_report_is_corrected_with_its_history_and_deleted(client, staff, facility):
    report = HolderReportFactory(facility=facility, year=2021, revenue=5)
    client.force_login(staff)
    url = reverse("fairs:holder-report-edit", args=[report.pk])

    client.post(url, opened(client, url) | {"revenue": "7", "year": "2020"})

    report.refresh_from_db()
    assert (int(report.revenue), report.year) == (7, 2021)
    history = soup(client.get(reverse("fairs:holder-report-history", args=[report.pk])))
    assert rows(history.select_one("article"), "tbody tr") == [["doanh thu sản phẩm", "5", "7"]]
    client.post(reverse("fairs:holder-report-delete", args=[report.pk]))
    assert not HolderReport.objects.exists()
