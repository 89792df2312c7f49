"""The page of a year's budget, the form of a decision, its confirmation in the admin and its workbook."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.budgets.left import left_rows
from programmes.models import Allocation, YearBudget
from tests.factories import (
    PlanFundingFactory,
    ProvinceFactory,
    SchemeFactory,
    SourceFactory,
    UserFactory,
    all_sources,
    pay,
)
from tests.pages import form_data, rows, sentences, soup
from tests.programmes.budget_factories import AllocationFactory, BudgetFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "programmes:budget-list", "programmes:allocation-create"
MILLION = 1_000_000


def page_of(client, user, **query):
    client.force_login(user)
    return soup(client.get(reverse(LIST), {"year": 2020} | query))


def test_the_page_adds_up_what_is_given_committed_settled_and_left(client, staff):
    BudgetFactory(province=staff.province, given=500 * MILLION)
    AllocationFactory(budget=BudgetFactory(province=staff.province), kind="supplement", amount=Decimal(9 * MILLION))
    SchemeFactory(
        province=staff.province, money={"province": 200 * MILLION, "national": 70 * MILLION}, state="approved"
    )
    pay(SchemeFactory(province=staff.province, money={"province": 50 * MILLION}, state="settled"), 50 * MILLION)
    SchemeFactory(province=staff.province, money={"province": 90 * MILLION}, state="submitted")

    page = page_of(client, staff)

    assert [row[:7] for row in rows(page, "#sources tbody tr, #sources tfoot tr")] == [
        ["Khuyến công quốc gia", "chưa ghi dự toán", "70", "70", "0", "0", "không giới hạn"],
        ["Ngân sách tỉnh", "500 1 quyết định chờ xác nhận", "250", "250", "50", "50", "250"],
        ["Tổng cộng", "500 1 quyết định chờ xác nhận", "320", "320 70 ngoài dự toán", "50", "50", "250"],
    ]
    assert rows(page, "#sources tbody tr")[1][7] == "50,00%"


def test_money_without_a_scheme_is_in_it_once_confirmed(client, staff, reviewer):
    given = {"province": staff.province, "created_by": staff, "settled_amount": Decimal(30 * MILLION)}
    amounts = {"proposed_amount": Decimal(40 * MILLION), "approved_amount": Decimal(40 * MILLION)}
    plan = PlanFundingFactory(**given, **amounts)
    assert rows(page_of(client, staff), "#sources tbody tr") == []

    plan.confirmed_by, plan.confirmed_at = reviewer, plan.created_at
    plan.save()

    [row] = rows(page_of(client, staff), "#sources tbody tr")
    assert row[2:6] == ["40", "40", "30", "30"]


def test_decisions_stand_underneath_with_their_state(client, staff):
    AllocationFactory(
        budget__province=staff.province, decision_number="7/QĐ-UBND", amount=Decimal(1_500), confirmed=True
    )
    AllocationFactory(budget__province=staff.province, decision_number="8/QĐ-UBND", kind="cut", amount=Decimal(-500))

    found = rows(page_of(client, staff), "#decisions tbody tr")

    assert [(row[0].split()[0], row[2], row[3].split(",")[0][:12], row[4]) for row in found] == [
        ("8/QĐ-UBND", "Cắt giảm, điều chỉnh giảm", "Chờ xác nhận", "-500"),
        ("7/QĐ-UBND", "Giao đầu năm", "Đã xác nhận ", "1.500"),
    ]


def test_a_year_without_a_budget_says_what_that_means(client, staff, leader):
    assert "chưa bị giới hạn" in page_of(client, staff, year=2021).select_one(".empty").get_text()
    assert page_of(client, staff, year=2021).select_one(".empty a")
    assert not page_of(client, leader, year=2021).select_one(".empty a")


def test_several_provinces_have_a_line_each(client):
    for code, name in (("40", "Nghệ An"), ("42", "Hà Tĩnh")):
        BudgetFactory(province=ProvinceFactory(code=code, name=name), given=10 * MILLION)
    user = UserFactory(role="leader", province=None)

    page = page_of(client, user)

    assert [row[:2] for row in rows(page, "#provinces tbody tr")] == [["Hà Tĩnh", "10"], ["Nghệ An", "10"]]
    assert rows(page, "#sources tfoot tr")[0][1] == "20"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(client, staff, count):
    all_sources()
    for code in ("province", "national", "commune")[:count]:
        AllocationFactory(budget__province=staff.province, budget__source=SourceFactory(code=code), confirmed=True)
        SchemeFactory(province=staff.province, money={code: 100}, state="approved")
    client.force_login(staff)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(LIST), {"year": 2020})

    assert len(asked) == PINNED


PINNED = 18


def typed(staff, **values):
    """What a person fills in."""
    return {
        "year": "2020",
        "province": staff.province_id,
        "source": SourceFactory().pk,
        "kind": "initial",
        "amount": "1,5 tỷ",
        "decision_number": "12/QĐ-UBND",
        "decision_on": "02/03/2020",
        "authority": "Ủy ban nhân dân tỉnh",
        "note": "",
    } | values


def test_staff_write_a_decision_down_and_its_budget_comes_with_it(client, staff):
    client.force_login(staff)

    response = client.post(reverse(NEW), typed(staff))

    allocation = Allocation.objects.get()
    assert response.url == f"{reverse(LIST)}?year=2020"
    assert (allocation.amount, allocation.budget.source_id, allocation.confirmed_at) == (
        1_500_000_000,
        "province",
        None,
    )
    assert allocation.created_by == staff


def test_what_is_cut_is_typed_without_a_sign(client, staff):
    client.force_login(staff)
    client.post(reverse(NEW), typed(staff, kind="cut", amount="300 triệu"))

    allocation = Allocation.objects.get()
    edit = reverse("programmes:allocation-edit", args=[allocation.pk])
    data = form_data(soup(client.get(edit)), "form#allocation")

    assert allocation.amount == -300_000_000
    assert data["amount"] == "300.000.000"


def test_a_decision_moved_to_another_source_leaves_no_empty_budget(client, staff):
    client.force_login(staff)
    client.post(reverse(NEW), typed(staff))
    allocation = Allocation.objects.get()

    data = typed(staff, source=SourceFactory(code="national").pk, version="1")
    client.post(reverse("programmes:allocation-edit", args=[allocation.pk]), data)

    assert [budget.source_id for budget in YearBudget.objects.all()] == ["national"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"decision_on": "01/01/2099"}, "Ngày quyết định không được ở tương lai."),
        ({"amount": "0"}, "Số tiền phải lớn hơn 0: giao, bổ sung, nhận chuyển là cộng; cắt giảm, chuyển đi là trừ."),
        ({"year": "2007"}, "Nghệ An không phải là đơn vị hành chính trong năm 2007."),
        ({"decision_number": ""}, "Nhập"),
    ],
)
def test_the_form_says_what_is_wrong(client, staff, values, sentence):
    client.force_login(staff)

    page = soup(client.post(reverse(NEW), typed(staff) | values))

    assert any(sentence in said for said in sentences(page))
    assert not Allocation.objects.exists()


def test_one_decision_is_not_written_down_twice(client, staff):
    client.force_login(staff)
    client.post(reverse(NEW), typed(staff))

    page = soup(client.post(reverse(NEW), typed(staff)))

    assert "Quyết định này đã được ghi cho nguồn này." in " ".join(sentences(page))
    assert Allocation.objects.count() == 1


def test_a_stale_form_is_refused_and_keeps_what_was_typed(client, staff):
    client.force_login(staff)
    client.post(reverse(NEW), typed(staff))
    allocation = Allocation.objects.get()
    allocation.save()

    edit = reverse("programmes:allocation-edit", args=[allocation.pk])
    page = soup(client.post(edit, typed(staff, amount="9", version="1")))

    assert "Người khác vừa sửa quyết định này." in " ".join(sentences(page))
    assert form_data(page, "form#allocation")["amount"] == "9"
    assert form_data(page, "form#allocation")["version"] == "2"


def test_a_confirmed_decision_is_neither_edited_nor_deleted(client, staff):
    allocation = AllocationFactory(budget__province=staff.province, confirmed=True)
    client.force_login(staff)

    assert client.get(reverse("programmes:allocation-edit", args=[allocation.pk])).status_code == 404
    assert client.post(reverse("programmes:allocation-delete", args=[allocation.pk])).status_code == 404


def test_a_decision_written_by_mistake_goes_and_its_history_stays(client, staff):
    allocation = AllocationFactory(budget__province=staff.province)
    client.force_login(staff)

    client.post(reverse("programmes:allocation-delete", args=[allocation.pk]))

    assert not Allocation.objects.exists()
    assert not YearBudget.objects.exists()
    assert Allocation.pgh_event_model.objects.filter(pgh_obj_id=allocation.pk, pgh_label="delete").exists()


# The reviewer


def confirm(client, reviewer, allocation, version=1):
    client.force_login(reviewer)
    url = reverse("admin:programmes_allocation_change", args=[allocation.pk])
    return soup(client.post(url, {"version": version}, follow=True))


def test_a_reviewer_confirms_in_the_admin(client, reviewer):
    allocation = AllocationFactory(budget__province=reviewer.province)

    confirm(client, reviewer, allocation)

    allocation.refresh_from_db()
    assert allocation.confirmed_by == reviewer


def test_what_changed_meanwhile_is_not_confirmed(client, reviewer):
    allocation = AllocationFactory(budget__province=reviewer.province)
    allocation.save()

    page = confirm(client, reviewer, allocation, version=1)

    assert "vừa được sửa" in page.get_text()
    assert not Allocation.objects.confirmed().exists()


def test_a_part_that_does_not_cover_names_the_way_out(client, reviewer):
    SchemeFactory(province=reviewer.province, money={"province": 100}, state="approved")
    first = AllocationFactory(budget__province=reviewer.province, amount=Decimal(60))
    AllocationFactory(budget=first.budget, kind="supplement", amount=Decimal(50))

    page = confirm(client, reviewer, first)

    assert "vượt 40 đồng" in page.get_text()
    assert "Còn 1 quyết định khác của nguồn này chờ xác nhận" in page.get_text()


def test_selected_decisions_of_one_budget_go_together_and_others_by_themselves(client, reviewer):
    SchemeFactory(province=reviewer.province, money={"province": 100, "national": 100}, state="approved")
    first = AllocationFactory(budget__province=reviewer.province, amount=Decimal(60))
    second = AllocationFactory(budget=first.budget, kind="supplement", amount=Decimal(50))
    short = AllocationFactory(
        budget__province=reviewer.province, budget__source=SourceFactory(code="national"), amount=Decimal(70)
    )
    client.force_login(reviewer)
    chosen = [first, second, short]
    data = {"action": "confirm_selected", "_selected_action": [one.pk for one in chosen]}
    data |= {"confirmed": "1", "row": [f"{one.pk}:1" for one in chosen]}

    page = soup(client.post(reverse("admin:programmes_allocation_changelist"), data))

    assert set(Allocation.objects.confirmed()) == {first, second}
    outcomes = [item["data-tone"] for item in page.select(".outcomes li")]
    assert outcomes == ["good", "good", "bad"]


def test_the_first_page_of_the_admin_says_what_waits(client, reviewer):
    AllocationFactory(budget__province=reviewer.province)
    client.force_login(reviewer)

    assert "Quyết định dự toán chờ xác nhận" in client.get(reverse("admin:index")).content.decode()


def test_years_in_the_admin_have_no_thousands_dot(client, auditor):
    budget = BudgetFactory(province=auditor.province, given=5)
    client.force_login(auditor)

    for name, row in (("yearbudget", budget), ("allocation", budget.allocations.get())):
        page = client.get(reverse(f"admin:programmes_{name}_change", args=[row.pk])).content.decode()
        assert "2020" in page
        assert "2.020" not in page


def test_the_reviewer_sees_what_is_left_before_deciding():
    BudgetFactory(given=500)
    scheme = SchemeFactory(money={"province": 600, "national": 5}, state="submitted")
    left = left_rows(scheme, scheme.funding_lines.all())

    page = BeautifulSoup(render_to_string("programmes/budgets/_left.html", {"left": left}), "html.parser")

    assert rows(page, "#left tbody tr") == [
        ["Khuyến công quốc gia", "5", "chưa ghi dự toán", ""],
        ["Ngân sách tỉnh", "600", "500", "-100 vượt dự toán"],
    ]


def test_the_workbook_says_what_the_page_says(client, staff):
    BudgetFactory(province=staff.province, given=500)
    SchemeFactory(province=staff.province, money={"province": 200}, state="approved")
    client.force_login(staff)

    response = client.get(reverse("reports:budget-export"), {"year": 2020})

    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    cells = [[cell.value for cell in row] for row in book["Dự toán"].iter_rows()]
    [line] = [row for row in cells if row[0] == "Ngân sách tỉnh"]
    assert line[1:9] == [500, 0, 200, 200, 0, 0, 300, 40]
    assert "500" in str(list(book["Quyết định"].iter_rows(values_only=True)))
