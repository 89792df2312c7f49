"""The form of a facility: what it accepts, warns of and refuses, and two people in it at once."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from facilities.models import Facility, FacilityYear, IndustrialCluster
from tests.facilities.builders import became, commune_of, district_of, merged
from tests.factories import FacilityFactory, ProvinceFactory, TradeFactory
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
NEW = "facilities:facility-create"
FORM = "form#facility"


@pytest.fixture
def typing(client, staff):
    """The browser of a chuyên viên."""
    client.force_login(staff)
    return client


def edit_url(facility):
    return reverse("facilities:facility-edit", args=[facility.pk])


def opened(client, url=None):
    """What the form holds when it is opened."""
    return form_data(soup(client.get(url or reverse(NEW))), FORM)


def year(number, **figures):
    """A row of the years as the browser sends it."""
    return {f"years-{number}-{name}": value for name, value in figures.items()}


def errors_of(page, name):
    return [
        p.get_text() for p in page.select_one(f"[name={name}]").find_parent("div", class_="field").select(".errors p")
    ]


def test_a_facility_is_added_to_the_persons_province_with_all_it_has(typing, staff):
    TradeFactory()
    data = opened(typing) | {
        "name": "Hợp tác xã Chè",
        "legal_form": "cooperative",
        "workers": "25",
        "capital": "1,5 tỷ",
        "local_material_share": "62,5",
        "registered_on": "03/05/2011",
        "vsic_code": "1076",
        "is_exporter": "on",
    }

    typing.post(reverse(NEW), data)

    facility = Facility.objects.get()
    assert (facility.name, facility.province, facility.workers) == ("Hợp tác xã Chè", staff.province, 25)
    assert (facility.capital, str(facility.local_material_share)) == (1_500_000_000, "62.50")
    assert (f"{facility.registered_on}", facility.vsic_code, facility.is_exporter) == ("2011-05-03", "1076", True)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("12345", "Mã số thuế gồm 10 số, 10 số và"),
        ("0101248142", "Số kiểm tra của mã số thuế không khớp"),
        ("0101248141", "Mã số thuế này đã có ở một cơ sở khác trong danh bạ."),
        ("101248141", "Có phải là 0101248141?"),
        ("100109106-001", "Có phải là 0100109106-001?"),
        ("01199012345", "Có phải là 001199012345?"),
        ("101248142", "Mã số thuế gồm 10 số, 10 số và"),
    ],
)
def test_a_wrong_tax_code_is_refused_beside_it_and_stays(typing, staff, code, sentence):
    FacilityFactory(tax_code="0101248141", province=staff.province)

    page = soup(typing.post(reverse(NEW), opened(typing) | {"name": "Cơ sở", "tax_code": code, "is_another": "on"}))

    assert page.select_one("[name=tax_code]")["value"] == code
    assert any(sentence in one for one in errors_of(page, "tax_code"))
    assert bool(page.select("[name=tax_code_checked]")) == ("Số kiểm tra" in sentence)
    assert Facility.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "checked", "kept"),
    [
        ("0101248142", "on", "0101248142"),
        ("001199012345", "", "001199012345"),
        ("0100109106-001", "", "0100109106-001"),
        ("0100109106 001", "", "0100109106-001"),
        ("0101.248.141", "", "0101248141"),
    ],
)
def test_a_checked_or_personal_tax_code_passes(typing, code, checked, kept):
    typing.post(reverse(NEW), opened(typing) | {"name": "Cơ sở", "tax_code": code, "tax_code_checked": checked})

    assert Facility.objects.get().tax_code == kept


def test_a_similar_facility_is_shown_once_and_passes_with_the_tick(typing, staff):
    known = FacilityFactory(name="Công ty TNHH An Bình", province=staff.province)
    data = opened(typing) | {"name": "CTY TNHH  AN BÌNH", "phone": "0912000111"}

    page = soup(typing.post(reverse(NEW), data))

    assert page.select_one(f'#facility a[href="{known.get_absolute_url()}"]').get_text() == known.name
    assert page.select_one("[name=phone]")["value"] == "0912000111"
    assert any("đánh dấu ô xác nhận" in one for one in errors_of(page, "is_another"))

    typing.post(reverse(NEW), data | {"is_another": "on", "tax_code": "0101248141"})
    assert Facility.objects.filter(tax_code="0101248141").exists()


def test_an_edit_that_keeps_the_name_is_not_asked_about_similar_ones(typing, staff):
    FacilityFactory(name="Công ty TNHH An Bình", tax_code="0101248141", province=staff.province)
    other = FacilityFactory(name="Cty TNHH An Bình", province=staff.province)

    typing.post(edit_url(other), opened(typing, edit_url(other)) | {"phone": "0912000111"})

    other.refresh_from_db()
    assert other.phone == "0912000111"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Nhập tên cơ sở."),
        ("vsic_code", "1", "Mã ngành kinh tế gồm 2 đến 5 chữ số, ví dụ 1629."),
        ("local_material_share", "120", "Phần nguyên liệu tại chỗ phải từ 0 đến 100 phần trăm."),
        ("capital", "ba tỷ", "“ba tỷ” không phải là số tiền."),
        ("registered_on", "31/02/2020", "Không có ngày này."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(typing, field, typed, sentence):
    page = soup(typing.post(reverse(NEW), opened(typing) | {"name": "Cơ sở", field: typed}))

    assert any(sentence in one for one in errors_of(page, field))
    assert not Facility.objects.exists()


def test_eligibility_needs_its_reason(typing):
    page = soup(typing.post(reverse(NEW), opened(typing) | {"name": "Cơ sở", "eligibility": "eligible"}))

    assert errors_of(page, "eligibility_reason") == ["Ghi lý do đủ hoặc không đủ điều kiện thụ hưởng."]


def test_a_former_commune_brings_its_district_and_the_commune_of_today(typing, staff):
    district, today = district_of(staff.province, "Diễn Châu"), commune_of(staff.province, "Đức Châu")
    before = commune_of(staff.province, "Diễn Kỷ", parent=district)
    became(before, today)

    typing.post(reverse(NEW), opened(typing) | {"name": "Cơ sở", "commune": before.pk})

    facility = Facility.objects.get()
    assert (facility.former_district, facility.commune_today) == (district, today)


def test_a_divided_commune_is_told_to_wait_in_the_queue(typing, staff):
    before = commune_of(staff.province, "Diễn Kỷ", parent=district_of(staff.province, "Diễn Châu"))
    became(before, commune_of(staff.province, "Đức Châu"), commune_of(staff.province, "Quảng Châu"))

    response = typing.post(reverse(NEW), opened(typing) | {"name": "Cơ sở", "commune": before.pk})

    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert any(one.startswith("Xã Diễn Kỷ đã chia tách") and "hàng chờ" in one for one in told)
    assert Facility.objects.get().commune_today is None
    assert "chọn xã hiện nay trong hàng chờ" in soup(typing.get(edit_url(Facility.objects.get()))).get_text()


def test_clusters_of_other_provinces_are_not_offered(typing, staff):
    IndustrialCluster.objects.create(name="CCN trong tỉnh", province=staff.province)
    IndustrialCluster.objects.create(name="CCN ngoài tỉnh", province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    page = soup(typing.get(reverse(NEW)))

    assert [one.get_text() for one in page.select("[name=cluster] option")] == ["Không chọn", "CCN trong tỉnh"]


def test_years_are_added_changed_and_dropped(typing, staff):
    facility = FacilityFactory(province=staff.province)
    for number in (2023, 2024):
        FacilityYear.objects.create(facility=facility, year=number, revenue=number * 10**6)
    data = opened(typing, edit_url(facility)) | year(0, revenue="1,5 tỷ") | year(1, DELETE="on")
    data |= year(2, year="2025", revenue="2 tỷ", export_revenue="500 triệu", workers="12")

    typing.post(edit_url(facility), data)

    kept = facility.years.values_list("year", "revenue", "export_revenue", "workers")
    assert list(kept) == [(2025, 2 * 10**9, 5 * 10**8, 12), (2024, 15 * 10**8, None, None)]


def test_saving_without_a_change_leaves_every_year(typing, staff):
    facility = FacilityFactory(province=staff.province)
    FacilityYear.objects.create(facility=facility, year=2024, revenue=10**9)

    typing.post(edit_url(facility), opened(typing, edit_url(facility)))

    assert list(facility.years.values_list("year", "revenue")) == [(2024, 10**9)]
    assert facility.years.get().events.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (year(0, year="", revenue="1 tỷ"), "Ghi năm của dòng này."),
        (year(0, year="1900"), "Năm phải từ 1990 đến 2100."),
        (
            year(0, year="2024", revenue="1 tỷ", export_revenue="2 tỷ"),
            "Doanh thu xuất khẩu không được lớn hơn doanh thu.",
        ),
        (
            year(0, year="2024", revenue="1 tỷ") | year(1, year="2024") | {"years-TOTAL_FORMS": "2"},
            "Năm này ghi hai dòng. Gộp lại thành một.",
        ),
    ],
)
def test_a_wrong_year_is_refused_in_its_row_and_nothing_is_saved(typing, typed, sentence):
    page = soup(typing.post(reverse(NEW), opened(typing) | {"name": "Cơ sở"} | typed))

    assert sentence in sentences(page)
    assert not Facility.objects.exists()


def test_two_people_at_once_lose_nothing(typing, staff):
    facility = FacilityFactory(name="Tên cũ", phone="0911", workers=10, province=staff.province)
    FacilityYear.objects.create(facility=facility, year=2024, revenue=10**9)
    mine = opened(typing, edit_url(facility)) | {"workers": "20", "note": "Tôi ghi"}
    theirs = opened(typing, edit_url(facility)) | {"workers": "30", "phone": "0922"} | year(0, revenue="2 tỷ")
    typing.post(edit_url(facility), theirs)

    page = soup(typing.post(edit_url(facility), mine))

    facility.refresh_from_db()
    assert (facility.workers, facility.note) == (30, "")
    assert rows(page, "[data-kc-answer] tbody tr") == [
        ["Số lao động", "10", "30", "20", "giữ theo bạn"],
        ["Điện thoại", "0911", "0922", "0911", "lấy theo họ"],
        [
            "Số liệu năm 2024",
            "1.000.000.000 | — | — | —",
            "2.000.000.000 | — | — | —",
            "1.000.000.000 | — | — | —",
            "lấy theo họ",
        ],
    ]

    typing.post(edit_url(facility), form_data(page, FORM))

    facility.refresh_from_db()
    assert (facility.workers, facility.phone, facility.note) == (20, "0922", "Tôi ghi")
    assert facility.years.get().revenue == 2 * 10**9


def test_a_third_save_meanwhile_is_shown_again(typing, staff):
    facility = FacilityFactory(phone="0911", province=staff.province)
    mine = opened(typing, edit_url(facility)) | {"phone": "0999"}
    Facility.objects.filter(pk=facility.pk).update(phone="0922")
    first = form_data(soup(typing.post(edit_url(facility), mine)), FORM)
    Facility.objects.filter(pk=facility.pk).update(phone="0933")

    page = soup(typing.post(edit_url(facility), first))

    assert rows(page, "[data-kc-answer] tbody tr") == [["Điện thoại", "0922", "0933", "0999", "giữ theo bạn"]]
    facility.refresh_from_db()
    assert facility.phone == "0933"


def test_a_year_that_both_added_is_shown_and_not_doubled(typing, staff):
    facility = FacilityFactory(province=staff.province)
    mine = opened(typing, edit_url(facility)) | year(0, year="2024", revenue="3 tỷ")
    FacilityYear.objects.create(facility=facility, year=2024, revenue=10**9)
    Facility.objects.filter(pk=facility.pk).update(note="của họ")

    page = soup(typing.post(edit_url(facility), mine))
    typing.post(edit_url(facility), form_data(page, FORM))

    assert ["giữ theo bạn" in row for row in rows(page, "[data-kc-answer] tbody tr")] == [False, True]
    assert list(facility.years.values_list("year", "revenue")) == [(2024, 3 * 10**9)]


def test_a_merged_facility_is_edited_at_the_kept_one(typing, staff):
    kept = FacilityFactory(name="Giữ lại", province=staff.province)
    gone = merged(FacilityFactory(province=staff.province), kept, by=staff)

    response = typing.get(edit_url(gone))

    assert response.url == kept.get_absolute_url()


def test_page_shows_the_hint_and_not_the_ticks_when_opened(typing, staff):
    facility = FacilityFactory(province=staff.province, trade=None)

    page = soup(typing.get(edit_url(facility)))

    assert "Chưa ghi ngành nghề." in page.select_one("#facility .note").get_text()
    assert not page.select("[name=is_another], [name=tax_code_checked]")
