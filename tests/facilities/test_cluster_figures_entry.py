"""Half-yearly figures: the screen like a spreadsheet, and the page of one cluster."""

from decimal import Decimal

import pytest
from django.urls import reverse

from facilities.models import ClusterFigures
from tests.facilities.factories import ClusterFactory, FiguresFactory
from tests.factories import ProvinceFactory, UserFactory
from tests.pages import form_data, sentences, soup

pytestmark = pytest.mark.django_db
FORM = "main form[data-kc-unsaved]"


def sheet_url(period="2026-H1"):
    return f"{reverse('facilities:cluster-figures')}?period={period}"


@pytest.fixture
def clusters(staff):
    return [ClusterFactory(name=f"CCN {letter}", province=staff.province, operating=True) for letter in "ABC"]


def opened(client, url=None):
    """What a browser would send: as `form_data`, with every hidden cluster."""
    page = soup(client.get(url or sheet_url()))
    return form_data(page, FORM) | {"cluster": [one["value"] for one in page.select("[name=cluster]")]}


def again(page):
    return form_data(page, FORM) | {"cluster": [one["value"] for one in page.select("[name=cluster]")]}


def typed(cluster, **values):
    return {f"c{cluster.pk}-{name}": value for name, value in values.items()}


def test_rows_with_numbers_are_saved_and_empty_rows_are_not(client, staff, clusters):
    client.force_login(staff)
    first, second, _ = clusters

    data = opened(client)
    data |= typed(first, leased_land="12,5", projects="7", workers="1.250", revenue="1,5 tỷ")
    data |= typed(second, leased_land="0")
    response = client.post(sheet_url(), data, follow=True)

    assert "Đã lưu số liệu 6 tháng đầu năm 2026 của 2 cụm công nghiệp." in response.content.decode()
    saved = {row.cluster: row for row in ClusterFigures.objects.all()}
    assert set(saved) == {first, second}
    assert (saved[first].leased_land, saved[first].projects, saved[first].workers) == (Decimal("12.5"), 7, 1250)
    assert saved[first].revenue == 1_500_000_000
    assert (saved[first].budget_paid, saved[second].leased_land, saved[second].projects) == (None, 0, None)


def test_the_half_year_before_stands_under_the_boxes_and_not_in_them(client, staff, clusters):
    FiguresFactory(cluster=clusters[0], year=2025, half=2, leased_land=Decimal("8.25"), wastewater="standard")
    client.force_login(staff)

    page = soup(client.get(sheet_url()))

    control = page.select_one(f"#id_c{clusters[0].pk}-leased_land")
    assert control.get("value") is None
    assert control.find_next_sibling(class_="help").get_text() == "8,25"
    assert page.select_one(f"#id_c{clusters[0].pk}-wastewater option[selected]")["value"] == "standard"
    client.post(sheet_url(), opened(client))
    assert ClusterFigures.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"leased_land": "20,01"},
            "leased_land",
            "Diện tích đã cho thuê (20,01 ha) lớn hơn đất công nghiệp của CCN A (20,00 ha).",
        ),
        ({"projects": "3", "fdi_projects": "4"}, "fdi_projects", "Số dự án FDI không được lớn hơn số dự án."),
        (
            {"projects": "3", "operating_projects": "4"},
            "operating_projects",
            "Số dự án đang hoạt động không được lớn hơn",
        ),
        ({"leased_land": "-1"}, "leased_land", "Diện tích đã cho thuê không được âm."),
        ({"revenue": "1.5 tỷ"}, "revenue", "không rõ là 1,5 hay 15"),
        ({"projects": "mười"}, "projects", "số nguyên"),
    ],
)
def test_one_bad_row_saves_nothing_and_keeps_what_was_typed_in_every_row(
    client, staff, clusters, values, field, sentence
):
    client.force_login(staff)
    first, second, _ = clusters
    data = opened(client) | typed(first, **values) | typed(second, workers="90", budget_paid="800 triệu")

    page = soup(client.post(sheet_url(), data))

    control = page.select_one(f"#id_c{first.pk}-{field}")
    assert sentence in page.select_one(f"#{control['aria-describedby'].split()[-1]}").get_text()
    assert any("CCN A" in one for one in sentences(page))
    for name, value in typed(first, **values).items():
        assert page.select_one(f"[name={name}]")["value"] == value
    assert page.select_one(f"[name=c{second.pk}-workers]")["value"] == "90"
    assert page.select_one(f"[name=c{second.pk}-budget_paid]")["value"] == "800 triệu"
    assert not ClusterFigures.objects.exists()


def test_the_second_to_save_a_row_is_told_and_the_third_try_counts(client, staff, clusters):
    client.force_login(staff)
    cluster = clusters[0]
    mine = opened(client) | typed(cluster, workers="100")
    client.post(sheet_url(), opened(client) | typed(cluster, workers="90", projects="3"))

    page = soup(client.post(sheet_url(), mine))

    assert any("Người khác vừa lưu kỳ này của cụm: số dự án 3; lao động 90." in one for one in sentences(page))
    assert page.select_one(f"[name=c{cluster.pk}-workers]")["value"] == "100"
    assert ClusterFigures.objects.get().workers == 90

    client.post(sheet_url(), again(page))
    assert ClusterFigures.objects.get().workers == 100


def test_every_row_says_what_is_wrong_at_once(client, staff, clusters):
    client.force_login(staff)
    first, second, third = clusters
    mine = opened(client) | typed(first, workers="nhiều") | typed(second, leased_land="21") | typed(third, workers="1")
    client.post(sheet_url(), opened(client) | typed(first, workers="90") | typed(third, workers="2"))

    page = soup(client.post(sheet_url(), mine))

    summary = [one.get_text(" ", strip=True) for one in page.select(".form-errors li")]
    assert [text.split(" :")[0] for text in summary] == ["CCN A", "CCN B", "CCN C"]
    assert "Nhập số nguyên" in summary[0]
    assert "Người khác vừa lưu kỳ này" in summary[0]
    assert "lớn hơn đất công nghiệp" in summary[1]
    assert list(ClusterFigures.objects.order_by("pk").values_list("workers", flat=True)) == [90, 2]

    client.post(sheet_url(), again(page) | typed(first, workers="100") | typed(second, leased_land="20"))
    assert list(ClusterFigures.objects.order_by("pk").values_list("workers", flat=True)) == [100, 1, None]


def test_two_people_may_save_different_rows_of_one_screen(client, staff, clusters):
    client.force_login(staff)
    mine, theirs = opened(client), opened(client)
    client.post(sheet_url(), theirs | typed(clusters[0], workers="90"))
    client.post(sheet_url(), mine | typed(clusters[1], workers="80"))

    assert list(ClusterFigures.objects.order_by("pk").values_list("workers", flat=True)) == [90, 80]


def test_an_unchanged_screen_saves_nothing_and_an_emptied_row_goes(client, staff, clusters):
    figures = FiguresFactory(cluster=clusters[0], fdi_projects=None, operating_projects=None)
    client.force_login(staff)
    client.post(sheet_url(), opened(client))
    assert figures.events.count() == 1

    client.post(sheet_url(), opened(client) | typed(clusters[0], leased_land="", projects="", workers=""))
    assert not ClusterFigures.objects.exists()


def test_the_page_of_one_cluster_saves_its_row_with_a_note(client, staff, clusters):
    client.force_login(staff)
    url = f"{reverse('facilities:cluster-figures-edit', args=[clusters[0].pk])}?period=2025-H2"

    client.post(url, form_data(soup(client.get(url)), FORM) | typed(clusters[0], workers="70", note="Theo báo cáo"))

    row = ClusterFigures.objects.get()
    assert (row.year, row.half, row.workers, row.note) == (2025, 2, 70, "Theo báo cáo")


def test_the_screen_leaves_the_note_of_a_row_alone(client, staff, clusters):
    FiguresFactory(cluster=clusters[0], note="Theo báo cáo")
    client.force_login(staff)

    client.post(sheet_url(), opened(client) | typed(clusters[0], workers="71"))

    assert ClusterFigures.objects.values_list("workers", "note").get() == (71, "Theo báo cáo")


def test_a_period_twice_is_refused_by_the_database(staff, clusters):
    FiguresFactory(cluster=clusters[0])
    with pytest.raises(Exception, match="cluster_figures_once"):
        FiguresFactory(cluster=clusters[0])


def test_the_screen_holds_only_clusters_of_the_person_and_posts_no_others(client, staff, clusters):
    other = ClusterFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"), operating=True)
    client.force_login(staff)

    data = opened(client)
    client.post(sheet_url(), data | {"cluster": [*data["cluster"], str(other.pk)]} | typed(other, workers="5"))

    assert str(other.pk) not in data["cluster"]
    assert not ClusterFigures.objects.exists()


@pytest.mark.parametrize("period", ["", "2026", "2026-H9", "rác", "1995-H1"])
def test_a_period_that_is_no_half_year_opens_the_one_of_today(client, staff, clusters, period):
    client.force_login(staff)

    assert client.get(sheet_url(period)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for cluster in ClusterFactory.create_batch(count, province=staff.province, operating=True):
        FiguresFactory(cluster=cluster, year=2025, half=2)
    client.force_login(staff)

    with django_assert_num_queries(10):
        client.get(sheet_url())


def test_a_leader_does_not_enter_figures(client):
    client.force_login(UserFactory(role="leader"))

    assert client.get(sheet_url()).status_code == 403


@pytest.mark.parametrize(("removed_on", "is_shown"), [("2026-06-14", False), ("2026-06-15", True), (None, True)])
def test_a_cluster_is_entered_for_the_half_years_before_it_was_removed(client, staff, removed_on, is_shown):
    """The first half-year of 2026 ends for the report on 14 June (TT 14/2024 Đ3)."""
    cluster = ClusterFactory(province=staff.province, operating=True, removed_on=removed_on)
    client.force_login(staff)

    page = soup(client.get(sheet_url("2026-H1")))

    assert bool(page.select(f"#row-{cluster.pk}")) is is_shown
