"""The page of one facility: figures against rows, merged ones included, at a constant cost."""

import pytest
from django.urls import reverse

from facilities.models import FacilityYear
from programmes.models import SupportRule
from tests.facilities.builders import became, commune_of, district_of, merged
from tests.factories import ContentFactory, FacilityFactory, SchemeFactory
from tests.pages import rows, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(client, staff):
    client.force_login(staff)
    return client


def approved(facility, amount, *, year=2020, **money):
    """An approved scheme that gives `amount` đồng to `facility`."""
    return SchemeFactory(
        province=facility.province, year=year, money=money, benefits={facility: amount}, state="approved"
    )


def test_schemes_are_listed_with_their_totals(reading, staff):
    facility = FacilityFactory(province=staff.province)
    draft = SchemeFactory(name="Nháp", province=staff.province, money={"province": 100}, benefits={facility: 30})
    approved(facility, 70, province=100)

    page = soup(reading.get(facility.get_absolute_url()))

    assert next(row[1:] for row in rows(page, "#benefits tbody tr")) == ["2020", "Đã phê duyệt", "70", "70"]
    assert page.select_one(f'#benefits a[href="{draft.get_absolute_url()}"]').get_text() == "Nháp"
    assert rows(page, "#benefits tfoot tr") == [["Tổng", "", "", "100", "70"]]


def test_money_is_split_over_the_schemes_support_sources_to_the_dong(reading, staff):
    facility = FacilityFactory(province=staff.province)
    approved(facility, 100, national=200, province=100, counterpart=900)
    approved(facility, 50, year=2019, province=50)

    page = soup(reading.get(facility.get_absolute_url()))

    assert rows(page, "#money thead tr") == [["Năm", "Quốc gia", "Tỉnh", "Tổng"]]
    assert rows(page, "#money tbody tr") == [["2020", "67", "33", "100"], ["2019", "", "50", "50"]]
    assert rows(page, "#money tfoot tr") == [["Tổng", "67", "83", "150"]]


def test_what_a_merged_duplicate_received_counts_for_the_kept_one(reading, staff):
    kept = FacilityFactory(name="Giữ lại", province=staff.province)
    gone = FacilityFactory(name="Tên cũ", province=staff.province)
    approved(kept, 70, province=100)
    approved(gone, 30, province=100)
    merged(gone, kept, by=staff)

    page = soup(reading.get(kept.get_absolute_url()))

    assert rows(page, "#money tfoot tr") == [["Tổng", "100", "100"]]
    assert "ghi cho “Tên cũ”" in page.select_one("#benefits").get_text()
    assert "Tên cũ" in page.select_one("main").get_text().split("Đề án đã hỗ trợ")[0]
    old = soup(reading.get(gone.get_absolute_url()))
    assert old.select(f'main a[href="{kept.get_absolute_url()}"]')
    assert not old.select("#ceilings")


def test_what_is_left_under_a_ceiling_is_shown(reading, staff):
    facility = FacilityFactory(workers=80, province=staff.province)
    SupportRule.objects.create(
        content=ContentFactory(),
        level="local",
        document="NQ 01/2019/NQ-HĐND",
        clause="Điều 3",
        rate=50,
        ceiling=300_000_000,
        priority_factor="1.5",
        valid_from="2019-01-01",
    )
    approved(facility, 180_000_000, province=200_000_000)

    page = soup(reading.get(facility.get_absolute_url()))

    [row] = rows(page, "#left tbody tr")
    assert "NQ 01/2019/NQ-HĐND, Điều 3" in row[0]
    assert "cần kiểm tra" in row[0]
    assert row[1:] == ["50 %", "300.000.000", "180.000.000", "120.000.000 ưu tiên: 270.000.000"]


def test_years_are_shown_as_a_table_and_a_chart(reading, staff):
    facility = FacilityFactory(province=staff.province)
    for year, revenue in ((2023, 10**9), (2024, 25 * 10**8)):
        FacilityYear.objects.create(facility=facility, year=year, revenue=revenue, workers=12)

    page = soup(reading.get(facility.get_absolute_url()))

    assert rows(page, "#years tbody tr") == [
        ["2024", "2.500.000.000", "", "", "12"],
        ["2023", "1.000.000.000", "", "", "12"],
    ]
    assert '"values": ["1.000000000", "2.500000000"]' in page.select_one("script#year-chart").string


def test_marks_and_eligibility_are_shown_with_how_they_are_known(reading, staff):
    facility = FacilityFactory(workers=64, province=staff.province)

    page = soup(reading.get(facility.get_absolute_url()))

    assert "Sử dụng nhiều lao động có 64 lao động, mốc 50." in rows_of_marks(page)
    assert "Sản phẩm CNNT tiêu biểu không Không có giấy chứng nhận còn giá trị." in rows_of_marks(page)
    assert "TT 36/2013/TT-BCT, Điều 7" in page.select_one("#priority").get_text()


def rows_of_marks(page):
    return [" ".join(one.get_text(" ", strip=True).split()) for one in page.select(".marks li")]


def test_a_divided_commune_is_shown_as_waiting(reading, staff):
    before = commune_of(staff.province, "Diễn Kỷ", parent=district_of(staff.province, "Diễn Châu"))
    became(before, commune_of(staff.province, "Đức Châu"), commune_of(staff.province, "Quảng Châu"))
    facility = FacilityFactory(commune=before, province=staff.province)

    page = soup(reading.get(facility.get_absolute_url()))

    assert "Xã Diễn Kỷ đã chia tách" in page.get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_scheme_and_three(reading, staff, count, django_assert_num_queries):
    facility = FacilityFactory(province=staff.province)
    for number in range(count):
        approved(facility, 50, year=2020 - number, province=100, national=100)
        FacilityYear.objects.create(facility=facility, year=2020 - number, revenue=10)
    for number in range(count):
        content = ContentFactory(code=f"KC03.0{number}", name="Nội dung")
        SupportRule.objects.create(content=content, document="TT", ceiling=100, valid_from="2018-01-01")
        merged(FacilityFactory(province=staff.province), facility, by=staff)

    with django_assert_num_queries(29):
        reading.get(facility.get_absolute_url())


def test_history_tells_of_years_too(reading, staff):
    facility = FacilityFactory(province=staff.province)
    FacilityYear.objects.create(facility=facility, year=2024, revenue=10**9)

    page = soup(reading.get(reverse("facilities:facility-history", args=[facility.pk])))

    assert ["doanh thu", "1.000.000.000"] in rows(page, "article tbody tr")
