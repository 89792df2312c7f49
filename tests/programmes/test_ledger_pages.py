"""The book on a scheme's page, its forms, the book of a province and the reconciliation page."""

import uuid
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from programmes import services
from programmes.adjustments import section as adjustments
from programmes.adjustments.services import adjust
from programmes.ledger import section as ledger
from programmes.models import LedgerEntry
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import form_data, rows, sentences, soup
from tests.programmes.ledger_factories import advance_rule, book, fresh, net, reviewer_of, running_scheme

pytestmark = pytest.mark.django_db
BOOK, RECONCILIATION = reverse("programmes:ledger-list"), reverse("programmes:reconciliation")
FORM = "form#entry"


def new_url(scheme):
    return reverse("programmes:ledger-entry-create", args=[scheme.pk])


def filled(client, scheme, **boxes):
    data = form_data(soup(client.get(new_url(scheme))), FORM)
    return data | {"kind": "advance", "amount": "40", "document_number": "PC 01", "entered_on": "10/03/2020"} | boxes


@pytest.fixture
def scheme(client, staff):
    client.force_login(staff)
    return running_scheme(created_by=staff)


def test_an_advance_is_booked_and_stands_on_the_page(client, scheme):
    facility = FacilityFactory()
    other = running_scheme(created_by=scheme.created_by, benefits={facility: 50})
    data = filled(client, other, amount="40", benefit=str(other.beneficiaries.get().pk), note="Đợt 1")

    page = soup(client.post(new_url(other), data, follow=True))

    entry = LedgerEntry.objects.get()
    assert (entry.amount, entry.kind, entry.source_id, entry.recorded_by) == (
        40,
        "advance",
        "province",
        scheme.created_by,
    )
    assert entry.benefit.facility == facility
    assert "Đã ghi tạm ứng 40 đồng." in page.select_one(".messages").get_text()
    shown = rows(page, "#ledger tbody tr")[0]
    assert shown[1:] == ["Tạm ứng", "40", "40"]
    assert "PC 01" in shown[0]


def test_the_form_sent_twice_books_once(client, scheme):
    data = filled(client, scheme)

    first, second = client.post(new_url(scheme), data), client.post(new_url(scheme), data)

    assert (first.status_code, second.status_code) == (302, 302)
    assert LedgerEntry.objects.count() == 1


def test_the_form_changed_and_sent_again_is_told(client, scheme):
    data = filled(client, scheme)
    client.post(new_url(scheme), data)

    page = soup(client.post(new_url(scheme), data | {"amount": "30"}))

    assert "Biểu này đã ghi chứng từ PC 01. Mở một biểu mới để ghi chứng từ khác." in sentences(page)
    assert LedgerEntry.objects.count() == 1


def test_what_the_book_refuses_stands_beside_its_field(client, scheme):
    advance_rule(70)
    data = filled(client, scheme, amount="71")

    page = soup(client.post(new_url(scheme), data))

    said = page.select_one("#id_amount_error").get_text(" ", strip=True)
    assert said == (
        "Ngân sách tỉnh: tạm ứng, thanh toán trước nghiệm thu 71 đồng, vượt 70% của 100 đồng được duyệt. "
        "Còn được chi tối đa 70 đồng."
    )
    assert page.select_one("#id_amount")["value"] == "71"
    assert page.select_one("#id_document_number")["value"] == "PC 01"
    early = soup(client.post(new_url(scheme), data | {"amount": "1", "entered_on": "01/03/2020"}))
    assert "trước ngày quyết định" in early.select_one("#id_entered_on_error").get_text()
    refund = soup(client.post(new_url(scheme), data | {"amount": "5", "kind": "refund"}))
    assert "nhiều hơn số đã chi" in refund.select_one("#id_amount_error").get_text()
    assert not LedgerEntry.objects.exists()


def test_the_page_says_what_may_be_paid_and_why(client, scheme):
    advance_rule(70, condition="Hợp đồng; kế hoạch thực hiện")
    book(scheme, "advance", 50)

    words = soup(client.get(scheme.get_absolute_url())).select_one("#ledger").get_text(" ", strip=True)

    assert "Tạm ứng tối đa 70%" in words
    assert "TTLT 26/2014/TTLT-BTC-BCT, Điều 8" in words
    assert "Hợp đồng; kế hoạch thực hiện" in words
    assert "Còn được chi 20 đồng" in words
    assert "tối đa 70% của 100 đồng = 70 đồng" in words


def test_what_has_to_be_given_back_is_said_and_prefilled(client, staff):
    client.force_login(staff)
    scheme = running_scheme(created_by=staff)
    book(scheme, "advance", 90)
    services.accept_scheme(scheme, by=staff, on=scheme.decision_on, amounts={"province": Decimal(60)})

    page = soup(client.get(scheme.get_absolute_url()))
    link = next(a for a in page.select("#ledger a") if "Ghi hoàn trả" in a.get_text())
    form = form_data(soup(client.get(link["href"])), FORM)

    assert "30 đồng = đã chi 90 − nghiệm thu 60." in page.select_one("#ledger").get_text(" ", strip=True)
    assert (form["kind"], form["source"], form["amount"]) == ("refund", "province", "30")


def test_an_entry_is_reversed_with_a_reason_and_struck_through(client, scheme):
    entry = book(scheme, "advance", 40)
    url = reverse("programmes:ledger-entry-reverse", args=[entry.pk])
    data = form_data(soup(client.get(url)), "form[data-kc-unsaved]")

    unexplained = soup(client.post(url, data))
    page = soup(client.post(url, data | {"note": "Ghi nhầm số tiền"}, follow=True))
    again = client.post(url, data | {"note": "Ghi nhầm số tiền"})
    another = soup(client.post(url, data | {"note": "Nhầm", "token": str(uuid.uuid4())}))

    assert sentences(unexplained)
    assert net(scheme) == 0
    assert LedgerEntry.objects.count() == 2
    assert page.select_one("#ledger s").get_text() == "PC 01"
    assert [shown[1:] for shown in rows(page, "#ledger tbody tr")] == [
        ["Tạm ứng", "40", "40"],
        ["Đảo tạm ứng", "-40", "0"],
    ]
    assert again.status_code == 302
    assert "Bút toán PC 01 đã được đảo." in sentences(another)


def test_nothing_is_booked_before_the_work_begins(client, staff):
    client.force_login(staff)
    scheme = running_scheme("approved", created_by=staff)

    page = soup(client.get(new_url(scheme), follow=True))

    assert "chưa ký hợp đồng" in page.select_one(".messages").get_text()
    assert page.select_one("#ledger") is None


def test_only_staff_write_the_book(client, scheme, auditor):
    entry = book(scheme, "advance", 40)
    client.force_login(auditor)

    assert client.get(new_url(scheme)).status_code == 403
    page = soup(client.get(scheme.get_absolute_url()))

    assert page.select("#ledger table")
    assert not page.select(f"#ledger a[href*='{entry.pk}/reverse'], #ledger a[href*='/new/']")


def test_the_book_of_a_province_is_filtered_and_added_up(client, scheme):
    big = running_scheme(money={"province": 100_000_000, "commune": 50_000_000}, created_by=scheme.created_by)
    book(big, "advance", 40_000_000, number="PC 01")
    book(big, "payment", 20_000_000, source="commune", number="PC 02")
    book(big, "refund", 10_000_000, number="PT 03")
    running_scheme(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    page = soup(client.get(BOOK))
    one = soup(client.get(BOOK, {"source": "commune"}))
    found = soup(client.get(BOOK, {"q": "PT 03", "since": "01/01/2020", "until": "31/12/2020", "year": "2020"}))

    assert [row[-1] for row in rows(page, "#entries tbody tr")] == ["-10.000.000", "20.000.000", "40.000.000"]
    totals = {dt.get_text(strip=True): dt.find_next("dd").get_text(strip=True) for dt in page.select(".totals dt")}
    assert totals["Đã chi ròng (triệu đồng)"] == "50"
    assert totals["Số bút toán"] == "3"
    assert len(rows(one, "#entries tbody tr")) == 1
    assert [row[-1] for row in rows(found, "#entries tbody tr")] == ["-10.000.000"]
    assert "Không có bút toán nào khớp" in soup(client.get(BOOK, {"q": "zzz"})).get_text()


def test_an_empty_book_says_where_to_begin(client, staff):
    client.force_login(staff)
    assert "Sổ chưa có bút toán nào" in soup(client.get(BOOK)).get_text()
    assert "Chưa có gì để đối chiếu" in soup(client.get(RECONCILIATION)).get_text()


def test_the_export_keeps_texts_as_texts(client, scheme):
    book(scheme, "advance", 40, number="=1+1", note="+SUM(A1)")

    response = client.get(reverse("reports:ledger-export"), {"year": "2020"})

    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    cells = {str(cell.value): cell.data_type for line in sheet for cell in line if cell.value is not None}
    assert cells["=1+1"] == "s"
    assert cells["+SUM(A1)"] == "s"
    assert cells["40"] == "n"


def test_the_reconciliation_adds_up_and_explains(client, staff):
    client.force_login(staff)
    paid = running_scheme(money={"province": 300_000_000, "commune": 100_000_000}, created_by=staff)
    book(paid, "advance", 200_000_000)
    SchemeFactory(created_by=staff, money={"province": 50_000_000})

    page = soup(client.get(RECONCILIATION))

    assert "năm 2020" in page.h1.get_text()
    waits = "chưa nghiệm thu, chưa chi"
    assert rows(page, "#sources tbody tr") == [
        ["Ngân sách tỉnh", "300", "200", "", "", "200", "", "", "-100", waits],
        ["Ngân sách xã", "100", "", "", "", "0", "", "", "-100", waits],
    ]
    assert rows(page, "#sources tfoot tr") == [["Tổng cộng", "400", "200", "", "", "200", "", "", "-200", waits]]
    assert [row[0] for row in rows(page, "#schemes tbody tr")][1:] == ["Ngân sách tỉnh", "Ngân sách xã", "Cộng"]
    assert fresh(paid).code in page.select_one("#schemes").get_text()


def test_two_reasons_of_one_total_are_not_netted(client, staff):
    client.force_login(staff)
    owing, due = running_scheme("in_progress", created_by=staff), running_scheme("in_progress", created_by=staff)
    book(owing, "advance", 90)
    for scheme in (owing, due):
        services.accept_scheme(scheme, by=staff, on=scheme.decision_on, amounts={"province": Decimal(60)})

    page = soup(client.get(RECONCILIATION))

    said = [" ".join(one.get_text(" ", strip=True).split()) for one in page.select("#sources tfoot .reason")]
    assert said == ["còn phải hoàn trả 0,00003", "còn được thanh toán 0,00006"]


def test_the_reconciliation_is_exported_whole(client, staff):
    client.force_login(staff)
    scheme = running_scheme(created_by=staff)
    book(scheme, "advance", 40)

    response = client.get(reverse("reports:reconciliation-export"))

    workbook = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    values = [cell.value for line in workbook["Theo đề án"] for cell in line if cell.value is not None]
    assert scheme.code in values
    assert "chưa nghiệm thu, chưa chi 60 đồng" in values
    assert values.count(-60) == 2


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("url", "queries"), [(BOOK, 11), (RECONCILIATION, 11)])
def test_pages_cost_the_same_for_one_row_and_three(client, staff, url, queries, count, django_assert_num_queries):
    for _ in range(count):
        scheme = running_scheme(
            money={"province": 100, "commune": 50}, created_by=staff, benefits={FacilityFactory(): 40}
        )
        entry = book(scheme, "advance", 40, benefit=scheme.beneficiaries.get())
        book(scheme, "payment", 5, source="commune")
        assert entry.pk
    client.force_login(staff)
    client.get(url)

    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_blocks_of_a_scheme_cost_the_same_for_one_entry_and_three(staff, count, django_assert_num_queries):
    scheme = running_scheme(created_by=staff)
    for number in range(count):
        book(scheme, "advance", 10, number=str(number))
        adjust(
            scheme,
            by=reviewer_of(scheme),
            kind="decrease",
            authority="chair",
            number=str(number),
            decided_on=scheme.decision_on,
            reason="Bớt",
            amounts={"province": Decimal(90 - number)},
        )

    with django_assert_num_queries(4):
        assert len(ledger.section(scheme, staff).context["sources"][0][1]) == count
    with django_assert_num_queries(6):
        assert len(adjustments.section(scheme, staff).context["decisions"]) == count


def test_the_book_pages_on_by_days(client, scheme, monkeypatch):
    for day in range(3, 6):
        book(scheme, "advance", 10, number=f"PC {day}", entered_on=scheme.decision_on.replace(day=day))
    monkeypatch.setattr("khuyencong.paging.paginate.__defaults__", (2,))

    first = soup(client.get(BOOK))
    second = soup(client.get(BOOK + first.select_one("a[rel=next]")["href"]))

    assert [row[0].split(" ")[1] for row in rows(first, "#entries tbody tr")] == ["5", "4"]
    assert [row[0].split(" ")[1] for row in rows(second, "#entries tbody tr")] == ["3"]


def test_another_provinces_people_do_not_see_it(client, scheme):
    entry = book(scheme, "advance", 40)
    client.force_login(UserFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh")))

    assert client.get(reverse("programmes:ledger-entry-reverse", args=[entry.pk])).status_code == 404
    assert client.get(new_url(scheme)).status_code == 404
    assert "PC 01" not in soup(client.get(BOOK)).get_text()
