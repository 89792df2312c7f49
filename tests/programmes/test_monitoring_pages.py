"""The staff's pages of what became of supported facilities."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from programmes.models import MonitoringRecord
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import form_data, rows, sentences, soup
from tests.programmes.monitoring_factories import MILLION, MonitoringFactory, supported

pytestmark = pytest.mark.django_db
LIST, EXPORT = reverse("programmes:monitoring-list"), reverse("reports:monitoring-export")
FORM = "form[method=post][data-kc-unsaved]"


def edit_url(scheme, year=2021):
    return f"{reverse('programmes:monitoring-edit', args=[scheme.pk])}?year={year}"


def filled(client, scheme, year=2021, **boxes):
    """What a browser sends after these boxes of the first beneficiary were filled in."""
    data = form_data(soup(client.get(edit_url(scheme, year))), FORM)
    prefix = f"b{scheme.beneficiaries.first().pk}"
    return data | {f"{prefix}-{name}": value for name, value in boxes.items()}


def post(client, scheme, data, year=2021):
    return soup(client.post(edit_url(scheme, year), data, follow=True))


def test_figures_are_typed_as_an_office_writes_them(client, staff):
    scheme = supported(province=staff.province).scheme
    client.force_login(staff)
    data = filled(client, scheme, revenue="1,5 tỷ", jobs="1.200", productivity="12,5", productivity_unit="tấn/tháng")
    data[f"b{scheme.beneficiaries.get().pk}-is_exporter"] = "false"

    page = post(client, scheme, data | {"common-figures_source": "Báo cáo của cơ sở"})

    assert "Đã lưu số liệu năm 2021 của 1 cơ sở." in page.select_one(".messages").get_text()
    saved = MonitoringRecord.objects.get()
    assert (saved.revenue, saved.jobs, saved.productivity) == (1_500 * MILLION, 1200, 12.5)
    assert (saved.figures_source, saved.recorded_by, saved.is_before) == ("Báo cáo của cơ sở", staff, False)
    assert saved.is_exporter is False
    again = form_data(soup(client.get(edit_url(scheme))), FORM)
    assert again[f"b{saved.benefit_id}-jobs"] == "1.200"
    assert again[f"b{saved.benefit_id}-revenue"] == "1.500.000.000"
    assert again[f"b{saved.benefit_id}-is_exporter"] == "false"


def test_a_year_up_to_the_schemes_is_before_support(client, staff):
    scheme = supported("approved", province=staff.province).scheme
    client.force_login(staff)

    post(client, scheme, filled(client, scheme, 2019, jobs="9", figures_source="Tờ khai"), 2019)

    assert MonitoringRecord.objects.values_list("year", "is_before").get() == (2019, True)
    page = soup(client.get(edit_url(scheme, 2020)))
    assert "Đã có số liệu trước hỗ trợ của năm 2019" in page.get_text()
    assert page.select_one(f"{FORM} button[type=submit]") is None


def test_nothing_is_lost_and_nothing_saved_when_one_row_is_wrong(client, staff):
    facilities = FacilityFactory.create_batch(2, province=staff.province)
    scheme = SchemeFactory(
        province=staff.province, money={"province": 9}, benefits=dict.fromkeys(facilities, 2), state="accepted"
    )
    first, second = scheme.beneficiaries.all()
    client.force_login(staff)
    data = filled(client, scheme, jobs="12", figures_source="Tờ khai")
    data |= {f"b{second.pk}-revenue": "5", f"b{second.pk}-export_value": "6", f"b{second.pk}-jobs": "mười"}

    page = post(client, scheme, data)

    assert not MonitoringRecord.objects.exists()
    said = " ".join(sentences(page))
    assert "Trị giá xuất khẩu không được lớn hơn doanh thu." in said or "Nhập số nguyên, ví dụ 1.200." in said
    assert "Ghi nguồn số liệu" in said
    kept = form_data(page, FORM)
    assert (kept[f"b{first.pk}-jobs"], kept[f"b{second.pk}-jobs"]) == ("12", "mười")


def test_two_people_do_not_overwrite_each_other(client, staff):
    record = MonitoringFactory(benefit=supported(province=staff.province), jobs=12)
    scheme = record.benefit.scheme
    client.force_login(staff)
    mine = filled(client, scheme, jobs="20")
    MonitoringRecord.objects.update(jobs=15)

    page = post(client, scheme, mine)

    assert "Người khác vừa lưu số liệu này" in " ".join(sentences(page))
    assert MonitoringRecord.objects.get().jobs == 15
    post(client, scheme, form_data(page, FORM))
    assert MonitoringRecord.objects.get().jobs == 20


def test_a_row_that_i_did_not_touch_is_not_saved_again(client, staff):
    record = MonitoringFactory(benefit=supported(province=staff.province), jobs=12)
    client.force_login(staff)
    mine = filled(client, record.benefit.scheme)
    MonitoringRecord.objects.update(jobs=15)

    page = post(client, record.benefit.scheme, mine)

    assert "Không có ô nào thay đổi" in page.select_one(".messages").get_text()
    assert MonitoringRecord.objects.get().jobs == 15


def test_an_emptied_row_goes_and_its_history_stays(client, staff):
    record = MonitoringFactory(benefit=supported(province=staff.province))
    client.force_login(staff)

    post(client, record.benefit.scheme, filled(client, record.benefit.scheme, jobs="", revenue=""))

    assert not MonitoringRecord.objects.exists()
    assert MonitoringRecord.pgh_event_model.objects.filter(pgh_label="delete").count() == 1


def test_a_draft_has_nothing_to_follow(client, staff):
    scheme = supported("draft", province=staff.province).scheme
    client.force_login(staff)

    page = soup(client.get(edit_url(scheme), follow=True))

    assert "số liệu trước hỗ trợ ghi được khi đề án đã phê duyệt" in page.select_one(".messages").get_text()
    assert page.select_one("#after-support") is None


def test_the_schemes_page_compares_before_and_after(client, staff):
    benefit = supported(province=staff.province)
    MonitoringFactory(benefit=benefit, year=2019, is_before=True, revenue=1_000 * MILLION, jobs=None)
    MonitoringFactory(benefit=benefit, revenue=1_300 * MILLION, jobs=12)
    client.force_login(staff)

    page = soup(client.get(benefit.scheme.get_absolute_url()))

    assert rows(page, "#after-support tbody tr") == [
        ["Doanh thu (triệu đồng)", "1.000", "1.300", "+30,0%"],
        ["Lao động (người)", "", "12", ""],
    ]
    assert page.select_one("canvas[data-kc-chart=after-support-chart]")["aria-label"].startswith("Doanh thu")


def test_the_facilitys_page_shows_what_it_told_also_under_its_former_name(client, staff):
    record = MonitoringFactory(benefit=supported(province=staff.province))
    other = MonitoringFactory(benefit=supported(province=ProvinceFactory(code="42", name="Hà Tĩnh")))
    client.force_login(staff)

    page = soup(client.get(record.benefit.facility.get_absolute_url()))

    assert rows(page, "#after-support tbody tr")[0] == ["Doanh thu (triệu đồng)", "1.200", ""]
    assert other.benefit.scheme.name not in page.get_text()


def test_the_list_says_who_told_nothing(client, staff):
    told = MonitoringFactory(benefit=supported(province=staff.province)).benefit
    silent = supported(province=staff.province)
    supported(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)

    page = soup(client.get(LIST, {"year": 2021}))

    assert [row[0] for row in rows(page, "#followed tbody tr")] == [silent.facility.name, told.facility.name]
    assert [row[2].split(" ")[0] for row in rows(page, "#followed tbody tr")] == ["Chưa", "Đã"]
    totals = [div.get_text(" ", strip=True) for div in page.select(".totals div")]
    assert totals[:3] == ["Lượt hỗ trợ phải theo dõi 2", "Đã có số liệu năm 2021 1", "Còn thiếu 1"]
    missing = soup(client.get(LIST, {"year": 2021, "state": "missing"}))
    assert [row[0] for row in rows(missing, "#followed tbody tr")] == [silent.facility.name]


def test_the_list_of_nothing_says_so(client, staff):
    client.force_login(staff)

    assert "Chưa có cơ sở nào phải theo dõi" in soup(client.get(LIST)).get_text()
    assert "Không có cơ sở nào khớp" in soup(client.get(LIST, {"year": 2021, "q": "gì đó"})).get_text()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("url", [LIST, EXPORT])
def test_list_and_export_cost_the_same_for_one_row_and_three(client, staff, count, url, django_assert_max_num_queries):
    for _ in range(count):
        MonitoringFactory(benefit=supported(province=staff.province))
    client.force_login(staff)

    with django_assert_max_num_queries(14):
        client.get(url, {"year": 2021})


def test_the_list_is_exported_with_its_types(client, staff):
    facility = FacilityFactory(name="Chè Thanh Chương", tax_code="0101248141", province=staff.province)
    benefit = supported(facility=facility, province=staff.province)
    MonitoringFactory(benefit=benefit, year=2019, is_before=True, jobs=10)
    MonitoringFactory(benefit=benefit, jobs=14)
    client.force_login(staff)

    response = client.get(EXPORT, {"year": 2021})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active

    [row] = [row for row in sheet.iter_rows() if row[0].value == "Chè Thanh Chương"]
    values = [cell.value for cell in row]
    assert {"0101248141", 10, 14, 1_200 * MILLION} <= set(values)
    assert row[values.index("0101248141")].data_type == "s"
    said = " ".join(str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value)
    assert "1 cơ sở: 10 → 14 (+40,0%)" in said


def test_leaders_read_and_do_not_write(client, leader):
    benefit = MonitoringFactory(benefit=supported(province=leader.province)).benefit
    client.force_login(leader)

    assert client.get(edit_url(benefit.scheme)).status_code == 403
    page = soup(client.get(benefit.scheme.get_absolute_url()))
    assert page.select_one("#after-support")
    assert page.select_one("#after-support a.btn") is None


def test_another_province_is_not_found(client):
    benefit = supported(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(UserFactory())

    assert client.get(edit_url(benefit.scheme)).status_code == 404
