"""Biểu 03, Biểu 04 and the list of clusters: from the database to the cells of a workbook."""

import datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from khuyencong.periods import parse_period
from reports import kinds, workbook
from reports.figures.cluster_rows import ClusterRow, ClusterRows, FigureRow
from reports.figures.clusters import cluster_report
from reports.layouts.clusters import commune_sheets, sheets
from reports.models import Report
from reports.pages.clusters import page
from tests.facilities.factories import ClusterFactory, FiguresFactory
from tests.factories import CommuneFactory, ProvinceFactory, UserFactory
from tests.pages import rows as page_rows
from tests.pages import soup
from tests.reports.test_cluster_figures import CLUSTERS, FIRST_HALF, report

BIEU = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả (Luỹ kế đến thời điểm báo cáo)", "Ghi chú")


def book_of(sheets):
    file = BytesIO()
    workbook.write(sheets, file)
    return load_workbook(file)


def table(sheet, first="TT"):
    """The rows of cells from the heading on."""
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(i for i, row in enumerate(found) if row[0] == first)
    return found[start:]


def by_number(sheet):
    return {row[0]: row[1:] for row in table(sheet) if row[0] and row[1]}


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def test_bieu_04_has_exactly_the_columns_and_rows_of_the_circular():
    sheet = book_of(sheets(report("2026-H1")))["Biểu 04"]

    heading, *lines = table(sheet)
    numbers = [line[0] for line in lines[:38]]
    fifteen = ["15", "15.1", "15.2", "15.3", "15.4", "16", "16.1", "16.2", "16.3", "16.4"]
    assert tuple(heading) == BIEU
    assert numbers == [
        "I",
        "1",
        "2",
        "II",
        *(str(n) for n in range(3, 15)),
        "III",
        *fifteen,
        *(str(n) for n in range(17, 28)),
    ]
    assert "GIÁM ĐỐC SỞ CÔNG THƯƠNG" in texts(sheet)


def test_amounts_are_printed_in_tỷ_and_hectares_and_counts_as_they_are():
    rows = by_number(book_of(sheets(report("2026-H1")))["Biểu 04"])

    assert rows["13"][1:3] == ["tỷ đồng", 200]
    assert rows["23"][1:3] == ["tỷ đồng", 20.5]
    assert rows["2"][1:3] == ["ha", 92.5]
    assert rows["25"][1:3] == ["người", 240]
    assert rows["19"][1:3] == ["%", 50]
    assert rows["15.3"][3] == "Không cộng vào tổng"


def test_what_nobody_reported_is_an_empty_cell_with_a_note_and_the_clusters_are_named():
    sheet = book_of(sheets(report("2026-H1", figures=())))["Biểu 04"]

    assert by_number(sheet)["25"][2:] == [None, "Chưa có số liệu"]
    assert any(
        "Chưa có số liệu kỳ này (2 cụm): Đang hoạt động; Hoạt động khi chưa thành lập." in t for t in texts(sheet)
    )


def test_the_list_behind_the_form_adds_up_to_its_rows():
    rows = table(book_of(sheets(report("2026-H1")))["Danh sách cụm"], first="Tên cụm")

    heading, *lines = rows
    total = next(line for line in lines if line[0] == "Tổng cộng")
    column = {name: place for place, name in enumerate(heading)}
    assert [line[0] for line in lines[:3]] == ["Mới có phương án", "Đang hoạt động", "Hoạt động khi chưa thành lập"]
    assert total[column["Diện tích phương án"]] == 92.5
    assert total[column["Doanh thu"]] == 20.5


def test_bieu_03_is_signed_by_the_commune():
    book = book_of(commune_sheets(report("2026-H1")))

    assert book.sheetnames == ["Biểu 03", "Danh sách cụm"]
    assert "TM. ỦY BAN NHÂN DÂN" in texts(book["Biểu 03"])


def test_json_keeps_the_exact_đồng_beside_the_printed_unit():
    found = kinds.find("ccn").as_json(report("2026-H1"))

    rows = {row["number"]: row for row in found["rows"]}
    assert (rows["23"]["value"], rows["23"]["amount"]) == (20.5, 20_500_000_000)
    assert found["plan"] == {"clusters": 3, "area": 92.5, "average_area": 30.83}
    assert len(rows) == 35


def test_the_page_shows_stored_figures_and_what_is_missing():
    class Stored:
        shown = kinds.find("ccn").as_json(report("2026-H1", figures=()))

    context = page(Stored, None)

    assert [one["value"] for one in context["totals"]] == ["3", "92,50", "30,83", "1", "2", "—"]
    assert [one["names"] for one in context["gaps"]] == [["Đang hoạt động", "Hoạt động khi chưa thành lập"]]
    assert [len(section["rows"]) for section in context["sections"]] == [2, 12, 21]


def test_the_cluster_of_a_kind_nobody_has_is_a_zero_and_not_a_gap():
    one = ClusterRow(1, "Một", "general", planned_on=datetime.date(2021, 1, 1), planned_area=Decimal(20))
    subject = report("2026-H1").subject

    found = cluster_report(ClusterRows((one,), ()), subject)

    assert (found.value("15.3"), found.value("16.3")) == (0, 0)


def test_rows_are_read_with_a_fixed_number_of_queries(db, django_assert_num_queries):
    from reports import cluster_sources  # noqa: PLC0415  settings first
    from reports.coverage import Coverage  # noqa: PLC0415
    from reports.kinds.contract import Question  # noqa: PLC0415

    province = ProvinceFactory()
    for cluster in ClusterFactory.create_batch(3, province=province, operating=True):
        FiguresFactory(cluster=cluster, year=2026, half=1)
    subject = report("2026-H1").subject
    question = Question(Coverage(province), subject.period, subject.cut_off)
    _ = question.coverage.ids

    with django_assert_num_queries(2):
        rows = cluster_sources.read(question)

    assert (len(rows.clusters), len(rows.figures)) == (3, 3)
    assert rows.figures[0] == FigureRow(
        rows.figures[0].cluster_id, 2026, 1, None, Decimal(5), 4, 1, 3, None, None, 120, "none"
    )


@pytest.mark.django_db(transaction=True)
def test_the_command_counts_a_place_under_all_its_names():
    from khuyencong.models import ProvinceLineage  # noqa: PLC0415

    old = ProvinceFactory(code="22", name="Quảng Ninh", valid_to=datetime.date(2025, 6, 30))
    new = ProvinceFactory(code="22", name="Quảng Ninh", valid_from=datetime.date(2025, 7, 1))
    ProvinceLineage.objects.create(predecessor=old, successor=new, kind="unchanged")
    ClusterFactory(province=old, planned_on=datetime.date(2021, 12, 14), planned_area=Decimal("53.52"))
    ClusterFactory(province=new, planned_on=datetime.date(2021, 12, 15), planned_area=Decimal("10"))
    ClusterFactory(province=ProvinceFactory(code="40"))
    out = StringIO()

    call_command("build_report", "ccn", "--province", "22", "--period", "2021", stdout=out)

    assert "1 Số CCN trong phương án phát triển: 1 cụm" in out.getvalue()
    assert "2 Tổng diện tích CCN trong phương án phát triển: 53,52 ha" in out.getvalue()


def content(response):
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def test_the_list_is_exported_as_it_is_filtered(client, staff):
    cluster = ClusterFactory(name="CCN A", province=staff.province, operating=True)
    FiguresFactory(cluster=cluster, leased_land=Decimal("12.5"))
    ClusterFactory(name="CCN B", province=staff.province)
    ClusterFactory(name="CCN khác", province=ProvinceFactory(code="42", name="Hà Tĩnh"), operating=True)
    client.force_login(staff)

    sheet = content(client.get(reverse("reports:cluster-export"), {"stage": "operating"})).active

    heading, line, total, *_ = table(sheet, first="Tên cụm")
    column = {name: place for place, name in enumerate(heading)}
    assert (line[0], total[0]) == ("CCN A", "Tổng cộng")
    assert [line[column[name]] for name in ("Đất công nghiệp", "Đã cho thuê", "Lấp đầy (%)")] == [20, 12.5, 62.5]
    assert total[column["Đã cho thuê"]] == 12.5


def test_bieu_03_holds_the_clusters_of_one_commune_of_today(client, staff):
    here = CommuneFactory(name="Diễn Châu", province=staff.province)
    there = CommuneFactory(name="Nghi Lộc", province=staff.province)
    ClusterFactory(name="CCN ở đây", province=staff.province, commune=here)
    ClusterFactory(name="CCN ở kia", province=staff.province, commune=there)
    client.force_login(staff)

    book = content(client.get(reverse("reports:cluster-form-03"), {"commune": here.pk, "period": "2026-H1"}))

    assert by_number(book["Biểu 03"])["1"][2] == 1
    assert "UBND XÃ DIỄN CHÂU" in texts(book["Biểu 03"])
    assert "CCN ở đây" in texts(book["Danh sách cụm"])
    assert "CCN ở kia" not in texts(book["Danh sách cụm"])


def test_bieu_03_of_another_provinces_commune_leads_back_with_a_sentence(client, staff):
    there = CommuneFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(staff)

    url = reverse("reports:cluster-form-03")
    response = client.get(url, {"commune": there.pk, "period": "2026-H1"}, follow=True)

    assert response.redirect_chain[0][0] == reverse("facilities:cluster-list")
    assert "Không có đơn vị này trong địa bàn của bạn." in soup(response).select_one(".messages").get_text()


def test_figures_made_by_hand_are_those_of_the_sheet():
    rows = by_number(book_of(sheets(report("2026-H1", CLUSTERS, FIRST_HALF)))["Biểu 04"])

    assert [rows[n][2] for n in ("15", "15.1", "15.2", "16", "16.1", "16.2", "17", "18")] == [
        2,
        1,
        1,
        39,
        28,
        11,
        30,
        15,
    ]


def test_the_page_of_a_finished_report_shows_the_form(client, staff):
    now = timezone.now()
    done = Report.objects.create(
        kind="ccn",
        province=staff.province,
        period=parse_period("2026-H1"),
        cut_off=datetime.date(2026, 7, 1),
        requested_by=staff,
        status="done",
        figures=kinds.find("ccn").as_json(report("2026-H1")),
        file_name="a.xlsx",
        file_size=1,
        sha256="0" * 64,
        finished_at=now,
        data_as_of=now,
    )
    client.force_login(staff)

    shown = {row[0]: row[3] for row in page_rows(soup(client.get(done.get_absolute_url())), "#indicators tbody tr")}

    assert (shown["2"], shown["13"], shown["15.2"], shown["19"]) == ("92,50", "200,00", "1", "50,00")


@pytest.mark.parametrize("role", ["reviewer", "auditor", "administrator"])
def test_the_admin_shows_a_cluster_with_its_parts_and_changes_nothing(client, db, role):
    person = UserFactory(role=role)
    figures = FiguresFactory(cluster__province=person.province)
    client.force_login(person)
    url = reverse("admin:facilities_industrialcluster_change", args=[figures.cluster_id])

    shown = client.get(url)

    assert shown.status_code == 200
    assert figures.cluster.name in shown.content.decode()
    assert not soup(shown).select("input[name=_save], [name=figures-0-workers]")
    assert client.post(url, {"name": "khác"}).status_code == 403
    assert (
        client.get(reverse("admin:facilities_industrialcluster_history", args=[figures.cluster_id])).status_code == 200
    )


def test_a_report_made_before_a_gap_was_looked_for_is_still_shown():
    class Stored:
        shown = kinds.find("ccn").as_json(report("2026-H1"))

    del Stored.shown["gaps"]["without_land"]

    assert page(Stored, None)["gaps"] == []
