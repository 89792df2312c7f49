"""Points: the screen of a juror, the averages of the minutes, what they come to."""

from decimal import Decimal

import pytest
from django.urls import reverse

from fairs.models import ScoreScale, ScoreSheet
from fairs.selection.standings import places
from tests.fairs.factories import EntryFactory, MemberFactory, RoundFactory, SheetFactory, complete, score
from tests.pages import cells, form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
FORM = "main form[data-kc-unsaved]"
NAMES = ("market", "economic", "cultural", "other")


@pytest.fixture
def scored(staff):
    """A round that is being scored by sheets: a jury of three, three dossiers."""
    round = RoundFactory(cycle__province=staff.province, scoring="sheets")
    MemberFactory.create_batch(7, round=round, body="council")
    MemberFactory.create_batch(3, round=round)
    complete(*EntryFactory.create_batch(3, round=round, average_score=None))
    score(round)
    return round


def jury(round):
    return list(round.members.filter(body="jury").order_by("pk"))


def screen(round, juror=None):
    return reverse("fairs:round-sheets", args=[round.pk]) + (f"?juror={juror.pk}" if juror else "")


def row(entry, *points):
    return {f"e{entry.pk}-{name}": value for name, value in zip(NAMES, points, strict=True)}


def entries(round):
    return list(round.entries.order_by("number", "pk"))


def test_a_jurors_points_go_in_and_come_back_with_the_total(client, staff, scored):
    juror, (first, *_) = jury(scored)[1], entries(scored)
    client.force_login(staff)
    data = form_data(soup(client.get(screen(scored, juror))), FORM)

    client.post(screen(scored, juror), data | row(first, "30,5", "28", "15", "8,25"))

    sheet = ScoreSheet.objects.get()
    assert (sheet.entry, sheet.juror, sheet.total, sheet.recorded_by) == (first, juror, Decimal("81.75"), staff)
    page = soup(client.get(screen(scored, juror)))
    shown = form_data(page, FORM)
    assert [shown[f"e{first.pk}-{name}"] for name in NAMES] == ["30,50", "28", "15", "8,25"]
    assert cells(page.select_one(f"#row-{first.pk}"))[-1] == "81,75"
    first.refresh_from_db()
    assert first.average_score == Decimal("81.75")


def test_rows_left_empty_are_not_saved_and_emptied_ones_go(client, staff, scored):
    juror, (first, second, _) = jury(scored)[0], entries(scored)
    SheetFactory(entry=first, juror=juror)
    client.force_login(staff)
    data = form_data(soup(client.get(screen(scored, juror))), FORM)

    client.post(screen(scored, juror), data | row(first, "", "", "", "") | row(second, "30", "30", "10", "0"))

    assert list(ScoreSheet.objects.values_list("entry", "total")) == [(second.pk, Decimal(70))]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (("35,01", "30", "10", "5"), "Thị trường: nhiều nhất 35 điểm."),
        (("30", "30", "10", "-1"), "Điểm không được âm."),
        (("30", "30", "10", ""), "Nhập đủ bốn tiêu chí, hoặc để trống cả dòng."),
        (("30", "chín", "10", "5"), "Kinh tế, kỹ thuật: nhập số, ví dụ 8,5."),
        (("30", "30", "10.5", "5"), "“10.5” đọc được hai cách"),
        (("30", "30", "10,555", "5"), "Điểm có nhiều nhất hai chữ số thập phân."),
    ],
)
def test_a_wrong_row_says_so_and_the_others_are_saved(client, staff, scored, points, said):
    juror, (first, second, _) = jury(scored)[0], entries(scored)
    client.force_login(staff)
    data = form_data(soup(client.get(screen(scored, juror))), FORM)

    page = soup(client.post(screen(scored, juror), data | row(first, *points) | row(second, "30", "30", "10", "5")))

    beside = page.select_one(f"#row-{first.pk}").find_next_sibling("tr")
    assert said in beside.get_text()
    assert list(ScoreSheet.objects.values_list("entry", flat=True)) == [second.pk]
    again = form_data(page, FORM)
    assert again[f"e{first.pk}-market"] == points[0]
    client.post(screen(scored, juror), again | row(first, "30", "30", "10", "6"))
    assert ScoreSheet.objects.get(entry=first).total == Decimal(76)
    assert ScoreSheet.objects.get(entry=second).total == Decimal(75)


def test_points_that_somebody_else_wrote_meanwhile_are_shown_not_overwritten(client, staff, scored):
    juror, (first, *_) = jury(scored)[0], entries(scored)
    client.force_login(staff)
    data = form_data(soup(client.get(screen(scored, juror))), FORM)
    SheetFactory(entry=first, juror=juror)

    page = soup(client.post(screen(scored, juror), data | row(first, "10", "10", "10", "10")))

    assert any("Người khác vừa ghi: 30,00 + 30,00 + 15,00 + 5,00" in one for one in sentences(page))
    assert ScoreSheet.objects.get().total == Decimal(80)
    client.post(screen(scored, juror), form_data(page, FORM))
    assert ScoreSheet.objects.get().total == Decimal(40)


def test_what_only_the_database_knows_is_said_and_nothing_saved(client, staff, scored):
    """No scale of the time: the page knows no bounds, the database refuses."""
    juror, (first, *_) = jury(scored)[0], entries(scored)
    client.force_login(staff)
    data = form_data(soup(client.get(screen(scored, juror))), FORM)
    ScoreScale.objects.all().delete()

    page = soup(client.post(screen(scored, juror), data | row(first, "30", "30", "10", "5")))

    assert "Chưa có thang điểm của thời gian này" in page.select_one(".form-errors").get_text()
    assert not ScoreSheet.objects.exists()


def test_a_screen_of_sixty_dossiers_and_five_jurors_takes_few_queries(client, staff, django_assert_max_num_queries):
    round = RoundFactory(cycle__province=staff.province, scoring="sheets")
    MemberFactory.create_batch(7, round=round, body="council")
    MemberFactory.create_batch(5, round=round)
    complete(*EntryFactory.create_batch(60, round=round, average_score=None))
    score(round)
    client.force_login(staff)
    for juror in jury(round):
        with django_assert_max_num_queries(20):
            data = form_data(soup(client.get(screen(round, juror))), FORM)
        for entry in entries(round):
            data |= row(entry, "30", "30", "15", "5")
        with django_assert_max_num_queries(30):
            client.post(screen(round, juror), data)

    assert ScoreSheet.objects.count() == 300
    with django_assert_max_num_queries(20):
        page = soup(client.get(reverse("fairs:round-scores", args=[round.pk])))
    assert len(page.select("tbody tr")) == 60


def test_averages_of_the_minutes_are_typed_with_a_comma(client, staff):
    round = RoundFactory(cycle__province=staff.province, scoring="minutes")
    first, second = EntryFactory.create_batch(2, round=round, average_score=None)
    complete(first, second)
    client.force_login(staff)
    data = form_data(soup(client.get(screen(round))), FORM)

    client.post(screen(round), data | {f"e{first.pk}-average_score": "82,5"})
    page = soup(client.post(screen(round), data | {f"e{second.pk}-average_score": "100,5"}))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.average_score, second.average_score) == (Decimal("82.5"), None)
    assert "Điểm trung bình: nhiều nhất 100 điểm." in page.select_one("td.errors").get_text()


def test_points_are_written_only_while_the_round_is_scored(client, staff):
    round = RoundFactory(cycle__province=staff.province, scoring="sheets")
    client.force_login(staff)

    page = soup(client.get(screen(round), follow=True))

    assert sentences(page) == ["Kỳ bình chọn đang ở bước “Nhận hồ sơ”: điểm chỉ ghi ở bước chấm điểm."]


def test_everybody_sees_the_points_and_only_staff_write_them(client, leader, scored):
    client.force_login(leader)

    page = soup(client.get(reverse("fairs:round-scores", args=[scored.pk])))

    assert page.select(".btn.main") == []
    assert client.post(screen(scored), {}).status_code == 403


def test_the_table_ranks_within_a_group_and_marks_jurors_far_apart(client, staff, scored):
    first, second, _ = entries(scored)
    one, two, _ = jury(scored)
    SheetFactory(entry=first, juror=one)
    SheetFactory(entry=first, juror=two, market=Decimal(10))
    SheetFactory(entry=second, juror=one)
    client.force_login(staff)

    page = soup(client.get(reverse("fairs:round-scores", args=[scored.pk])))

    assert [line[1:] for line in rows(page, "tbody tr")] == [
        ["1", "80,00", "đạt", "80", "", "", ""],
        ["2", "70,00", "đạt", "80", "60", "", "20"],
        ["", "", "chưa có điểm", "", "", "", ""],
    ]
    assert page.select_one("tbody tr:nth-child(2) .tag[data-tone=wait]").get_text() == "20"


def test_equal_averages_share_their_place():
    assert places([Decimal(80), None, Decimal(90), Decimal(80), Decimal(70)]) == [2, None, 1, 2, 4]


@pytest.mark.parametrize("query", ["", "?juror=", "?juror=0", "?juror=x"])
def test_points_of_nobody_in_the_jury_are_never_written_under_another(client, staff, scored, query):
    first, *_ = entries(scored)
    client.force_login(staff)
    data = form_data(soup(client.get(screen(scored))), FORM)

    page = soup(client.post(screen(scored) + query, data | row(first, "30,5", "28", "15", "8")))

    assert not ScoreSheet.objects.exists()
    assert "không rõ phiếu này của giám khảo nào" in page.select_one(".form-errors").get_text()
    assert form_data(page, FORM)[f"e{first.pk}-market"] == "30,5"
    assert not page.select(f"{FORM} button[type=submit]")


def test_the_form_names_its_juror_also_when_the_address_does_not(client, staff, scored):
    client.force_login(staff)

    form = soup(client.get(screen(scored))).select_one(FORM)

    assert form["action"] == f"?juror={jury(scored)[0].pk}"
