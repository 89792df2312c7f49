"""Money outside schemes: a second person confirms it."""

import pytest
from django.urls import reverse

from khuyencong.enums import Role
from programmes import services
from tests.factories import (
    PlanFundingFactory,
    UserFactory,
)
from tests.pages import soup
from tests.programmes.reviewing import (
    outcomes,
)

pytestmark = pytest.mark.django_db
PLAN_LIST = "admin:programmes_planfunding_changelist"


def test_money_that_waits_for_confirmation_stands_first(reading):
    confirmed, waits = PlanFundingFactory(purpose="Cũ"), PlanFundingFactory(purpose="Mới", year=2019)
    services.confirm_plan_funding(confirmed, by=UserFactory(role=Role.REVIEWER))

    page = soup(reading.get(reverse(PLAN_LIST)))

    assert [link.get_text() for link in page.select("#result_list .field-purpose a")] == [
        waits.purpose,
        confirmed.purpose,
    ]


def test_a_second_person_confirms_money_outside_schemes(reading, reviewer):
    funding = PlanFundingFactory()
    url = reverse("admin:programmes_planfunding_change", args=[funding.pk])

    button = soup(reading.get(url)).select_one(".submit-row button").get_text()
    reading.post(url, {"version": 1})

    funding.refresh_from_db()
    assert button == "Xác nhận"
    assert funding.confirmed_by == reviewer


def test_money_that_changed_since_it_was_read_is_not_confirmed(reading):
    funding = PlanFundingFactory()
    funding.approved_amount = 1
    funding.save()
    url = reverse("admin:programmes_planfunding_change", args=[funding.pk])

    answer = soup(reading.post(url, {"version": 1}, follow=True))

    funding.refresh_from_db()
    assert funding.confirmed_at is None
    assert "Khoản này vừa được sửa." in answer.select_one(".messagelist").get_text()


def test_who_wrote_money_down_does_not_confirm_it(reading, reviewer):
    funding = PlanFundingFactory(created_by=reviewer)
    url = reverse("admin:programmes_planfunding_change", args=[funding.pk])

    page, answer = soup(reading.get(url)), soup(reading.post(url, {"version": 1}, follow=True))

    assert page.select(".submit-row button") == []
    assert page.select_one(".note").get_text() == "Bạn là người ghi khoản này nên không được xác nhận."
    assert answer.select_one(".messagelist").get_text(strip=True) == "Người ghi không được tự xác nhận."
    funding.refresh_from_db()
    assert funding.confirmed_at is None


def test_an_auditor_does_not_confirm_money(client, auditor):
    funding = PlanFundingFactory()
    client.force_login(auditor)

    response = client.post(reverse("admin:programmes_planfunding_change", args=[funding.pk]))

    assert response.status_code == 403
    funding.refresh_from_db()
    assert funding.confirmed_at is None


def test_money_is_confirmed_row_by_row(reading, reviewer):
    good, own = PlanFundingFactory(purpose="Máy"), PlanFundingFactory(purpose="Hội chợ", created_by=reviewer)
    data = {"action": "confirm_selected", "_selected_action": [good.pk, own.pk]}

    listed = soup(reading.post(reverse(PLAN_LIST), data | {"index": "0"}))
    answer = reading.post(
        reverse(PLAN_LIST), data | {"confirmed": "1", "row": [item["value"] for item in listed.select("[name=row]")]}
    )

    assert outcomes(answer) == [
        "Hội chợ (2020): không được, vì người ghi không được tự xác nhận.",
        "Máy (2020): đã xác nhận",
    ]
    good.refresh_from_db(), own.refresh_from_db()
    assert (good.confirmed_by, own.confirmed_by) == (reviewer, None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_money_costs_the_same_for_one_row_and_three(reading, count, django_assert_num_queries):
    for _ in range(count):
        PlanFundingFactory()

    with django_assert_num_queries(9):
        reading.get(reverse(PLAN_LIST))
