"""The register as a workbook: what the list shows, with codes as text."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from reports import facility_exports
from tests.facilities.builders import commune_of, merged
from tests.factories import FacilityFactory, ProvinceFactory, TradeFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db
URL = "reports:facility-export"


def sheet_of(response):
    return openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active


def lines(sheet):
    """The values of each row that has some."""
    return [values for row in sheet.iter_rows(values_only=True) if any(values := [v for v in row if v is not None])]


def test_the_filtered_register_is_exported_with_its_types(client, staff):
    facility = FacilityFactory(
        name="Chè Thanh Chương",
        tax_code="0101248141",
        phone="0912000111",
        workers=64,
        capital=3_500_000_000,
        trade=TradeFactory(),
        commune=commune_of(staff.province, "Đức Châu"),
        province=staff.province,
    )
    FacilityFactory(name="Mộc Diễn Châu", province=staff.province)
    FacilityFactory(name="Chè Hà Tĩnh", province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    merged(FacilityFactory(name="Chè cũ", province=staff.province), facility, by=staff)
    client.force_login(staff)

    sheet = sheet_of(client.get(reverse(URL), {"q": "che"}))

    [row] = [row for row in sheet.iter_rows() if row[0].value == "Chè Thanh Chương"]
    found = {cell.value: cell for cell in row if cell.value is not None}
    assert {"0101248141", "0912000111", "xã Đức Châu", 64, 3_500_000_000} <= set(found)
    assert found["0101248141"].data_type == "s"
    text = str(lines(sheet))
    assert "Mộc Diễn Châu" not in text
    assert "Chè Hà Tĩnh" not in text
    assert "Chè cũ" not in text
    assert "1 cơ sở theo bộ lọc" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_export_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for number in range(count):
        commune = commune_of(staff.province, f"Xã {number}")
        FacilityFactory(province=staff.province, commune=commune, trade=TradeFactory())
    client.force_login(staff)

    with django_assert_num_queries(5):
        client.get(reverse(URL))


def test_too_long_a_list_comes_back_with_the_way_out(client, staff, monkeypatch):
    monkeypatch.setattr(facility_exports, "MOST_ROWS", 1)
    FacilityFactory.create_batch(2, province=staff.province)
    client.force_login(staff)

    page = soup(client.get(reverse(URL), {"q": "co so"}, follow=True))

    assert "hơn 2.000 cơ sở" in page.select_one(".messages").get_text()
    assert page.select_one(".filters [name=q]")["value"] == "co so"
