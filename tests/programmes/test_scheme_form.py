"""The scheme form: what is typed is saved whole, or refused beside its field and still there."""

import pytest
from django.urls import reverse

from programmes.models import Scheme
from tests.factories import (
    FacilityFactory,
    IndicatorFactory,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
)
from tests.pages import form_data, sentences, soup
from tests.programmes.scheme_typing import NEW, fill, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(client, staff):
    """A signed-in staff client and a full form for a scheme of 2020."""
    return fill(client, staff)


def test_a_scheme_with_three_sources_is_saved_whole(client, staff, filled):
    facility, indicator = FacilityFactory(province=staff.province), IndicatorFactory()
    filled |= rows_of("beneficiaries", {"facility": facility.pk, "proposed_amount": "250 triệu"})
    filled |= rows_of("results", {"indicator": indicator.pk, "planned": "2,5"})

    client.post(reverse(NEW), filled)

    scheme = Scheme.objects.get()
    assert (scheme.code, scheme.status, scheme.created_by) == ("KC-40-2020-001", "draft", staff)
    assert {line.source_id: int(line.proposed_amount) for line in scheme.funding_lines.all()} == {
        "national": 1_500_000_000,
        "province": 300_000_000,
        "counterpart": 2_250_000_000,
    }
    assert [(b.facility, b.proposed_amount) for b in scheme.beneficiaries.all()] == [(facility, 250_000_000)]
    assert [str(result.planned) for result in scheme.results.all()] == ["2.50"]


def anew(client, data):
    """The same text in a form that was opened anew."""
    return data | {"entry": form_data(soup(client.get(reverse(NEW))))["entry"]}


def test_codes_count_on(client, filled):
    client.post(reverse(NEW), filled)
    client.post(reverse(NEW), anew(client, filled))

    assert sorted(Scheme.objects.values_list("code", flat=True)) == ["KC-40-2020-001", "KC-40-2020-002"]


def test_saved_and_sent_in_one_go(client, filled):
    client.post(reverse(NEW), filled | {"submit": "1"})

    assert Scheme.objects.get().status == "submitted"


def test_what_cannot_be_sent_is_saved_and_the_reason_said(client, filled):
    for source in ("national", "province", "counterpart"):
        filled[f"funding-{source}-proposed_amount"] = ""

    page = soup(client.post(reverse(NEW), filled | {"submit": "1"}, follow=True))

    assert Scheme.objects.get().status == "draft"
    assert "Chưa gửi được: Chưa có kinh phí đề nghị" in page.get_text()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Nhập tên đề án."),
        ("year", "1999", "Năm kế hoạch phải từ 2005 đến 2100."),
        ("start_on", "31/02/2020", "Không có ngày này. Nhập theo dạng ngày/tháng/năm, ví dụ 28/02/2021."),
        ("funding-province-proposed_amount", "=1+1", None),
        ("funding-province-proposed_amount", "1.5", "15"),
        ("funding-province-proposed_amount", "-5", "âm"),
        ("funding-province-proposed_amount", "9999999999999999999", None),
    ],
)
def test_a_refusal_stands_beside_its_field_and_the_text_stays(client, filled, field, typed, sentence):
    page = soup(client.post(reverse(NEW), filled | {field: typed}))

    control = page.select_one(f"[name='{field}']")
    errors = control.find_parent(["td", "div"]).select(".errors li, .errors p")
    assert Scheme.objects.count() == 0
    assert control.get("value", "") == typed
    assert len(errors) >= 1
    assert sentence is None or any(sentence in error.get_text() for error in errors)
    assert page.select_one("[name='funding-national-proposed_amount']")["value"] == "1,5 tỷ"


def test_end_before_start_is_said_at_the_end(client, filled):
    page = soup(client.post(reverse(NEW), filled | {"start_on": "02/03/2020", "end_on": "01/03/2020"}))

    end = page.select_one("[name=end_on]").find_parent("div")
    assert [li.get_text() for li in end.select(".errors li, .errors p")] == [
        "Ngày kết thúc không được trước ngày bắt đầu."
    ]


def test_district_money_of_a_later_year_is_refused_at_its_row(client, filled):
    data = filled | {"year": "2026", "funding-district-proposed_amount": "5 triệu"}

    page = soup(client.post(reverse(NEW), data))

    cell = page.select_one("[name='funding-district-proposed_amount']").find_parent("td")
    assert "Ngân sách huyện đã đóng từ sau ngày 30/06/2025" in cell.get_text()
    assert Scheme.objects.count() == 0


def test_beneficiaries_above_the_support_are_refused_and_stay(client, staff, filled):
    facility = FacilityFactory(province=staff.province)
    filled |= rows_of("beneficiaries", {"facility": facility.pk, "proposed_amount": "2 tỷ"})

    page = soup(client.post(reverse(NEW), filled))

    assert Scheme.objects.count() == 0
    assert any("2.000.000.000 đồng, vượt kinh phí hỗ trợ đề nghị là 1.800.000.000 đồng" in s for s in sentences(page))
    assert page.select_one("[name=beneficiaries-0-proposed_amount]")["value"] == "2 tỷ"
    assert page.select_one(f"[name=beneficiaries-0-facility] option[value='{facility.pk}']").has_attr("selected")


def test_the_same_facility_twice_is_refused(client, staff, filled):
    facility = FacilityFactory(province=staff.province)
    row = {"facility": facility.pk, "proposed_amount": "1 triệu"}

    page = soup(client.post(reverse(NEW), filled | rows_of("beneficiaries", row, row)))

    assert Scheme.objects.count() == 0
    assert any("Mỗi cơ sở, mỗi chỉ tiêu chỉ ghi một dòng." in said for said in sentences(page))
    assert any(said.startswith("Đơn vị thụ hưởng") for said in sentences(page))


def test_another_provinces_facility_unit_and_province_cannot_be_chosen(client, filled):
    other = ProvinceFactory(code="42", name="Hà Tĩnh")
    theirs = FacilityFactory(province=other)
    row = {"facility": theirs.pk, "proposed_amount": "1"}

    page = soup(client.post(reverse(NEW), filled | rows_of("beneficiaries", row) | {"province": other.pk}))

    assert Scheme.objects.count() == 0
    assert "Hà Tĩnh" not in page.get_text()
    assert theirs.name not in page.get_text()


# Two people at once ----------------------------------------------------------------------------------------------------


@pytest.fixture
def shared(client, staff, filled):
    """A saved scheme, its edit page as two people opened it, and the address."""
    facility = FacilityFactory(province=staff.province, name="Cơ sở chung")
    client.post(
        reverse(NEW), filled | rows_of("beneficiaries", {"facility": facility.pk, "proposed_amount": "100 triệu"})
    )
    scheme = Scheme.objects.get()
    url = reverse("programmes:scheme-edit", args=[scheme.pk])
    return scheme, url, form_data(soup(client.get(url)))


def test_the_second_sees_what_changed_and_loses_nothing(client, staff, shared):
    scheme, url, opened = shared
    colleague = UserFactory(province=staff.province)
    client.force_login(colleague)
    client.post(url, opened | {"funding-province-proposed_amount": "350.000.000", "location": "Thanh Mai"})
    client.force_login(staff)

    page = soup(client.post(url, opened | {"name": "Tên của tôi", "location": "Xã của tôi"}))
    scheme.refresh_from_db()

    assert scheme.name == "Hỗ trợ máy sấy nông sản"
    told = {row.select("td")[0].get_text(): row.get_text(" ", strip=True) for row in page.select(".note tbody tr")}
    assert "350.000.000" in told["Ngân sách tỉnh, đề nghị"]
    assert "đã lấy theo họ" in told["Ngân sách tỉnh, đề nghị"]
    assert "giữ số bạn gõ" in told["Địa điểm"]
    assert page.select_one("[name=name]")["value"] == "Tên của tôi"
    assert page.select_one("[name=location]")["value"] == "Xã của tôi"
    assert page.select_one("[name=funding-province-proposed_amount]")["value"] == "350.000.000"

    client.post(url, form_data(page))
    scheme.refresh_from_db()

    assert (scheme.name, scheme.location) == ("Tên của tôi", "Xã của tôi")
    assert scheme.funding_lines.get(source="province").proposed_amount == 350_000_000


def test_rows_that_the_other_changed_or_added_are_taken_over(client, staff, shared):
    scheme, url, opened = shared
    added = FacilityFactory(province=staff.province, name="Cơ sở họ thêm")
    theirs = opened | {
        "beneficiaries-0-proposed_amount": "120.000.000",
        "beneficiaries-TOTAL_FORMS": "2",
        "beneficiaries-1-facility": added.pk,
        "beneficiaries-1-proposed_amount": "50.000.000",
    }
    client.post(url, theirs)

    page = soup(client.post(url, opened | {"name": "Tên của tôi"}))
    client.post(url, form_data(page))

    scheme.refresh_from_db()
    assert scheme.name == "Tên của tôi"
    assert sorted(int(b.proposed_amount) for b in scheme.beneficiaries.all()) == [50_000_000, 120_000_000]


def test_a_row_that_the_other_removed_is_not_brought_back_unless_i_changed_it(client, shared):
    scheme, url, opened = shared
    client.post(url, opened | {"beneficiaries-0-DELETE": "on"})

    untouched = form_data(soup(client.post(url, opened)))
    changed = form_data(soup(client.post(url, opened | {"beneficiaries-0-proposed_amount": "90.000.000"})))

    assert untouched["beneficiaries-TOTAL_FORMS"] == "0"
    assert changed["beneficiaries-0-proposed_amount"] == "90.000.000"
    client.post(url, changed)
    assert scheme.beneficiaries.get().proposed_amount == 90_000_000


def test_a_tampered_base_only_means_that_nothing_is_merged(client, shared):
    scheme, url, opened = shared
    client.post(url, opened | {"location": "Thanh Mai"})

    page = soup(client.post(url, opened | {"base": "rubbish", "name": "Tên của tôi"}))

    scheme.refresh_from_db()
    assert scheme.name == "Hỗ trợ máy sấy nông sản"
    assert page.select_one("[name=name]")["value"] == "Tên của tôi"


def test_a_sent_scheme_is_not_edited(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 5}, state="submitted")
    client.force_login(staff)

    page = soup(client.get(reverse("programmes:scheme-edit", args=[scheme.pk]), follow=True))

    assert "nên không sửa được nội dung" in page.get_text()


def test_what_was_typed_before_an_error_survives_a_later_conflict(client, staff, shared):
    """The page's base is what is saved, never what a refused page had typed."""
    scheme, url, opened = shared
    refused = soup(client.post(url, opened | {"location": "Xã của tôi", "start_on": "31/02/2020"}))
    client.force_login(UserFactory(province=staff.province))
    client.post(url, opened | {"name": "Tên của họ"})
    client.force_login(staff)

    page = soup(client.post(url, form_data(refused) | {"start_on": "01/03/2020"}))

    assert page.select_one("[name=location]")["value"] == "Xã của tôi"
    assert page.select_one("[name=name]")["value"] == "Tên của họ"
    client.post(url, form_data(page))
    scheme.refresh_from_db()
    assert (scheme.name, scheme.location) == ("Tên của họ", "Xã của tôi")


def test_a_content_that_was_switched_off_stays_with_its_scheme(client, shared):
    scheme, url, _opened = shared
    type(scheme.content).objects.update(is_active=False)

    page = soup(client.get(url))

    assert form_data(page)["content"] == str(scheme.content_id)


def test_what_was_sent_once_is_never_deleted_and_no_code_comes_twice(client, staff, filled):
    client.post(reverse(NEW), filled | {"submit": "1"})
    first = Scheme.objects.get()
    client.post(reverse("programmes:scheme-withdraw", args=[first.pk]))
    client.post(reverse("programmes:scheme-delete", args=[first.pk]))
    client.post(reverse(NEW), anew(client, filled))
    second = Scheme.objects.exclude(pk=first.pk).get()
    client.post(reverse("programmes:scheme-delete", args=[second.pk]))
    client.post(reverse(NEW), anew(client, filled))

    assert sorted(Scheme.objects.values_list("code", flat=True)) == ["KC-40-2020-001", "KC-40-2020-003"]
