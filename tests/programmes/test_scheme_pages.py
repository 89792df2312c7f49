"""The staff's pages of schemes: what is shown, to whom, and that filters survive."""

import base64
import json

import pytest
from django.urls import reverse

from khuyencong.refusals import RefusedError
from programmes import services
from programmes.models import PlanFunding
from tests.factories import (
    DAY,
    BeneficiaryFactory,
    ContentFactory,
    FacilityFactory,
    LineageFactory,
    PlanFundingFactory,
    ProvinceFactory,
    ResultFactory,
    SchemeFactory,
    SourceFactory,
    UserFactory,
    appraise,
    walk,
)
from tests.pages import form_data, rows, soup

pytestmark = pytest.mark.django_db
LIST = "programmes:scheme-list"


def listed(client, **query):
    page = soup(client.get(reverse(LIST), query))
    return [link.get_text() for link in page.select("#schemes tbody a.title")]


def test_list_shows_each_scheme_with_its_money_by_source(client, staff):
    SchemeFactory(name="Máy dệt", province=staff.province, money={"province": 150_000_000, "counterpart": 420_500_000})
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert [row[2:] for row in rows(page, "#schemes tbody tr")] == [["150", "420,5", "570,5"]]
    assert [div.get_text(" ", strip=True) for div in page.select(".totals div")] == [
        "Số đề án 1",
        "Tỉnh 150",
        "Đối ứng 420,5",
        "Kinh phí khuyến công (triệu đồng) 150",
        "Tổng các nguồn (triệu đồng) 570,5",
    ]


def test_list_counts_what_was_approved_once_decided(client, staff):
    scheme = SchemeFactory(province=staff.province, money={"province": 100_000_000}, state="submitted")
    appraise(scheme)
    services.approve_scheme(
        scheme,
        by=UserFactory(role="reviewer"),
        reason="Giảm",
        number="1",
        on=DAY,
        amounts={"province": (80_000_000, "")},
    )
    client.force_login(staff)

    assert rows(soup(client.get(reverse(LIST))), "#schemes tfoot tr") == [["Trang này", "", "80", "80"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    facility = FacilityFactory(province=staff.province)
    for _ in range(count):
        SchemeFactory(province=staff.province, money={"province": 9}, benefits={facility: 5})
    client.force_login(staff)

    with django_assert_num_queries(16):
        client.get(reverse(LIST))


@pytest.mark.parametrize("typed", ["nghe an", "Nghệ An", "NGHE  AN", "may det nghe", "kc 40 2020 0777"])
def test_search_needs_no_diacritics(client, staff, typed):
    SchemeFactory(name="Máy dệt thổ cẩm Nghệ An", code="KC-40-2020-0777", province=staff.province)
    SchemeFactory(name="Hội chợ", province=staff.province)
    client.force_login(staff)

    assert listed(client, q=typed) == ["Máy dệt thổ cẩm Nghệ An"]


def test_search_finds_a_scheme_by_its_beneficiary(client, staff):
    scheme = SchemeFactory(name="Máy sấy", province=staff.province, money={"province": 10})
    BeneficiaryFactory(scheme=scheme, facility=FacilityFactory(name="Hợp tác xã Thanh Chương"), proposed_amount=1)
    SchemeFactory(name="Hội chợ", province=staff.province)
    client.force_login(staff)

    assert listed(client, q="hop tac xa thanh") == ["Máy sấy"]


def test_filters_narrow_the_list(client, staff):
    group = ContentFactory(code="KC04", name="Sản phẩm")
    SchemeFactory(name="A", province=staff.province, year=2019, money={"national": 5}, level="national")
    SchemeFactory(
        name="B",
        province=staff.province,
        year=2020,
        money={"province": 5},
        content=ContentFactory(code="KC04.05", group=group),
    )
    SchemeFactory(name="C", province=staff.province, year=2020, money={"province": 5}, state="submitted")
    client.force_login(staff)

    assert listed(client, year=2019) == ["A"]
    assert listed(client, level="national") == ["A"]
    assert listed(client, content="KC04") == ["B"]
    assert listed(client, source="province") == ["C", "B"]
    assert listed(client, status="submitted") == ["C"]
    assert listed(client, year=2020, status="draft") == ["B"]


def test_paging_walks_every_row_once_forwards_and_back(client, staff, monkeypatch):
    monkeypatch.setattr("khuyencong.paging.paginate.__defaults__", (2,))
    names = [f"Đề án {n}" for n in range(5)]
    for n, name in enumerate(names):
        SchemeFactory(name=name, province=staff.province, year=2018 + n % 2)
    client.force_login(staff)
    url, seen, back = reverse(LIST), [], []

    while url:
        page = soup(client.get(url))
        seen.append([a.get_text() for a in page.select("#schemes tbody a.title")])
        following = page.select_one("a[rel=next]")
        url = reverse(LIST) + following["href"] if following else None
    previous = page.select_one("a[rel=prev]")
    while previous:
        page = soup(client.get(reverse(LIST) + previous["href"]))
        back.append([a.get_text() for a in page.select("#schemes tbody a.title")])
        previous = page.select_one("a[rel=prev]")

    assert sorted(name for part in seen for name in part) == names
    assert [len(part) for part in seen] == [2, 2, 1]
    assert back == [seen[1], seen[0]]


def encoded(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


CRAFTED = [["abc", "x"], [2020, "\0"], [10**30, 1], [None, None], [[[]]], {"a": 1}, 5]


@pytest.mark.parametrize("cursor", ["rubbish", "WzEsMl0", "W10=", "%00", *map(encoded, CRAFTED)])
def test_a_cursor_that_cannot_be_read_is_the_first_page(client, staff, cursor):
    SchemeFactory(name="A", province=staff.province)
    client.force_login(staff)

    assert listed(client, after=cursor) == ["A"]


def test_the_filter_survives_opening_a_scheme(client, staff):
    SchemeFactory(province=staff.province, year=2020)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST), {"year": "2020", "status": "draft"}))
    opened = soup(client.get(page.select_one("#schemes tbody a.title")["href"]))

    assert opened.select_one(".crumbs a")["href"] == reverse(LIST) + "?year=2020&status=draft"


def test_another_provinces_schemes_are_not_listed(client, staff):
    other = ProvinceFactory(code="42", name="Hà Tĩnh")
    SchemeFactory(name="Của tỉnh khác", province=other, created_by=UserFactory(province=other), money={"province": 7})
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert "Của tỉnh khác" not in page.get_text()
    assert "Hà Tĩnh" not in page.get_text()


def test_schemes_of_a_merged_province_are_the_new_ones_too(client):
    old = ProvinceFactory(code="17", name="Hòa Bình")
    new = ProvinceFactory(code="25", name="Phú Thọ")
    LineageFactory(predecessor=old, successor=new)
    SchemeFactory(name="Thời Hòa Bình", province=old, created_by=UserFactory(province=old))
    client.force_login(UserFactory(province=new))

    assert listed(client) == ["Thời Hòa Bình"]


def test_page_shows_source_by_stage_with_totals_and_words(client, staff):
    scheme = SchemeFactory(
        province=staff.province,
        created_by=staff,
        money={"national": 600_000_000, "counterpart": 2_150_000_000},
        state="approved",
    )
    client.force_login(staff)

    page = soup(client.get(scheme.get_absolute_url()))

    table = page.select_one("section.card table")
    assert [row[:4] for row in rows(table, "tbody tr, tfoot tr")] == [
        ["Khuyến công quốc gia", "600.000.000", "600.000.000", "chưa có"],
        ["Đối ứng của cơ sở", "2.150.000.000", "2.150.000.000", "chưa có"],
        ["Tổng kinh phí", "2.750.000.000", "2.750.000.000", ""],
        ["Trong đó kinh phí khuyến công", "600.000.000", "600.000.000", ""],
    ]
    assert page.select_one("svg.shares")["aria-label"] == "Quốc gia 21,82%, Đối ứng 78,18%"
    assert "Hai tỷ bảy trăm năm mươi triệu đồng" in page.get_text()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", {"Sửa", "Xóa bản nháp", "Gửi thẩm định"}),
        ("submitted", {"Rút lại"}),
        ("returned", {"Sửa", "Gửi thẩm định"}),
        ("rejected", set()),
        ("approved", {"Ký hợp đồng", "Bắt đầu thực hiện"}),
        ("contracted", {"Bắt đầu thực hiện"}),
        ("in_progress", {"Ghi kết quả", "Ghi nghiệm thu"}),
        ("accepted", {"Nhập số quyết toán", "Thanh lý hợp đồng"}),
        ("liquidated", {"Nhập số quyết toán"}),
        ("settled", set()),
        ("closed", set()),
        ("terminated", set()),
    ],
)
def test_page_offers_staff_just_the_next_steps(client, staff, state, expected):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 9}, state=state)
    client.force_login(staff)

    page = soup(client.get(scheme.get_absolute_url()))

    assert {b.get_text(strip=True) for b in page.select(".actions > .btn")} == expected


@pytest.mark.parametrize("person", ["leader", "auditor", "administrator"])
def test_people_who_do_not_write_are_offered_no_step(client, request, person):
    user = request.getfixturevalue(person)
    scheme = SchemeFactory(province=user.province, money={"province": 9}, state="submitted")
    client.force_login(user)

    assert soup(client.get(scheme.get_absolute_url())).select(".actions .btn") == []


def test_timeline_tells_who_did_what_and_why(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 9}, state="returned")
    client.force_login(staff)

    page = soup(client.get(scheme.get_absolute_url()))

    assert [li.b.get_text() for li in page.select(".timeline li")] == [
        "Trả lại bổ sung",
        "Gửi thẩm định",
        "Lập bản nháp",
    ]
    assert "Số 15/QĐ-SCT ngày 02/03/2020. Đủ điều kiện" in page.select_one(".timeline").get_text()


def test_history_shows_before_and_after_with_person_and_reason(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 9}, state="submitted")
    client.force_login(staff)
    client.post(reverse("programmes:scheme-withdraw", args=[scheme.pk]), {"reason": "Bổ sung dự toán"})

    page = soup(client.get(reverse("programmes:scheme-history", args=[scheme.pk])))

    newest = page.select_one("article")
    assert f"{staff} (Chuyên viên)" in newest.get_text()
    assert "Lý do: Bổ sung dự toán" in newest.get_text()
    assert ["trạng thái", "Chờ thẩm định", "Bản nháp"] in rows(newest, "tbody tr")


def test_a_second_click_changes_nothing_and_says_so(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 9})
    client.force_login(staff)
    submit = reverse("programmes:scheme-submit", args=[scheme.pk])

    client.post(submit)
    again = soup(client.post(submit, follow=True))
    scheme.refresh_from_db()

    assert scheme.status == "submitted"
    assert "Không thực hiện được bước “Gửi thẩm định” khi đề án ở trạng thái “Chờ thẩm định”." in again.get_text()


def test_worktable_lists_what_waits_oldest_first(client, staff):
    for state in ("returned", "draft", "settled"):
        SchemeFactory(
            name=f"Đề án {state}", province=staff.province, created_by=staff, money={"province": 9}, state=state
        )
    client.force_login(staff)

    page = soup(client.get(reverse("home")))

    assert [a.get_text() for a in page.select("table a.title")] == ["Đề án returned", "Đề án draft"]


def test_recording_results_and_settled_amounts(client, staff):

    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 90_000_000})
    ResultFactory(scheme=scheme, planned=3)
    walk(scheme, "accepted")
    client.force_login(staff)
    url = reverse("programmes:scheme-record", args=[scheme.pk])
    data = form_data(soup(client.get(url)), "main form")

    refused = soup(client.post(url, data | {"lines-0-settled_amount": "91 triệu", "results-0-actual": "2,5"}))
    client.post(url, data | {"lines-0-settled_amount": "85 triệu", "results-0-actual": "2,5"})

    assert "Số quyết toán không được lớn hơn số phê duyệt." in refused.get_text()
    assert refused.select_one("[name=lines-0-settled_amount]")["value"] == "91 triệu"
    assert scheme.funding_lines.get().settled_amount == 85_000_000
    assert str(scheme.results.get().actual) == "2.50"


def test_a_second_record_of_results_is_told_and_keeps_what_was_typed(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 90}, state="accepted")
    client.force_login(staff)
    url = reverse("programmes:scheme-record", args=[scheme.pk])
    opened = form_data(soup(client.get(url)), "main form")
    client.post(url, opened | {"lines-0-settled_amount": "80"})

    page = soup(client.post(url, opened | {"lines-0-settled_amount": "70"}))

    assert scheme.funding_lines.get().settled_amount == 80
    assert "Người khác vừa ghi kết quả" in page.select_one("form .note").get_text()
    assert page.select_one("[name=lines-0-settled_amount]")["value"] == "70"
    client.post(url, form_data(page, "main form"))
    assert scheme.funding_lines.get().settled_amount == 70


def test_a_reviewer_who_read_other_settled_amounts_is_told(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 90}, state="accepted")
    read = scheme.version
    client.force_login(staff)
    url = reverse("programmes:scheme-record", args=[scheme.pk])
    client.post(url, form_data(soup(client.get(url)), "main form") | {"lines-0-settled_amount": "80"})

    with pytest.raises(RefusedError, match="Người khác vừa lưu đề án này"):
        services.settle_scheme(scheme, by=UserFactory(role="reviewer"), reason="Khớp", number="1", on=DAY, version=read)


def test_what_was_refused_is_not_added_up(client, staff):
    SchemeFactory(province=staff.province, money={"province": 7_000_000}, state="rejected")
    SchemeFactory(province=staff.province, money={"province": 5_000_000})
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert rows(page, "#schemes tfoot tr") == [["Trang này", "", "5", "5"]]
    assert page.select(".totals div")[-1].dd.get_text() == "5"


def test_the_filter_survives_a_step(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 9})
    client.force_login(staff)
    page = soup(client.get(scheme.get_absolute_url(), {"back": "?year=2020"}))

    answer = client.post(reverse("programmes:scheme-submit", args=[scheme.pk]), form_data(page, "dialog#submit form"))

    assert answer.url == f"{scheme.get_absolute_url()}?back=%3Fyear%3D2020"


def test_a_day_of_acceptance_to_come_is_refused_beside_it(client, staff):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 9}, state="in_progress")
    client.force_login(staff)

    url = reverse("programmes:scheme-accept", args=[scheme.pk])
    page = soup(client.post(url, form_data(soup(client.get(url)), "main form") | {"on": "31/12/2099"}))

    field = page.select_one("[name=on]").find_parent("div")
    assert "Ngày nghiệm thu không được ở tương lai." in field.get_text()
    assert page.select_one("[name=on]")["value"] == "31/12/2099"


@pytest.mark.parametrize("year", ["0", "10000", "32767", "99999999999999999999"])
def test_a_year_that_cannot_be_is_refused_beside_it(client, staff, year):
    SourceFactory(code="province")
    client.force_login(staff)
    url = reverse("programmes:plan-funding-create")
    typed = {"year": year, "purpose": "Kinh phí", "source": "province", "province": staff.province_id}
    typed |= {"proposed_amount": "5", "approved_amount": "5", "decision_number": "1", "decision_on": "01/03/2020"}

    page = soup(client.post(url, typed))

    assert not PlanFunding.objects.exists()
    assert page.select_one("[name=year]").find_parent("div").select(".errors")
    assert page.select_one("[name=purpose]")["value"] == "Kinh phí"


def test_plan_money_that_a_colleague_saved_first_is_not_overwritten_unseen(client, staff):
    funding = PlanFundingFactory(province=staff.province, created_by=staff)
    client.force_login(staff)
    url = reverse("programmes:plan-funding-edit", args=[funding.pk])
    opened = form_data(soup(client.get(url)), "main form")
    client.post(url, opened | {"approved_amount": "170 triệu"})

    page = soup(client.post(url, opened | {"note": "Ghi chú của tôi"}))

    funding.refresh_from_db()
    assert funding.approved_amount == 170_000_000
    assert "Người khác vừa sửa khoản này" in page.select_one(".form-errors").get_text()
    assert page.select_one("[name=note]").get_text(strip=True) == "Ghi chú của tôi"
    client.post(url, form_data(page, "main form"))
    funding.refresh_from_db()
    assert funding.note == "Ghi chú của tôi"
