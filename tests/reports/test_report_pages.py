"""The pages of reports: who sees what, what is shown, and that the file is the one that was issued."""

import hashlib

import pytest
from django.urls import reverse

from khuyencong.enums import Role
from khuyencong.periods import FiveYears
from reports import kinds, services, storage
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


def page(client, name, report=None, query="", **headers):
    return soup(client.get(url(name, report) + query, headers=headers))


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
    report = Report.objects.create(kind="giai-doan", period=FiveYears(2016), cut_off="2020-12-31", requested_by=someone)
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
    asked(period=FiveYears(2011))
    asked(status=Status.FAILED, error="Lỗi", period=FiveYears(2021))

    found = page(client, "report-list")

    listed = [row[:2] for row in rows(found, "#reports tbody tr")]
    assert [(name.split(" số liệu")[0], status) for name, status in listed] == [
        ("Báo cáo tổng kết khuyến công giai đoạn 2021 - 2025, tỉnh Nghệ An Địa giới tại thời điểm ·", "Bị lỗi")
    ]
    running = found.select_one("main [hx-get]")
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
        asked(period=FiveYears(2011 + 5 * n))
    client.get(url("report-list"))

    with django_assert_num_queries(12):
        client.get(url("report-list"))


def test_twenty_one_reports_are_two_pages(client, someone, asked):
    made = [asked(status=Status.CANCELLED, requested_by=someone) for _ in range(21)]

    first = page(client, "report-list")
    assert len(first.select("#reports tbody tr")) == 20
    second = soup(client.get(url("report-list") + first.select_one("a[rel=next]")["href"]))

    assert [link["href"] for link in second.select("#reports a.title")] == [made[0].get_absolute_url()]


# Asking


def wanted(**changes):
    """What the form posts."""
    asked = {"kind": "giai-doan", "boundaries": "as_was", "period": "2016-2020", "cut_off": "31/12/2020"}
    return asked | changes


def test_asking_leads_to_the_reports_own_page(client, someone):
    found = page(client, "report-list")
    data = wanted(province=someone.province_id)
    assert {control["name"] for control in found.select("form[action*=reports] [name]")} >= set(data)

    response = client.post(url("report-request"), data)

    report = Report.objects.get()
    assert (response.status_code, response.url) == (302, report.get_absolute_url())
    assert (report.requested_by, report.status) == (someone, Status.QUEUED)


def test_the_same_report_twice_is_refused_with_a_way_to_the_running_one(client, someone, asked):
    running = asked(province=someone.province)
    data = wanted(province=someone.province_id)

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
    territory = f"/schemes/?boundaries=as_was&province={done.province_id}"
    assert links == [
        f"{territory}&year=2020",
        f"{territory}&year=2020&source=province",
        f"{territory}&source=province",
        f"{territory}&content=KC03.04",
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


def test_figures_of_a_merged_province_lead_to_the_schemes_of_what_it_was(client, transactional_db, decided, asked):
    """By today's boundaries to the schemes of all its parts; from the line of a former province to its own."""
    client.force_login(UserFactory(role=Role.LEADER, province=None))
    before = ProvinceFactory(code="41", name="Hà Cũ")
    LineageFactory(predecessor=before, successor=decided.province)
    SchemeFactory(province=before, money={"province": 5}, state="approved")
    SchemeFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"), money={"province": 7}, state="approved")
    report = asked(province=decided.province, boundaries="today")
    services.build(report.pk)

    found = page(client, "report-detail", report)

    assert "theo địa giới hiện nay" in found.select_one("main h1 + p").get_text()
    year = found.select_one("#years tbody tr:last-child a")
    assert (year.get_text(), len(soup(client.get(year["href"])).select("#schemes tbody tr"))) == ("2", 2)
    lines = found.select("#territories tbody tr")
    assert [cell.get_text() for line in lines for cell in line.select("th, td")] == [
        *("Hà Cũ (đến 30/06/2020)", "1", "5", "5"),
        *("Nghệ An", "1", "150", "150"),
    ]
    own = lines[0].select_one("a")["href"]
    assert len(soup(client.get(own)).select("#schemes tbody tr")) == 1


def test_a_kind_is_chosen_by_a_link(client, someone):
    found = page(client, "report-list")

    links = found.select("nav[aria-label='Loại báo cáo'] a")
    assert [(link["href"], link.get("aria-current")) for link in links] == [
        (f"?kind={key}", "true" if key == "giai-doan" else None) for key in kinds.CATALOGUE
    ]
    last = soup(client.get(url("report-list") + links[-1]["href"]))
    assert last.select_one("input[name=kind]")["value"] == list(kinds.CATALOGUE)[-1]
    assert page(client, "report-list", query="?kind=khac").select_one("input[name=kind]")["value"] == "giai-doan"


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
