"""Industrial clusters: list, page, form, projects."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities.clusters import stages
from facilities.models import IndustrialCluster
from tests.facilities.factories import (
    ClusterFactory,
    DefinitionFactory,
    FiguresFactory,
    ProjectFactory,
)
from tests.factories import CommuneFactory, FacilityFactory, LineageFactory, ProvinceFactory, UserFactory
from tests.pages import cells, form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST, NEW = "facilities:cluster-list", "facilities:cluster-create"
FORM = "main form[data-kc-unsaved]"


def titles(page):
    return [a.get_text() for a in page.select("#clusters a.title")]


def opened(client, url):
    """What a browser would send of the form at `url`."""
    return form_data(soup(client.get(url)), FORM)


def figures_of(page):
    """Label -> value of the strip."""
    strip = page.select_one(".totals")
    return dict(zip(*[[one.get_text() for one in strip.select(tag)] for tag in ("dt", "dd")], strict=True))


def elsewhere():
    return ProvinceFactory(code="42", name="Hà Tĩnh")


@pytest.mark.parametrize("typed", ["quy chau", "QUỲ CHÂU", "15/qd", "ha tang an phu"])
def test_search_needs_no_diacritics_and_stays_in_the_province(client, staff, typed):
    facts = {"investor": "Công ty Hạ tầng An Phú", "establishment_number": "15/QĐ-UBND"}
    ClusterFactory(name="CCN Quỳ Châu", province=staff.province, **facts)
    ClusterFactory(name="CCN Nam Đàn", province=staff.province)
    ClusterFactory(name="CCN Quỳ Châu tỉnh khác", province=elsewhere(), **facts)
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST), {"q": typed}))) == ["CCN Quỳ Châu"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "operating"}, ["CCN B hoạt động"]),
        ({"stage": "planned"}, ["CCN A phương án"]),
        ({"stage": "removed"}, ["CCN C đưa ra"]),
        ({"kind": "village"}, ["CCN C đưa ra"]),
        ({"investor_kind": "enterprise"}, ["CCN B hoạt động"]),
    ],
)
def test_filters_find_stage_kind_and_investor(client, staff, query, found):
    province = staff.province
    ClusterFactory(name="CCN A phương án", province=province)
    ClusterFactory(name="CCN B hoạt động", province=province, operating=True, investor_kind="enterprise")
    ClusterFactory(name="CCN C đưa ra", province=province, kind="village", removed_on=datetime.date(2024, 1, 1))
    client.force_login(staff)

    assert titles(soup(client.get(reverse(LIST), query))) == found


def test_every_cluster_is_found_under_the_stage_that_it_shows(staff):
    days = ("planned_on", "established_on", "infrastructure_on", "operating_from", "removed_on")
    facts = {"establishment_number": "1/QĐ", "established_area": 20, "planned_area": 20}
    for bits in range(32):
        dates = {name: datetime.date(2022, 1, 1) for place, name in enumerate(days) if bits >> place & 1}
        ClusterFactory(province=staff.province, **facts | {"planned_on": None} | dates)

    found = {key: set(IndustrialCluster.objects.filter(stages.at_stage(key, TODAY))) for key, _ in stages.CHOICES}

    assert sum(len(one) for one in found.values()) == 32
    assert all(
        cluster.stage == label == cluster.stage_on(TODAY) for key, label in stages.CHOICES for cluster in found[key]
    )


def test_people_of_all_provinces_choose_one_with_those_that_went_into_it(client):
    old, new = ProvinceFactory(code="45", name="Quảng Bình"), ProvinceFactory(code="44", name="Quảng Trị")
    LineageFactory(predecessor=old, successor=new)
    ClusterFactory(name="CCN của tỉnh cũ", province=old)
    ClusterFactory(name="CCN nơi khác", province=elsewhere())
    client.force_login(UserFactory(role="leader", province=None))

    assert titles(soup(client.get(reverse(LIST), {"province": new.pk}))) == ["CCN của tỉnh cũ"]


def test_the_strip_weighs_occupancy_by_area_over_operating_clusters(client, staff):
    """5 of 20 ha and 10 of 10 ha is 50 %, not the mean of 25 % and 100 %; a plan without land does not count."""
    first = ClusterFactory(province=staff.province, operating=True)
    second = ClusterFactory(province=staff.province, operating=True, industrial_land=Decimal(10))
    ClusterFactory(province=staff.province, planned_area=Decimal("12.34"))
    FiguresFactory(cluster=first, year=2025, half=2, leased_land=Decimal(19))
    FiguresFactory(cluster=first, leased_land=Decimal(5))
    FiguresFactory(cluster=second, leased_land=Decimal(10))
    client.force_login(staff)

    strip = soup(client.get(reverse(LIST)))

    assert figures_of(strip) == {
        "Số cụm": "3",
        "Tổng diện tích (ha)": "72,34",
        "Đang hoạt động": "2",
        "Đất công nghiệp (ha)": "30,00",
        "Đã cho thuê (ha)": "15,00",
        "Tỷ lệ lấp đầy": "50,00%",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for cluster in ClusterFactory.create_batch(count, province=staff.province, operating=True):
        FiguresFactory(cluster=cluster)
    client.force_login(staff)

    with django_assert_num_queries(8):
        client.get(reverse(LIST))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_cluster_costs_the_same_for_one_part_and_three(client, staff, count, django_assert_num_queries):
    cluster = ClusterFactory(province=staff.province, operating=True)
    for number in range(count):
        FiguresFactory(cluster=cluster, year=2023 + number)
        ProjectFactory(cluster=cluster, facility=FacilityFactory(province=staff.province, cluster=cluster))
    client.force_login(staff)

    with django_assert_num_queries(10):
        client.get(cluster.get_absolute_url())


def test_a_cluster_is_added_with_hectares_and_tỷ_as_the_office_writes_them(client, staff):
    client.force_login(staff)
    typed = {
        "name": "CCN Đồng Nam",
        "planned_on": "01/03/2021",
        "planned_area": "53,52",
        "infrastructure_capital": "1,5 tỷ",
    }

    client.post(reverse(NEW), opened(client, reverse(NEW)) | typed)

    cluster = IndustrialCluster.objects.get()
    assert (cluster.name, cluster.province, cluster.planned_area) == ("CCN Đồng Nam", staff.province, Decimal("53.52"))
    assert cluster.infrastructure_capital == 1_500_000_000


def test_the_province_is_asked_for_only_where_there_was_another_before(client, staff):
    client.force_login(staff)
    assert "province" not in opened(client, reverse(NEW))

    old = ProvinceFactory(code="41", name="Tỉnh cũ", valid_to=datetime.date(2010, 1, 1))
    new = ProvinceFactory(code="44", name="Tỉnh mới", valid_from=datetime.date(2010, 1, 2))
    LineageFactory(predecessor=old, successor=new)
    client.force_login(UserFactory(province=new))
    data = opened(client, reverse(NEW))
    client.post(reverse(NEW), data | {"name": "CCN của tỉnh cũ", "province": old.pk})

    assert data["province"] == str(new.pk)
    assert IndustrialCluster.objects.get().province == old


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            {"established_on": "01/03/2022"},
            "establishment_number",
            "Cụm đã thành lập phải có số quyết định và diện tích.",
        ),
        ({"planned_area": ""}, "planned_area", "Cụm trong phương án phát triển phải có diện tích."),
        ({"planned_area": "-1"}, "planned_area", "Diện tích theo phương án không được âm."),
        ({"removed_on": "01/01/2020"}, "removed_on", "Ngày đưa ra khỏi phương án không được trước ngày đưa vào."),
        (
            {"detailed_plan_area": "20", "industrial_land": "20,01"},
            "industrial_land",
            "Đất công nghiệp không được lớn hơn diện tích quy hoạch chi tiết.",
        ),
        ({"name": "CCN đã có"}, "name", "Tỉnh này đã có cụm công nghiệp cùng tên."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays(client, staff, typed, field, sentence):
    ClusterFactory(name="CCN đã có", province=staff.province)
    client.force_login(staff)
    data = opened(client, reverse(NEW)) | {"name": "CCN mới", "planned_on": "01/03/2021", "planned_area": "30"} | typed

    page = soup(client.post(reverse(NEW), data))

    control = page.select_one(f"[name={field}]")
    assert sentence in control.find_parent(class_="field").get_text()
    assert control.get("value", "") == data[field]
    assert IndustrialCluster.objects.count() == 1


def test_a_commune_of_another_province_is_refused(client):
    national = UserFactory(province=None)
    commune = CommuneFactory(name="Xã Hà Tĩnh", province=elsewhere())
    home = ProvinceFactory()
    client.force_login(national)

    data = opened(client, reverse(NEW)) | {"name": "CCN lạc", "province": home.pk, "commune": commune.pk}
    page = soup(client.post(reverse(NEW), data))

    assert any("Xã Hà Tĩnh thuộc Hà Tĩnh, không thuộc Nghệ An." in one for one in sentences(page))
    assert not IndustrialCluster.objects.exists()


def test_the_second_of_two_people_is_told_what_the_first_saved_and_loses_nothing(client, staff):
    cluster = ClusterFactory(province=staff.province, investor="Chưa có")
    client.force_login(staff)
    url = reverse("facilities:cluster-edit", args=[cluster.pk])
    mine = opened(client, url) | {"location": "Xóm 5"}
    client.post(url, opened(client, url) | {"investor": "Công ty A"})

    page = soup(client.post(url, mine))

    assert any("Người khác vừa lưu hồ sơ này" in one for one in sentences(page))
    assert [cells(row)[1:] for row in page.select("[data-kc-answer] tbody tr")] == [["Chưa có", "Công ty A"]]
    assert page.select_one("[name=location]")["value"] == "Xóm 5"
    cluster.refresh_from_db()
    assert (cluster.investor, cluster.location) == ("Công ty A", "")

    client.post(url, form_data(page, FORM))
    cluster.refresh_from_db()
    assert cluster.location == "Xóm 5"


@pytest.mark.parametrize(
    ("facts", "remark"),
    [
        ({"planned_area": 80}, "Diện tích theo phương án 80 ha lớn hơn 75 ha, mức lớn nhất theo NĐ 32/2024/NĐ-CP."),
        ({"planned_area": 4}, "Diện tích theo phương án 4 ha nhỏ hơn 5 ha, mức nhỏ nhất theo NĐ 32/2024/NĐ-CP."),
        ({"planned_area": 8}, "8 ha nhỏ hơn 10 ha: theo NĐ 32/2024/NĐ-CP chỉ phù hợp ở huyện miền núi"),
        ({"planned_area": 8, "kind": "village"}, ""),
        ({"planned_area": 8, "planned_on": datetime.date(2026, 9, 15)}, ""),
        ({"planned_area": 8, "planned_on": datetime.date(2020, 1, 1)}, ""),
        ({"planned_area": 80, "planned_on": datetime.date(2026, 9, 15)}, "chưa được kiểm chứng"),
        ({"planned_area": 30, "kind": "eco"}, "Loại “CCN sinh thái” được nêu từ NĐ 303/2026/NĐ-CP"),
        ({"planned_area": 30, "kind": "eco", "planned_on": datetime.date(2026, 9, 15)}, ""),
    ],
)
def test_the_definition_of_the_decisions_day_is_a_remark_and_no_wall(client, staff, facts, remark):
    DefinitionFactory()
    later = {"least_area": 5, "village_share": 60, "is_verified": False, "document": "NĐ 303/2026/NĐ-CP"}
    DefinitionFactory(valid_from=datetime.date(2026, 9, 15), **later)
    cluster = ClusterFactory(province=staff.province, **{"planned_on": datetime.date(2025, 1, 1)} | facts)
    client.force_login(staff)

    found = [note.get_text() for note in soup(client.get(cluster.get_absolute_url())).select(".note[data-tone=wait]")]

    assert len(found) == bool(remark)
    assert remark in "".join(found)


def test_the_page_shows_figures_by_period_with_occupancy_and_what_was_not_reported(client, staff):
    cluster = ClusterFactory(province=staff.province, operating=True)
    FiguresFactory(cluster=cluster, leased_land=Decimal("12.5"), revenue=Decimal(1_250_500_000))
    client.force_login(staff)

    page = soup(client.get(cluster.get_absolute_url()))

    row = rows(page, "#figures tbody tr")[0]
    assert row[0].startswith("6 tháng đầu năm 2026")
    assert row[1:] == ["12,50", "62,50%", "4", "1", "3", "120", "1.250,5", "", ""]
    assert "Đã cho thuê 12,50 ha (62,50%)" in page.select_one(".key").get_text(" ", strip=True)


def test_a_project_is_added_changed_and_deleted_and_all_stands_in_the_history(client, staff):
    cluster = ClusterFactory(province=staff.province)
    facility = FacilityFactory(name="Cơ sở Mộc", province=staff.province)
    client.force_login(staff)
    url = reverse("facilities:cluster-project-create", args=[cluster.pk])
    typed = {"name": "Xưởng mộc", "facility": facility.pk, "land": "0,6", "capital": "8 tỷ", "relocated_from": "Xóm 1"}

    client.post(url, opened(client, url) | typed)
    project = cluster.projects.get()
    page = soup(client.get(cluster.get_absolute_url()))
    assert rows(page, "#relocated tbody tr") == [["Cơ sở Mộc", "Xóm 1", ""]]
    assert rows(page, "#projects tbody tr")[0][3:] == ["0,60", "8.000"]

    edit = reverse("facilities:cluster-project-edit", args=[project.pk])
    client.post(edit, opened(client, edit) | {"land": "0,75"})
    project.refresh_from_db()
    assert (project.land, project.facility) == (Decimal("0.75"), facility)

    client.post(reverse("facilities:cluster-project-delete", args=[project.pk]))
    assert not cluster.projects.exists()
    history = soup(client.get(reverse("facilities:cluster-history", args=[cluster.pk])))
    actions = sorted(h.get_text(" ", strip=True).split(" ")[0] for h in history.select("article h2"))
    assert actions == ["Sửa", "Thêm", "Thêm", "Xóa"]


def test_a_project_of_another_province_is_not_found(client, staff):
    project = ProjectFactory(cluster=ClusterFactory(province=elsewhere()))
    client.force_login(staff)

    for name in ("edit", "delete"):
        assert client.post(reverse(f"facilities:cluster-project-{name}", args=[project.pk])).status_code == 404


def test_a_facility_of_another_province_is_no_choice_for_a_project(client, staff):
    cluster, facility = ClusterFactory(province=staff.province), FacilityFactory(province=elsewhere())
    client.force_login(staff)
    url = reverse("facilities:cluster-project-create", args=[cluster.pk])

    page = soup(client.post(url, opened(client, url) | {"name": "Dự án", "facility": facility.pk}))

    assert sentences(page)
    assert not cluster.projects.exists()


def test_the_way_back_keeps_the_filter_through_page_and_form(client, staff):
    cluster = ClusterFactory(province=staff.province)
    client.force_login(staff)

    link = soup(client.get(reverse(LIST), {"stage": "planned"})).select_one("#clusters a.title")["href"]
    page = soup(client.get(link))

    assert page.select_one(".crumbs a")["href"] == f"{reverse(LIST)}?stage=planned"
    assert "back=" in page.select_one(f'a[href^="{reverse("facilities:cluster-edit", args=[cluster.pk])}"]')["href"]


TOMORROW, YESTERDAY = TODAY + datetime.timedelta(days=1), TODAY - datetime.timedelta(days=1)


def test_leased_land_counts_only_where_the_industrial_land_is_known(client, staff):
    known = ClusterFactory(province=staff.province, operating=True)
    unknown = ClusterFactory(province=staff.province, operating=True, industrial_land=None)
    FiguresFactory(cluster=known, leased_land=Decimal(18))
    FiguresFactory(cluster=unknown, leased_land=Decimal(12))
    client.force_login(staff)

    found = figures_of(soup(client.get(reverse(LIST))))

    assert (found["Đã cho thuê (ha)"], found["Tỷ lệ lấp đầy"]) == ("18,00", "90,00%")
    assert found["Cho thuê, chưa ghi đất công nghiệp (cụm)"] == "1"


def test_clusters_removed_from_the_plan_are_left_out_of_the_totals_from_that_day(client, staff):
    province = staff.province
    ClusterFactory(province=province, operating=True, removed_on=YESTERDAY)
    ClusterFactory(province=province, operating=True, removed_on=TOMORROW)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    found = figures_of(page)
    assert (found["Số cụm"], found["Tổng diện tích (ha)"], found["Đang hoạt động"]) == ("1", "30,00", "1")
    assert "không gồm cụm đã đưa ra khỏi phương án" in page.select_one("#clusters caption").get_text()
    assert len(titles(page)) == 2


@pytest.mark.parametrize(("day", "count"), [(TODAY, "1"), (TOMORROW, "0")])
def test_a_cluster_operates_from_its_day_on(client, staff, day, count):
    cluster = ClusterFactory(province=staff.province, operating=True, operating_from=day)
    client.force_login(staff)

    page = soup(client.get(reverse(LIST)))

    assert figures_of(page)["Đang hoạt động"] == count
    assert (cluster.stage == "Đang hoạt động") is (count == "1")
    assert cluster.stage_on(TOMORROW) == "Đang hoạt động"
    assert len(titles(soup(client.get(reverse(LIST), {"stage": "operating"})))) == int(count)


def test_an_area_that_is_decided_for_later_is_not_counted_yet(client, staff):
    facts = {"established_area": 40, "establishment_number": "1/QĐ"}
    ClusterFactory(province=staff.province, planned_area=30, established_on=TOMORROW, **facts)
    client.force_login(staff)

    assert figures_of(soup(client.get(reverse(LIST))))["Tổng diện tích (ha)"] == "30,00"


def test_a_stage_that_is_decided_for_later_is_not_done(client, staff):
    cluster = ClusterFactory(province=staff.province, operating=True, operating_from=TOMORROW)

    assert [step.state for step in stages.steps(cluster, TODAY)] == ["done", "done", "done", "todo", "todo"]


def test_the_form_says_that_more_land_is_leased_than_it_would_have(client, staff):
    cluster = ClusterFactory(name="CCN Nam Đàn", province=staff.province, operating=True)
    FiguresFactory(cluster=cluster, leased_land=Decimal("12.5"))
    client.force_login(staff)
    url = reverse("facilities:cluster-edit", args=[cluster.pk])

    page = soup(client.post(url, opened(client, url) | {"industrial_land": "12"}))

    said = "Diện tích đã cho thuê (12,50 ha) lớn hơn đất công nghiệp của CCN Nam Đàn (12,00 ha)."
    assert any(said in one for one in sentences(page))
    cluster.refresh_from_db()
    assert cluster.industrial_land == 20


@pytest.mark.parametrize("place", ["form", "list"])
def test_clusters_are_drawn_only_when_chosen_once_they_are_many(client, staff, monkeypatch, place):
    monkeypatch.setattr("facilities.selects.FEW", 2)
    clusters = ClusterFactory.create_batch(3, province=staff.province)
    facility = FacilityFactory(province=staff.province, cluster=clusters[1])
    client.force_login(staff)
    urls = {
        "form": reverse("facilities:facility-edit", args=[facility.pk]),
        "list": f"{reverse('facilities:facility-list')}?cluster={clusters[1].pk}",
    }

    box = soup(client.get(urls[place])).select_one("[name=cluster]")

    assert [one["value"] for one in box.select("option")] == ["", str(clusters[1].pk)]
    assert box["data-kc-select-url"] == reverse("facilities:cluster-options")


def test_options_find_clusters_of_the_person_s_province(client, staff):
    cluster = ClusterFactory(name="CCN Quỳ Châu", province=staff.province)
    ClusterFactory(name="CCN Quỳ Hợp", province=elsewhere())
    ClusterFactory(name="CCN Nam Đàn", province=staff.province)
    client.force_login(staff)

    found = client.get(reverse("facilities:cluster-options"), {"q": "quy"}).json()["results"]

    assert found == [{"value": cluster.pk, "text": "CCN Quỳ Châu", "note": "Nghệ An"}]


@pytest.mark.parametrize("count", [1, 3])
def test_options_cost_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    ClusterFactory.create_batch(count, province=staff.province)
    client.force_login(staff)

    with django_assert_num_queries(4):
        client.get(reverse("facilities:cluster-options"))
