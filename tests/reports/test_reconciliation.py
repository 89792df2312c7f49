"""Bảng đối chiếu kinh phí: what is counted, what is apart, and a difference that is 0 or explained."""

import datetime
import json
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from khuyencong.enums import Role
from khuyencong.periods import Year
from programmes.models import Adjustment, AdjustmentBenefit, AdjustmentLine, LedgerEntry
from reports import kinds, reconciliation_sources, services, sources, workbook
from reports.coverage import Coverage
from reports.figures.reconciliation import add_up, reconciliation
from reports.figures.reconciliation_json import as_json
from reports.figures.reconciliation_rows import Money, ReconciliationRows, SchemeMoney
from reports.kinds.contract import Question
from reports.layouts.reconciliation import sheets, terminal_lines
from reports.models import Report
from tests.factories import DAY, FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory, all_sources, walk
from tests.reports.builders import LEVELS, NATIONAL, PROVINCE, subject

NEXT = DAY + datetime.timedelta(days=30)
KIND = kinds.find("doi-chieu")


def scheme(id, *money, standing="finished", content="KC03.04", level="local", is_task=False, facilities=()):
    return SchemeMoney(
        id=id,
        code=f"KC-40-2021-{id:03d}",
        name="Đề án",
        is_task=is_task,
        level=level,
        year=2021,
        province="Nghệ An",
        content_code=content,
        unit="Trung tâm",
        status="Đã nghiệm thu",
        standing=standing,
        decision_number="15/QĐ-SCT",
        decision_on=DAY,
        facilities=frozenset(facilities),
        money=money,
    )


def money(agreed, source=PROVINCE, **values):
    return Money(source, **{"proposed": agreed, "approved": agreed, "agreed": agreed} | values)


def report(*schemes):
    rows = ReconciliationRows(LEVELS, schemes)
    return reconciliation(rows, subject(report="doi-chieu", title=KIND.title, period=Year(2021)))


def test_what_is_paid_settled_and_agreed_alike_is_even():
    found = add_up([scheme(1, money(100, advanced=60, paid=40, accepted=100, settled=100))])

    assert (found.difference, found.explanation, found.spent) == (0, "khớp", 100)


@pytest.mark.parametrize(
    ("standing", "values", "difference", "explanation"),
    [
        ("finished", {"paid": 100, "accepted": 100, "settled": 90}, 10, "còn phải hoàn trả 10 đồng"),
        ("finished", {"paid": 60, "accepted": 80}, -20, "còn được thanh toán 20 đồng"),
        ("begun", {"advanced": 30}, -70, "chưa nghiệm thu, chưa chi 70 đồng"),
        ("agreed", {}, -100, "chưa bắt đầu thực hiện, chưa chi 100 đồng"),
        ("terminated", {"advanced": 30, "refunded": 10}, 20, "đã chi, chưa thu hồi 20 đồng"),
        ("terminated", {"advanced": 30, "refunded": 30}, 0, "khớp"),
    ],
)
def test_a_difference_has_a_reason(standing, values, difference, explanation):
    found = add_up([scheme(1, money(100, **values), standing=standing)])

    assert (found.difference, found.explanation) == (difference, explanation)


def test_reasons_are_not_netted_against_each_other():
    back = scheme(1, money(100, paid=100, accepted=90, settled=90))
    more = scheme(2, money(100, paid=90, accepted=100, settled=100))

    found = add_up([back, more])

    assert found.difference == 0
    assert found.explanation == "còn phải hoàn trả 10 đồng; còn được thanh toán 10 đồng"


def test_levels_split_into_machinery_and_the_rest_and_a_facility_counts_once():
    found = report(
        scheme(1, money(1000), facilities={1, 2}),
        scheme(2, money(700), content="KC06.04", is_task=True),
        scheme(3, money(14), content="KC02.07", is_task=True, facilities={2}),
        scheme(4, money(800, NATIONAL), level="national", facilities={3}),
    )

    national, local = found.levels
    assert [(part.key, part.sums.count, part.sums.agreed) for part in local.parts] == [
        ("machinery", 1, 1000),
        ("other", 2, 714),
    ]
    assert (local.sums.schemes, local.sums.tasks, local.sums.agreed, local.sums.beneficiaries) == (1, 2, 1714, 2)
    assert (national.sums.count, national.sums.agreed, national.sums.beneficiaries) == (1, 800, 1)
    assert (found.total.count, found.total.agreed, found.total.beneficiaries) == (4, 2514, 3)
    assert [(group.key, group.sums.agreed) for group in found.sources] == [("national", 800), ("province", 1714)]


def test_what_is_not_counted_stands_apart():
    found = report(
        scheme(1, money(100)),
        scheme(2, Money(PROVINCE, 50), standing="waiting"),
        scheme(3, money(70), standing="terminated"),
    )

    assert (found.total.count, found.total.agreed) == (1, 100)
    assert [(group.key, group.sums.count, group.sums.proposed) for group in found.apart] == [
        ("waiting", 1, 50),
        ("terminated", 1, 70),
    ]
    assert [line.scheme.id for line in found.apart_lines] == [2, 3]


def test_a_scheme_of_two_sources_has_two_lines_and_one_number():
    found = report(scheme(1, money(100), money(20, NATIONAL)), scheme(2, money(5)))

    assert [line.number for line in found.lines] == [1, None, 2]
    assert sum(line.sums.agreed for line in found.lines) == found.total.agreed == 125


def test_the_workbook_shows_the_figures_and_numbered_notes():
    file = BytesIO()
    found = report(scheme(1, money(100, paid=60, accepted=90)), scheme(2, Money(PROVINCE, 50), standing="waiting"))
    workbook.write(sheets(found), file)

    book = load_workbook(file)
    cells = [str(cell.value) for row in book["Bảng đối chiếu"] for cell in row if cell.value is not None]
    assert book.sheetnames == ["Bảng đối chiếu", "Theo đề án và nguồn", "Không tính"]
    assert "BẢNG ĐỐI CHIẾU KINH PHÍ KHUYẾN CÔNG NĂM 2021" in cells
    assert "còn được thanh toán 30 đồng" in cells
    assert [text[2:5] for text in cells if text.startswith("- (")] == ["(1)", "(2)", "(3)", "(4)"]
    assert any("Không tính: đang chờ thẩm định, phê duyệt, 1 đề án" in text for text in cells)
    assert any("Chênh lệch: -30 đồng" in line for line in terminal_lines(found))


# From the database


@pytest.fixture
def place(db):
    all_sources()
    return ProvinceFactory()


def read(place, cut_off, year=2020):
    rows = reconciliation_sources.read(Question(Coverage(place), Year(year), cut_off))
    return as_json(reconciliation(rows, subject(period=Year(year), cut_off=cut_off)))


def adjust(one, amount, on, facility=None):
    """By a reviewer, on that day; of the province's money, and of the facility's."""
    reviewer = UserFactory(role=Role.REVIEWER, province=one.province)
    decision = Adjustment.objects.create(
        scheme=one,
        kind="decrease",
        authority="department",
        number=f"{amount}/QĐ",
        decided_on=on,
        reason="Giảm",
        made_by=reviewer,
        recorded_at=timezone.now(),
    )
    line = one.funding_lines.get(source="province")
    AdjustmentLine.objects.create(
        adjustment=decision, source_id="province", before_amount=line.agreed_amount, after_amount=amount
    )
    if facility:
        benefit = one.beneficiaries.get(facility=facility)
        AdjustmentBenefit.objects.create(
            adjustment=decision, facility=facility, before_amount=benefit.agreed_amount, after_amount=0
        )
    connection.check_constraints()


def test_a_settled_scheme_is_reconciled_stage_by_stage(place):
    one = SchemeFactory(
        money={"province": 150, "counterpart": 70}, benefits={FacilityFactory(): 100}, state="in_progress"
    )
    entry = {"scheme": one, "source_id": "province", "recorded_by": one.created_by, "recorded_at": timezone.now()}
    LedgerEntry.objects.create(kind="advance", amount=90, entered_on=NEXT, document_number="1", **entry)
    SchemeFactory(money={"province": 80}, state="submitted")

    before, after = read(place, DAY), read(place, NEXT)

    assert (before["total"]["advanced"], after["total"]["advanced"]) == (0, 90)
    assert (after["total"]["approved"], after["total"]["beneficiaries"], after["difference"]) == (150, 1, -60)
    assert after["levels"][1]["explanation"] == "chưa nghiệm thu, chưa chi 60 đồng"
    assert [group["reason"] for group in after["apart"]] == ["waiting"]
    assert read(place, DAY - datetime.timedelta(days=1))["apart"][0]["reason"] == "waiting"


def test_an_adjustment_counts_from_the_day_of_its_decision_in_both_reports(place):
    facility = FacilityFactory()
    one = SchemeFactory(money={"province": 150}, benefits={facility: 100}, state="in_progress")
    adjust(one, 120, NEXT, facility)
    day_before = NEXT - datetime.timedelta(days=1)

    for day, amount, beneficiaries in ((day_before, 150, 1), (NEXT, 120, 0)):
        found = read(place, day)
        rows = sources.read(Question(Coverage(place), Year(2020), day))
        assert (found["total"]["approved"], found["total"]["adjusted"]) == (150, amount)
        assert found["total"]["beneficiaries"] == beneficiaries
        assert rows.schemes[0].approved["province"] == amount
        assert len(rows.benefits) == beneficiaries


def test_a_terminated_scheme_is_not_counted_as_carried_out(place):
    walk(SchemeFactory(money={"province": 150}), "terminated")
    kept = SchemeFactory(money={"province": 90}, state="accepted")

    found = read(place, NEXT)
    rows = sources.read(Question(Coverage(place), Year(2020), NEXT))

    assert (found["total"]["count"], found["total"]["adjusted"]) == (1, 90)
    assert [group["reason"] for group in found["apart"]] == ["terminated"]
    assert [row.id for row in rows.schemes] == [kept.pk]


@pytest.mark.parametrize("state", ["contracted", "in_progress", "accepted", "liquidated", "settled"])
def test_every_state_after_the_decision_counts(place, state):
    SchemeFactory(money={"province": 150}, state=state)

    assert read(place, timezone.localdate())["total"]["count"] == 1


@pytest.mark.django_db(transaction=True)
def test_the_command_prints_the_reconciliation_as_json():
    all_sources()
    SchemeFactory(money={"province": 150}, state="approved")
    out = StringIO()

    call_command("build_report", "doi-chieu", period="2020", province="40", json=True, stdout=out)

    said = json.loads(out.getvalue())
    assert (said["report"], said["total"]["count"], said["levels"][1]["amount"]) == ("doi-chieu", 1, 150)


@pytest.mark.django_db(transaction=True)
def test_a_finished_report_has_a_page_with_what_is_open(client, asked):
    all_sources()
    open_one = SchemeFactory(money={"province": 150}, state="approved")
    waiting = SchemeFactory(money={"province": 80}, state="submitted")
    leader = UserFactory(role=Role.LEADER, province=open_one.province)
    row = asked(kind="doi-chieu", period=Year(2020), requested_by=leader)
    services.build(row.pk)
    client.force_login(leader)

    page = client.get(reverse("reports:report-detail", args=[row.pk])).content.decode()

    assert Report.objects.get(pk=row.pk).status == "done"
    assert "chưa bắt đầu thực hiện, chưa chi 150 đồng" in page.lower()
    assert f'href="{open_one.get_absolute_url()}"' in page
    assert f'href="{waiting.get_absolute_url()}"' in page
