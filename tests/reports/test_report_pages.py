"""The pages of reports: who sees what, what is shown, and that the file is the one that was issued."""

import hashlib

import pytest
from django.urls import reverse

from khuyencong.enums import Role
from reports import services, storage
from reports.models import Report, Status
from tests.factories import (
    ContentFactory,
    LineageFactory,
    PlanFundingFactory,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
)
from tests.pages import cells, rows, sentences, soup

HTMX = {"HX-Request": "true"}
PAGES = ["report-detail", "report-progress", "report-download"]
ACTS = ["report-retry", "report-cancel"]


def url(name, report=None):
    return reverse(f"reports:{name}", args=[report.pk] if report else [])


def page(client, name, report=None, **headers):
    return soup(client.get(url(name, report), headers=headers))


@pytest.fixture
def someone(client, asked):
    """A member of the staff of the province of `asked()`, logged in."""
    user = UserFactory(role=Role.STAFF)
    client.force_login(user)
    return user


@pytest.fixture
def done(transactional_db, someone, decided, asked, client):
    """A finished report of one scheme of 2020."""
    report = asked(province=decided.province, requested_by=someone)
    services.build(report.pk)
    report.refresh_from_db()
    return report


# Who


@pytest.mark.parametrize("name", PAGES)
def test_a_report_of_another_province_does_not_exist(client, someone, asked, name):
    other = asked(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert client.get(url(name, other)).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_a_report_of_another_province_is_neither_retried_nor_cancelled(client, someone, asked, name):
    other = asked(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert client.post(url(name, other)).status_code == 404
    other.refresh_from_db()
    assert other.status == Status.QUEUED


@pytest.mark.parametrize("name", PAGES)
def test_the_whole_countrys_report_is_only_for_people_of_all_provinces(client, someone, asked, name):
    report = Report.objects.create(
        kind="giai-doan", first_year=2016, last_year=2020, cut_off="2020-12-31", requested_by=someone
    )
    assert client.get(url(name, report)).status_code == 404

    client.force_login(UserFactory(role=Role.LEADER, province=None))
    assert client.get(url(name, report)).status_code in {200, 302}


def test_a_report_of_a_merged_province_is_seen(client, someone, asked):
    old = ProvinceFactory(code="41", name="Tỉnh cũ")
    LineageFactory(predecessor=old, successor=someone.province)

    assert client.get(url("report-detail", asked(province=old))).status_code == 200


def test_people_who_only_read_see_no_form_and_no_buttons(client, asked):
    report = asked()
    client.force_login(UserFactory(role=Role.AUDITOR))

    assert page(client, "report-list").select("form[action*=reports]") == []
    assert page(client, "report-detail", report).select("main form") == []
    assert client.post(url("report-request"), {}).status_code == 403


@pytest.mark.parametrize("name", ["report-request", *ACTS])
def test_get_changes_nothing(client, someone, asked, name):
    report = asked() if name in ACTS else None

    assert client.get(url(name, report)).status_code == 405


# The list


def test_the_list_shows_what_has_ended_and_what_is_running(client, someone, asked):
    asked(first_year=2011)
    asked(status=Status.FAILED, error="Lỗi", first_year=2021)

    found = page(client, "report-list")

    listed = [row[:2] for row in rows(found, "#reports tbody tr")]
    assert [(name.split(" Số liệu")[0], status) for name, status in listed] == [
        ("Báo cáo tổng kết giai đoạn 2021 - 2025, tỉnh Nghệ An", "Bị lỗi")
    ]
    running = found.select_one("[hx-get]")
    assert running["hx-trigger"] == "every 1s"
    assert running.select_one("progress")["value"] == "0"


def test_the_list_does_not_show_other_provinces(client, someone, asked):
    asked(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    asked(province=ProvinceFactory(code="42", name="Hà Tĩnh"), status=Status.CANCELLED)

    found = page(client, "report-list")

    assert "Hà Tĩnh" not in found.get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, someone, asked, count, django_assert_num_queries):
    for n in range(count):
        asked(status=Status.FAILED, error="Lỗi")
        asked(first_year=2011 + 5 * n)
    client.get(url("report-list"))

    with django_assert_num_queries(10):
        client.get(url("report-list"))


def test_twenty_one_reports_are_two_pages(client, someone, asked):
    made = [asked(status=Status.CANCELLED, requested_by=someone) for _ in range(21)]

    first = page(client, "report-list")
    assert len(first.select("#reports tbody tr")) == 20
    second = soup(client.get(url("report-list") + first.select_one("a[rel=next]")["href"]))

    assert [link["href"] for link in second.select("#reports a.title")] == [made[0].get_absolute_url()]


# Asking


def test_asking_leads_to_the_reports_own_page(client, someone):
    found = page(client, "report-list")
    data = {"kind": "giai-doan", "province": someone.province_id, "period": "2016-2020", "cut_off": "31/12/2020"}
    assert {control["name"] for control in found.select("form[action*=reports] [name]")} >= set(data)

    response = client.post(url("report-request"), data)

    report = Report.objects.get()
    assert (response.status_code, response.url) == (302, report.get_absolute_url())
    assert (report.requested_by, report.status) == (someone, Status.QUEUED)


def test_the_same_report_twice_is_refused_with_a_way_to_the_running_one(client, someone, asked):
    running = asked(province=someone.province)
    data = {"kind": "giai-doan", "province": someone.province_id, "period": "2016-2020", "cut_off": "31/12/2020"}

    found = soup(client.post(url("report-request"), data))

    assert "Báo cáo này đang được lập. Hãy đợi nó xong rồi lập lại." in sentences(found)
    assert found.select_one(f"main a.btn[href='{running.get_absolute_url()}']")
    assert Report.objects.count() == 1


# Being built, failed, cancelled


def test_progress_is_a_fragment_that_asks_again_every_second(client, someone, asked):
    report = asked()
    Report.objects.filter(pk=report.pk).update(progress=42, progress_note="Ghi dòng 40 trong 100")

    fragment = page(client, "report-progress", report, **HTMX)
    whole = page(client, "report-detail", report)

    assert fragment.select("html") == []
    part = fragment.select_one("[hx-get]")
    assert part["hx-get"] == url("report-progress", report)
    assert "Ghi dòng 40 trong 100" in part.get_text()
    assert str(whole.select_one(f"#{part['id']}")) == str(part)


def test_progress_without_htmx_is_the_page_itself(client, someone, asked):
    report = asked()

    assert client.get(url("report-progress", report)).url == report.get_absolute_url()


def test_the_page_is_loaded_anew_when_the_report_has_ended(client, someone, asked):
    report = asked(status=Status.FAILED, error="Lỗi")
    here = {"HX-Current-URL": f"http://testserver{report.get_absolute_url()}"}

    assert client.get(url("report-progress", report), headers=HTMX | here).headers["HX-Refresh"] == "true"


def test_in_the_list_an_ended_report_says_so_and_asks_no_more(client, someone, asked):
    report = asked(status=Status.FAILED, error="Lỗi")
    here = {"HX-Current-URL": f"http://testserver{url('report-list')}"}

    fragment = soup(client.get(url("report-progress", report), headers=HTMX | here))

    assert fragment.select("[hx-get]") == []
    assert "Bị lỗi" in fragment.get_text()


def test_a_failed_report_says_why_and_is_retried(client, someone, asked):
    report = asked(status=Status.FAILED, error="Máy chủ hết chỗ.", attempts=3)
    assert sentences(page(client, "report-detail", report)) == ["Chưa lập được báo cáo. Máy chủ hết chỗ."]

    response = client.post(url("report-retry", report))

    report.refresh_from_db()
    assert response.url == report.get_absolute_url()
    assert (report.status, report.attempts, report.requested_by) == (Status.QUEUED, 0, someone)


def test_retrying_what_is_already_running_says_so(client, someone, asked):
    failed = asked(status=Status.FAILED, error="Lỗi")
    asked(province=failed.province)

    found = soup(client.post(url("report-retry", failed), follow=True))

    assert "Báo cáo này đang được lập. Hãy đợi nó xong rồi lập lại." in sentences(found)


def test_a_running_report_is_cancelled(client, someone, asked):
    report = asked()

    found = soup(client.post(url("report-cancel", report), follow=True))

    report.refresh_from_db()
    assert report.status == Status.CANCELLED
    assert "Báo cáo đã bị hủy" in found.get_text()


def test_a_report_without_a_file_has_none_to_fetch(client, someone, asked):
    report = asked()

    assert client.get(url("report-download", report)).url == report.get_absolute_url()


# Done


def test_a_finished_report_shows_its_figures(client, done):
    found = page(client, "report-detail", done)

    strip = [" ".join(part.get_text(" ", strip=True).split()) for part in found.select(".totals > div")]
    assert strip == ["Đề án 1", "Tổng kinh phí (triệu đồng) 0,00015", "Tỉnh 0,00015 · 100,00%"]
    assert cells(found.select_one("#sources tfoot tr")) == ["Tổng cộng", "1", "150", "100,00%"]
    assert rows(found, "#years tbody tr")[-1] == ["2020", "1", "150", "150"]
    assert rows(found, "#groups tbody tr") == [
        ["Ứng dụng máy móc, thiết bị tiên tiến KC03.04", "1", "150", "100,00%", ""]
    ]
    assert "Đối ứng của cơ sở: 70 đồng, 1 đề án" in found.get_text()
    assert done.sha256 in found.get_text()


def test_the_chart_has_the_same_figures_in_billions(client, done):
    response = client.get(url("report-detail", done))

    chart = response.context["chart"]
    assert chart["labels"] == ["2016", "2017", "2018", "2019", "2020"]
    assert chart["series"] == [{"label": "Tỉnh", "tone": "province", "values": ["0", "0", "0", "0", "0.00000015"]}]


def test_figures_lead_to_the_schemes_behind_them(client, done):
    found = page(client, "report-detail", done)

    links = [link["href"] for link in found.select("#years tbody a, #sources tbody a, #groups a")]
    assert links == [
        "/schemes/?year=2020",
        "/schemes/?year=2020&source=province",
        "/schemes/?source=province",
        "/schemes/?content=KC03.04",
    ]
    for link in links:
        assert len(soup(client.get(link)).select("main tbody tr")) >= 1


def test_money_of_no_scheme_leads_nowhere(client, transactional_db, someone, decided, asked):
    funding = PlanFundingFactory(province=decided.province, approved_amount=50, proposed_amount=50)
    funding.confirmed_by, funding.confirmed_at = UserFactory(role=Role.REVIEWER), funding.created_at
    funding.save()
    report = asked(province=decided.province)
    services.build(report.pk)

    found = page(client, "report-detail", report)

    assert [link["href"] for link in found.select("#years a[href*=district], #sources a[href*=district]")] == []
    assert "Ngân sách huyện: 50 đồng" in found.get_text()


def test_a_merged_provinces_figures_do_not_lead_people_of_all_provinces_astray(client, done):
    """The list filters by one province as it was; a report of a province with predecessors is about several."""
    leader = UserFactory(role=Role.LEADER, province=None)
    client.force_login(leader)
    assert page(client, "report-detail", done).select("#years tbody a")[0]["href"] == (
        f"/schemes/?year=2020&province={done.province_id}"
    )

    LineageFactory(predecessor=ProvinceFactory(code="41", name="Tỉnh cũ"), successor=done.province)

    assert page(client, "report-detail", done).select("#years tbody a") == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_finished_report_costs_the_same_for_one_and_three_schemes(
    client, transactional_db, someone, decided, asked, count, django_assert_num_queries
):
    for n in range(count - 1):
        content = ContentFactory(code=f"KC0{n + 4}.01", name=f"Nội dung {n}")
        SchemeFactory(province=decided.province, content=content, money={"province": 5}, state="approved")
    report = asked(province=decided.province)
    services.build(report.pk)

    with django_assert_num_queries(5):
        client.get(url("report-detail", report))


def test_the_downloaded_file_is_the_one_that_was_issued(client, done):
    response = client.get(url("report-download", done))

    content = b"".join(response.streaming_content)
    assert hashlib.sha256(content).hexdigest() == done.sha256
    assert (
        response.headers["Content-Disposition"] == 'attachment; filename="tong-ket-khuyen-cong-nghe-an-2016-2020.xlsx"'
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"khac")])
def test_a_lost_or_altered_file_is_said_plainly(client, done, damage):
    damage(done.path)

    response = client.get(url("report-download", done))

    assert response.status_code == 409
    assert "không còn nguyên vẹn" in soup(response).select_one("h1").get_text()


def test_building_a_finished_report_again_keeps_the_old_one(client, done):
    response = client.post(url("report-retry", done))

    new = Report.objects.order_by("pk").last()
    assert (new.pk != done.pk, response.url) == (True, new.get_absolute_url())
    assert storage.read(done)
