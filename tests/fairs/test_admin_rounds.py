"""The desk of a selection round: what a reviewer sees, concludes, reopens and certifies there."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fairs.admin.desk import scoring_since
from fairs.enums import EntryStatus, RoundStatus
from fairs.models import Certificate, Entry, SelectionRound
from tests.factories import ProvinceFactory
from tests.fairs.desk_factories import jury_round, scored_round
from tests.fairs.factories import ComplaintFactory, EntryFactory, RoundFactory, SheetFactory
from tests.pages import soup

pytestmark = pytest.mark.django_db
POINTS = {"Nước mắm": Decimal(88), "Tương": Decimal("69.5")}
DECISION = {
    "decision": "conclude",
    "decision_number": "215/QĐ-UBND",
    "decided_on": "15/09/2020",
    "minutes_number": "03/BB-HĐ",
    "minutes_on": "10/09/2020",
    "announced_on": "",
}
LIST = "admin:fairs_selectionround_changelist"


def desk(round):
    return reverse("admin:fairs_selectionround_change", args=[round.pk])


def answers(round, page, **changed):
    """What the form of the page would send: the proposed results, the decision, and what is `changed` of it."""
    form = soup(page)
    results = {
        one["name"]: (one.select_one("option[selected]") or {"value": one.get("value")})["value"]
        for one in form.select("[name^=result_]")
    }
    return DECISION | {"seen": form.select_one("[name=seen]")["value"]} | results | changed


@pytest.fixture
def at_desk(client, reviewer):
    client.force_login(reviewer)
    return client


def test_the_list_begins_with_what_waits_for_a_reviewer(at_desk, reviewer):
    scored_round(reviewer.province, POINTS, opens_on=datetime.date(2018, 3, 2))
    jury_round(reviewer.province)
    open_one = scored_round(reviewer.province, {})
    open_one.status = RoundStatus.OPEN
    open_one.save()

    rows = soup(at_desk.get(reverse(LIST))).select("#result_list tbody tr")

    assert [row.select_one(".field-state").get_text() for row in rows] == ["Chấm điểm", "Chấm điểm", "Nhận hồ sơ"]
    assert len(soup(at_desk.get(reverse(LIST, query={"waits": "conclusion"}))).select("#result_list tbody tr")) == 2


def test_the_list_costs_the_same_for_one_and_for_three(at_desk, reviewer):
    def queries():
        with CaptureQueriesContext(connection) as found:
            at_desk.get(reverse(LIST))
        return len(found)

    scored_round(reviewer.province, POINTS)
    one = queries()
    scored_round(reviewer.province, POINTS)
    scored_round(reviewer.province, POINTS)

    assert queries() == one


def test_the_list_counts_the_dossiers_that_were_not_withdrawn(at_desk, reviewer):
    round = RoundFactory(cycle__province=reviewer.province)
    EntryFactory(round=round)
    gone = EntryFactory(round=round)
    gone.status = EntryStatus.WITHDRAWN
    gone.save()

    page = soup(at_desk.get(reverse(LIST)))

    assert page.select_one("#result_list .field-dossiers").get_text() == "1"


def test_the_history_costs_the_same_for_two_dossiers_and_for_six(at_desk, reviewer):
    found = []
    for count in (2, 6):
        points = {f"Sản phẩm {count} {n}": Decimal(80) for n in range(count)}
        round = concluded(at_desk, reviewer.province, points)
        at_desk.post(desk(round), issue_form(at_desk.get(desk(round))))
        round.announced_on = datetime.date(2020, 9, 16)
        round.save()
        for entry in round.entries.all():
            ComplaintFactory(round=round, entry=entry)
        with CaptureQueriesContext(connection) as queries:
            page = at_desk.get(reverse("admin:fairs_selectionround_history", args=[round.pk])).content.decode()
        assert all(name in page for name in points)
        found.append(len(queries))

    assert found[0] == found[1]


def test_the_desk_proposes_results_by_the_pass_mark(at_desk, reviewer):
    round = scored_round(reviewer.province, POINTS)

    page = soup(at_desk.get(desk(round)))
    good, bad = page.select("table.results tbody tr")

    assert good.select_one("select option[selected]").get_text() == "Được công nhận"
    assert "1/2" in good.get_text()
    assert (bad.select_one("input[type=hidden]")["value"], bad.select_one("select")) == ("0", None)
    assert "69,5 điểm, chưa đạt 70" in bad.get_text()


def test_the_desk_shows_how_far_jurors_lie_apart_and_what_is_missing(at_desk, reviewer):
    round = jury_round(reviewer.province, products=["Nước mắm"])
    first, second, _ = round.members.filter(body="jury")
    entry = round.entries.get()
    SheetFactory(entry=entry, juror=first)
    SheetFactory(entry=entry, juror=second, market=20)

    row = soup(at_desk.get(desk(round))).select_one("table.results tbody tr").get_text(" ", strip=True)

    assert "75 thiếu 1 phiếu" in row
    assert "70 – 80 chênh 10" in row


def test_the_desk_costs_the_same_for_two_dossiers_and_for_five(at_desk, reviewer):
    few = scored_round(reviewer.province, POINTS)
    many = scored_round(reviewer.province, {f"Sản phẩm {n}": Decimal(80) for n in range(5)})
    found = []
    for round in (few, many):
        with CaptureQueriesContext(connection) as queries:
            at_desk.get(desk(round))
        found.append(len(queries))

    assert found[0] == found[1]


def test_a_reviewer_concludes_once_however_often_the_button_is_pressed(at_desk, reviewer):
    round = scored_round(reviewer.province, POINTS)
    sent = answers(round, at_desk.get(desk(round)))

    pressed = [at_desk.post(desk(round), sent) for _ in range(2)]

    round.refresh_from_db()
    assert [answer.status_code for answer in pressed] == [302, 302]
    assert (round.status, round.concluded_by, round.decision_number) == (
        RoundStatus.CONCLUDED,
        reviewer,
        "215/QĐ-UBND",
    )
    results = dict(Entry.objects.filter(round=round).values_list("product__name", "status"))
    assert results == {"Nước mắm": EntryStatus.PASSED, "Tương": EntryStatus.FAILED}


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"decision_number": ""}, "decision_number", "Nhập số quyết định công nhận."),
        ({"decided_on": "31/02/2020"}, "decided_on", "Không có ngày này"),
        ({"decided_on": "15/09/2099", "announced_on": ""}, "decided_on", "Ngày quyết định không được ở tương lai."),
        ({"decided_on": "01/01/2020"}, "decided_on", "Ngày quyết định không được trước ngày"),
        ({"announced_on": "01/09/2020"}, "announced_on", "Ngày công bố không được trước ngày quyết định."),
    ],
)
def test_refusals_stand_beside_what_they_concern_and_nothing_typed_is_lost(at_desk, reviewer, changed, field, sentence):
    round = scored_round(reviewer.province, POINTS)

    page = soup(at_desk.post(desk(round), answers(round, at_desk.get(desk(round)), **changed)))

    round.refresh_from_db()
    assert sentence in page.select_one(f"#id_{field}_error").get_text()
    assert page.select_one("#id_minutes_number")["value"] == "03/BB-HĐ"
    assert (round.status, set(round.entries.values_list("status", flat=True))) == ("scoring", {"complete"})


def test_a_dossier_below_the_mark_is_refused_in_its_row(at_desk, reviewer):
    round = scored_round(reviewer.province, POINTS)
    low = round.entries.get(product__name="Tương")

    page = soup(at_desk.post(desk(round), answers(round, at_desk.get(desk(round)), **{f"result_{low.pk}": "1"})))

    assert "không công nhận được: 69,5 điểm, chưa đạt 70" in page.select_one(f"#id_result_{low.pk}_error").get_text()


def test_points_that_changed_after_the_page_was_opened_are_told(at_desk, reviewer):
    round = scored_round(reviewer.province, POINTS)
    sent = answers(round, at_desk.get(desk(round)))
    Entry.objects.filter(product__name="Nước mắm").update(average_score=75)

    page = soup(at_desk.post(desk(round), sent))

    round.refresh_from_db()
    assert "vừa thay đổi" in page.select_one(".form-errors").get_text()
    assert (round.status, page.select_one("[name=seen]")["value"] != sent["seen"]) == ("scoring", True)
    assert at_desk.post(desk(round), answers(round, at_desk.get(desk(round)))).status_code == 302


def test_a_missing_sheet_stops_the_conclusion_with_the_databases_words(at_desk, reviewer):
    round = jury_round(reviewer.province, products=["Nước mắm"])
    SheetFactory(entry=round.entries.get(), juror=round.members.filter(body="jury").first())

    page = soup(at_desk.post(desk(round), answers(round, at_desk.get(desk(round)))))

    assert "Còn 2 phiếu chấm chưa nhập" in page.select_one(".form-errors").get_text()


def test_who_made_the_round_does_not_conclude_it(at_desk, reviewer):
    round = scored_round(reviewer.province, POINTS, created_by=reviewer)
    opened = at_desk.get(desk(round))

    page = soup(opened)

    assert "Bạn là người lập kỳ bình chọn này" in page.get_text()
    assert page.select_one("[name=decision]") is None
    entries = {f"result_{pk}": "0" for pk in round.entries.values_list("pk", flat=True)}
    at_desk.post(desk(round), DECISION | entries | {"seen": "x"})
    round.refresh_from_db()
    assert round.status == RoundStatus.SCORING


def test_only_reviewers_of_the_province_conclude(client, at_desk, reviewer, auditor, administrator):
    elsewhere = scored_round(ProvinceFactory(code="01", name="Hà Nội"), POINTS)
    here = scored_round(reviewer.province, POINTS)

    assert at_desk.get(desk(elsewhere)).status_code == at_desk.post(desk(elsewhere), DECISION).status_code == 404
    for person in (auditor, administrator):
        client.force_login(person)
        assert soup(client.get(desk(here))).select_one("form [name=decision]") is None
        assert client.post(desk(here), DECISION).status_code == 403


def concluded(client, province, points=None):
    round = scored_round(province, points or {"Nước mắm": Decimal(88), "Miến": Decimal(80)})
    client.post(desk(round), answers(round, client.get(desk(round))))
    round.refresh_from_db()
    return round


def numbers(page):
    return [one["value"] for one in soup(page).select("[name^=number_]")]


def issue_form(page, **changed):
    fields = soup(page).select("form[aria-labelledby=issue-title] input[name]")
    sent = {one["name"]: one.get("value", "") for one in fields if one["name"] != "csrfmiddlewaretoken"}
    return sent | changed


def test_certificates_are_given_to_all_at_once_and_only_once(at_desk, reviewer):
    round = concluded(at_desk, reviewer.province)
    page = at_desk.get(desk(round))
    assert numbers(page) == ["01/GCN", "02/GCN"]

    counted = at_desk.post(desk(round), issue_form(page, pattern="{n:03d}/GCN-UBND", first="9", renumber="1"))
    assert numbers(counted) == ["009/GCN-UBND", "010/GCN-UBND"]
    assert Certificate.objects.count() == 0
    for _ in range(2):
        assert at_desk.post(desk(round), issue_form(counted, issued_on="20/09/2020")).status_code == 302

    kept = Certificate.objects.order_by("number").values_list("number", "issued_on", "valid_to", "issued_by")
    day, last = datetime.date(2020, 9, 20), datetime.date(2023, 12, 31)
    assert list(kept) == [("009/GCN-UBND", day, last, reviewer.pk), ("010/GCN-UBND", day, last, reviewer.pk)]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"issued_on": "01/09/2020"}, "issued_on", "Ngày cấp không được trước ngày quyết định công nhận (15/09/2020)."),
        ({"issued_on": "01/09/2099"}, "issued_on", "không được ở tương lai"),
        ({"pattern": "GCN", "renumber": "1"}, "pattern", "Mẫu số cần một chỗ ghi số thứ tự"),
        ({"signer": ""}, "signer", "Nhập chức danh người ký."),
    ],
)
def test_what_is_wrong_with_certificates_stands_beside_its_field(at_desk, reviewer, changed, field, sentence):
    round = concluded(at_desk, reviewer.province)

    page = at_desk.post(desk(round), issue_form(at_desk.get(desk(round)), **changed))

    assert sentence in soup(page).select_one(f"#id_{field}_error").get_text()
    assert numbers(page) == ["01/GCN", "02/GCN"]
    assert Certificate.objects.count() == 0


def test_a_number_twice_in_a_round_is_refused_in_its_row(at_desk, reviewer):
    round = concluded(at_desk, reviewer.province)
    page = at_desk.get(desk(round))
    last = soup(page).select("[name^=number_]")[-1]["name"]

    again = soup(at_desk.post(desk(round), issue_form(page, **{last: "01/GCN"})))

    assert again.select_one(f"#id_{last}_error").get_text() == "Số này đã có trong kỳ bình chọn."


def test_a_round_is_reopened_with_a_reason_until_a_certificate_was_given(at_desk, reviewer):
    round = concluded(at_desk, reviewer.province)
    page = soup(at_desk.post(desk(round), {"decision": "reopen", "reason": " "}))
    assert page.select_one("#id_reason_error").get_text() == "Nhập lý do."

    for _ in range(2):
        at_desk.post(desk(round), {"decision": "reopen", "reason": "Nhầm điểm"})
    round.refresh_from_db()
    history = at_desk.get(reverse("admin:fairs_selectionround_history", args=[round.pk])).content.decode()
    assert (round.status, "Nhầm điểm" in history) == (RoundStatus.SCORING, True)

    at_desk.post(desk(round), answers(round, at_desk.get(desk(round))))
    at_desk.post(desk(round), issue_form(at_desk.get(desk(round))))
    at_desk.post(desk(round), {"decision": "reopen", "reason": "Nhầm điểm"})
    round.refresh_from_db()
    assert (round.status, Certificate.objects.count()) == (RoundStatus.CONCLUDED, 2)


def test_rounds_that_wait_are_on_the_first_page_of_the_workshop(at_desk, reviewer):
    scored_round(reviewer.province, POINTS)
    concluded(at_desk, reviewer.province)

    first = soup(at_desk.get(reverse("admin:index"))).select_one(".waiting").get_text(" ", strip=True)

    assert f"Kỳ bình chọn chờ kết luận: 1 lâu nhất từ {timezone.localdate():%d/%m/%Y}" in first
    assert "chờ cấp giấy chứng nhận: 1" in first


@pytest.mark.django_db(transaction=True)  # within one transaction every moment is the same
def test_a_round_waits_since_it_last_went_to_scoring(reviewer):
    """Neither a later correction of the round nor an earlier time in scoring counts."""
    round = scored_round(reviewer.province, POINTS)
    for status in (RoundStatus.OPEN, RoundStatus.SCORING):
        round.status = status
        round.save()
    entered = round.events.order_by("pgh_id").last().pgh_created_at
    round.note = "Họp lại ngày 10/9"
    round.save()

    assert SelectionRound.objects.values_list(scoring_since(), flat=True).get() == entered
