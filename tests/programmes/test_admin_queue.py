"""The queue of schemes and the first page of the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes import services
from tests.factories import (
    FacilityFactory,
    PlanFundingFactory,
    ProvinceFactory,
    SchemeFactory,
)
from tests.pages import cells, soup
from tests.programmes.reviewing import (
    LIST,
    MONEY,
)

pytestmark = pytest.mark.django_db
PLAN_LIST = "admin:programmes_planfunding_changelist"
ALLOCATIONS = "admin:programmes_allocation_changelist"
EXCEPTIONS = "admin:programmes_ceilingexception_changelist"


def test_a_reviewer_opens_the_queue_with_who_waits_longest_first(reading):
    later, first = SchemeFactory.create_batch(2, money=MONEY)
    for scheme in (first, later):
        services.submit_scheme(scheme, by=scheme.created_by)
    SchemeFactory(name="Bản nháp", money=MONEY)

    page = soup(reading.get(reverse(LIST), follow=True))

    assert [link.get_text(" ", strip=True) for link in page.select("#result_list .field-title a")] == [
        f"{first.name} {first.code}",
        f"{later.name} {later.code}",
    ]


def test_the_list_shows_what_one_needs_to_choose(reading, submitted):
    page = soup(reading.get(reverse(LIST, query={"status": "submitted"})))

    today = f"{timezone.localdate():%d/%m/%Y}"
    assert [cells(row)[1:] for row in page.select("#result_list tbody tr")] == [
        [
            f"Máy sao chè {submitted.code}",
            "Nghệ An",
            "KC03.04 Ứng dụng máy móc, thiết bị tiên tiến",
            "Tỉnh 150",
            f"hôm nay từ {today}",
            "-",
            "chưa giao",
            "Chờ thẩm định",
        ]
    ]


def test_an_administrator_opens_all_schemes(client, administrator, submitted):
    SchemeFactory(name="Bản nháp", money=MONEY)
    client.force_login(administrator)

    page = soup(client.get(reverse(LIST)))

    assert len(page.select("#result_list tbody tr")) == 2


def test_the_list_is_searched_without_diacritics(reading, submitted):
    SchemeFactory(name="Máy dệt", money=MONEY, state="submitted")

    page = soup(reading.get(reverse(LIST, query={"status": "all", "q": "may sao che"})))

    assert [link.get_text(" ", strip=True) for link in page.select("#result_list .field-title a")] == [
        str_of(submitted)
    ]


def str_of(scheme):
    return f"{scheme.name} {scheme.code}"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(reading, count, django_assert_num_queries):
    for _ in range(count):
        SchemeFactory(money=MONEY, benefits={FacilityFactory(): 1}, state="submitted")

    with django_assert_num_queries(11):
        reading.get(reverse(LIST, query={"status": "submitted"}))


GROUPS = {"is_group__exact": 1, "status__in": "approved,contracted", "beneficiaries__isnull": 0}


def test_the_card_of_groups_lists_as_many_as_it_counts(reading):
    benefits = {FacilityFactory(): 50, FacilityFactory(): 50}
    planned = SchemeFactory(money=MONEY, is_group=True, benefits=benefits, state="approved")
    SchemeFactory(money=MONEY, is_group=True, state="approved")
    [card] = [link for link in soup(reading.get(reverse("admin:index"))).select(".waiting a") if "nhóm" in link.text]
    assert card.get_text().endswith(": 1")

    listed = reading.get(card["href"]).context["cl"].queryset

    assert list(listed) == [planned]


def test_the_first_page_says_what_waits_in_ones_own_province(reading, submitted):
    elsewhere = ProvinceFactory(code="01", name="Hà Nội")
    SchemeFactory(province=elsewhere, money=MONEY, state="submitted")
    PlanFundingFactory()

    page = soup(reading.get(reverse("admin:index")))

    ours = [link for link in page.select(".waiting a") if "/fairs/" not in link["href"]]
    assert [(link.get_text(), link["href"]) for link in ours] == [
        ("Đề án chờ thẩm định: 1", reverse(LIST, query={"status": "submitted"})),
        ("Đề án đã đăng ký, chờ kết quả thẩm định của Cục: 0", reverse(LIST, query={"status": "registered"})),
        ("Đề án Cục đã thẩm định, chờ Bộ phê duyệt: 0", reverse(LIST, query={"status": "ministry"})),
        ("Đề án nhóm chờ duyệt kế hoạch chi tiết: 0", reverse(LIST, query=GROUPS)),
        ("Đề án đã nghiệm thu, chờ quyết toán: 0", reverse(LIST, query={"status": "accepted"})),
        ("Đề án đã thanh lý hợp đồng, chờ quyết toán: 0", reverse(LIST, query={"status": "liquidated"})),
        ("Đề án đã quyết toán, chờ kết thúc: 0", reverse(LIST, query={"status": "settled"})),
        ("Kinh phí ngoài đề án chờ xác nhận: 1", reverse(PLAN_LIST, query={"confirmed": "no"})),
        ("Quyết định dự toán chờ xác nhận: 0", reverse(ALLOCATIONS, query={"confirmed": "no"})),
        ("Lý do vượt mức chờ xác nhận: 0", reverse(EXCEPTIONS, query={"confirmed_at__isempty": "1"})),
    ]
