"""Warnings: money given twice, schemes that are late, units that are, settlements that are overdue; and decisions."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from khuyencong.enums import Role
from khuyencong.refusals import RefusedError
from programmes.enums import Status
from programmes.models import LedgerEntry, Scheme, SchemeBeneficiary, WarningDecision
from programmes.models.warnings import Kind
from programmes.warnings import finding, late
from programmes.warnings.alerts import Severity
from programmes.warnings.late import Standing
from programmes.warnings.units import judge
from programmes.warnings.unsettled import Owed, owed_by
from tests.facilities.builders import merged
from tests.factories import (
    ContentFactory,
    FacilityFactory,
    LineageFactory,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
    walk,
)
from tests.faults.planting import unguarded
from tests.pages import form_data, sentences, soup
from tests.programmes.monitoring_factories import DecisionFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 11, 1)
LIST, DECIDE = reverse("programmes:warning-list"), reverse("programmes:warning-decide")


def give(facility, item="Máy ép gỗ", source="province", state="approved", **values):
    """A scheme that supports `facility` for this item."""
    scheme = SchemeFactory(money={source: 100}, benefits={facility: 50}, **{"province": facility.province} | values)
    SchemeBeneficiary.objects.filter(scheme=scheme).update(cost_item=item)
    walk(scheme, state)
    return scheme


def doubles(user):
    return finding.alerts(user, DAY, (Kind.DOUBLE,))


def test_the_worst_is_one_item_in_one_year_from_two_sources(reviewer):
    facility = FacilityFactory(province=reviewer.province)
    first, second = give(facility), give(facility, "MÁY ÉP GỖ (thủy lực)", source="national")

    [alert] = doubles(reviewer)

    assert alert.severity == Severity.GRAVE
    assert {first.code, second.code} <= {label for label, _ in alert.links}
    assert f"{first.code} năm 2020, 50 đồng (tỉnh)" in alert.sentence
    assert "cho hạng mục gần giống nhau “Máy ép gỗ” và “MÁY ÉP GỖ (thủy lực)”" in alert.sentence


def test_across_years_a_merged_facility_counts_for_the_kept_one(reviewer):
    kept, duplicate = FacilityFactory.create_batch(2, province=reviewer.province)
    give(duplicate, year=2018, code="KC-40-2018-001")
    give(kept)
    assert doubles(reviewer) == []

    merged(duplicate, kept, by=reviewer)

    [alert] = doubles(reviewer)
    assert (alert.severity, alert.facility) == (Severity.HIGH, kept.pk)


def test_support_by_a_predecessor_province_counts(reviewer):
    old = ProvinceFactory(code="41", name="Tỉnh cũ")
    LineageFactory(predecessor=old, successor=reviewer.province)
    facility = FacilityFactory(province=reviewer.province)
    give(facility, province=old)
    give(facility)

    assert [alert.provinces for alert in doubles(reviewer)] == [{old.pk, reviewer.province_id}]


@pytest.mark.parametrize(
    "second",
    [
        {"item": "Máy cưa gỗ"},
        {"state": "draft"},
        {"state": "rejected"},
        {"content": "elsewhere"},
    ],
)
def test_what_is_not_double(reviewer, second):
    facility = FacilityFactory(province=reviewer.province)
    give(facility)
    if "content" in second:
        second = {"content": ContentFactory(code="KC06.01")}
    give(facility, **second)

    assert doubles(reviewer) == []


def test_contents_of_one_clause_are_compared(reviewer):
    clause = ContentFactory(code="KC03")
    facility = FacilityFactory(province=reviewer.province)
    for code in ("KC03.01", "KC03.03"):
        give(facility, content=ContentFactory(code=code, group=clause))

    assert len(doubles(reviewer)) == 1


@pytest.mark.parametrize(("year", "severities"), [(2020, [Severity.LOOK]), (2019, [])])
def test_without_cost_items_only_one_year_is_looked_at(reviewer, year, severities):
    facility = FacilityFactory(province=reviewer.province, name="Cơ sở mộc")
    give(facility, "", name="Hỗ trợ thiết bị cho cơ sở mộc")
    give(facility, "", name="Hỗ trợ máy móc cho cơ sở mộc", year=year, code=f"KC-40-{year}-900")

    assert [alert.severity for alert in doubles(reviewer)] == severities


def test_a_draft_warns_the_one_who_writes_it(staff):
    facility = FacilityFactory(province=staff.province)
    give(facility)
    draft = give(facility, state="draft")

    assert [shown.alert.kind for shown in finding.warnings_of(draft, staff, DAY)] == [Kind.DOUBLE]


def test_doubles_cost_two_queries(reviewer, django_assert_num_queries):
    for _ in range(3):
        facility = FacilityFactory(province=reviewer.province)
        give(facility)
        give(facility)
    visible = Scheme.objects.visible_to(reviewer)
    assert visible.exists()

    with django_assert_num_queries(2):
        assert len(doubles(reviewer)) == 3


# Late


def running(province, end_on):
    return SchemeFactory(money={"province": 100}, province=province, end_on=end_on, state="in_progress")


def standing(status="in_progress", due_on=None, end_on=None):
    """Where a scheme of 2020 stands that no database has seen."""
    return Standing(1, "KC-40-2020-001", "Đề án mẫu", 2020, 40, Status(status), due_on, end_on)


BEFORE = DAY - datetime.timedelta(days=1)
STEP, WORK = "quá hạn của bước này từ ngày 31/10/2020 (đã 1 ngày)", "thời gian thực hiện đã hết ngày 31/10/2020"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"due_on": BEFORE}, [STEP]),
        ({"due_on": DAY, "end_on": DAY}, []),
        ({"end_on": BEFORE}, [WORK]),
        ({"due_on": BEFORE, "end_on": BEFORE}, [WORK]),
        ({"due_on": BEFORE, "end_on": DAY}, [STEP]),
        ({"status": "submitted", "due_on": BEFORE, "end_on": BEFORE}, [STEP]),
        ({"status": "accepted", "end_on": BEFORE}, []),
        ({"status": "settled", "due_on": BEFORE, "end_on": BEFORE}, []),
        ({}, []),
    ],
)
def test_a_scheme_is_late_after_its_day(values, said):
    alert = late.late(standing(**values), DAY)

    assert [one for one in (STEP, WORK) if alert and one in alert.sentence] == said


def test_late_weighs_more_with_the_days_and_its_key_does_not_know_them():
    days = (1, 31, 181)
    found = [late.late(standing(end_on=DAY), DAY + datetime.timedelta(days=number)) for number in days]

    assert [alert.severity for alert in found] == [Severity.LOOK, Severity.HIGH, Severity.GRAVE]
    assert len({alert.key for alert in found}) == 1
    assert late.late(standing(end_on=BEFORE), DAY).key != found[0].key


@pytest.mark.parametrize(
    ("day", "severities"),
    [
        (datetime.date(2021, 1, 22), []),
        (datetime.date(2021, 1, 23), [Severity.LOOK]),
        (datetime.date(2022, 1, 1), [Severity.HIGH]),
    ],
)
def test_a_settlement_is_due_by_22_january(reviewer, day, severities):
    SchemeFactory(money={"province": 100, "counterpart": 40}, province=reviewer.province, state="accepted")
    SchemeFactory(money={"province": 100}, province=reviewer.province, state="settled")

    found = finding.alerts(reviewer, day, (Kind.UNSETTLED,))

    assert [alert.severity for alert in found] == severities
    assert all("chưa quyết toán 100 đồng được duyệt" in alert.sentence for alert in found)


@pytest.mark.parametrize(
    ("status", "still_open", "severity", "words"),
    [
        ("accepted", 30, Severity.GRAVE, "còn 30 đồng đã tạm ứng, thanh toán chưa quyết toán"),
        ("accepted", 0, None, ""),
        ("accepted", None, Severity.HIGH, "chưa quyết toán 100 đồng được duyệt"),
        ("terminated", 30, Severity.GRAVE, "còn 30 đồng"),
        ("terminated", None, None, ""),
        ("settled", 30, Severity.GRAVE, "còn phải hoàn trả 30 đồng"),
        ("settled", -30, None, ""),
        ("settled", None, None, ""),
        ("submitted", None, None, ""),
    ],
)
def test_what_was_booked_decides_what_is_still_to_be_settled(status, still_open, severity, words):
    alert = late.unsettled(standing(status), datetime.date(2022, 3, 1), 100, still_open)

    assert (alert and alert.severity) == severity
    assert words in (alert.sentence if alert else "")


def book(scheme, by, kind, amount):
    """An entry of the scheme's book, past its own laws; below zero it reverses the first one."""
    reverses = LedgerEntry.objects.first() if amount < 0 else None
    with unguarded():
        LedgerEntry.objects.create(
            scheme=scheme,
            source_id="province",
            kind=kind,
            amount=amount,
            entered_on=DAY,
            document_number=f"{kind} {amount}",
            note="Ghi nhầm" if reverses else "",
            reverses=reverses,
            recorded_by=by,
            recorded_at=timezone.now(),
        )


@pytest.mark.parametrize(("booked", "still_open"), [((), None), ((60,), 60), ((60, -60), 0), ((60, 40), 100)])
def test_what_is_open_is_what_was_paid_and_neither_given_back_nor_reversed(staff, booked, still_open):
    scheme = SchemeFactory(money={"province": 100, "counterpart": 40}, province=staff.province, state="accepted")
    for amount in booked:
        book(scheme, staff, "payment", amount)

    assert owed_by([scheme.pk]) == {scheme.pk: Owed(100, still_open)}


def test_a_refund_and_a_settlement_lower_what_is_open(staff):
    scheme = SchemeFactory(money={"province": 100}, province=staff.province, state="accepted")
    for kind, amount in (("advance", 90), ("refund", 20), ("settlement", 60)):
        book(scheme, staff, kind, amount)

    assert owed_by([scheme.pk])[scheme.pk].open == 10


def test_a_settled_scheme_that_was_paid_too_much_is_named_until_it_gives_back(reviewer, staff):
    scheme = SchemeFactory(money={"province": 100}, province=reviewer.province, state="settled")
    book(scheme, staff, "payment", 130)
    [alert] = finding.alerts(reviewer, DAY, (Kind.LATE, Kind.UNSETTLED))
    assert (alert.severity, "còn phải hoàn trả 30 đồng" in alert.sentence) == (Severity.LOOK, True)

    book(scheme, staff, "refund", 30)

    assert finding.alerts(reviewer, DAY, (Kind.LATE, Kind.UNSETTLED)) == []


def test_work_that_goes_on_into_the_next_year_is_settled_a_year_later(reviewer):
    running(reviewer.province, datetime.date(2021, 6, 30))

    assert finding.alerts(reviewer, datetime.date(2022, 1, 22), (Kind.UNSETTLED,)) == []
    assert len(finding.alerts(reviewer, datetime.date(2022, 1, 23), (Kind.UNSETTLED,))) == 1


@pytest.mark.parametrize(
    ("count", "late", "severities"),
    [
        (3, 2, []),
        (11, 3, []),
        (10, 3, [Severity.HIGH]),
        (8, 5, [Severity.GRAVE]),
        (20, 0, []),
        (21, 0, [Severity.LOOK]),
        (21, 15, [Severity.GRAVE, Severity.LOOK]),
        (0, 0, []),
    ],
)
def test_a_unit_is_judged_by_how_many_are_late_and_how_many_run(count, late, severities):
    assert [alert.severity for alert in judge(1, "Trung tâm", 40, count, late)] == severities


def test_units_are_counted_in_one_query(reviewer, django_assert_num_queries):
    for _ in range(3):
        running(reviewer.province, BEFORE)
    assert reviewer.visible_province_ids

    with django_assert_num_queries(1):
        [alert] = finding.alerts(reviewer, DAY, (Kind.UNIT,))

    assert "chậm 3 trong 3 đề án đang thực hiện (100%)" in alert.sentence


# Decisions


@pytest.fixture
def late_one(reviewer):
    """A scheme of the reviewer's province that is long past its day, and the warning about it."""
    running(reviewer.province, datetime.date(2020, 6, 1))
    [alert] = finding.alerts(reviewer, datetime.date.today(), (Kind.LATE,))  # noqa: DTZ011
    return alert


def asked(alert):
    return f"{DECIDE}?kind={alert.kind}&key={alert.key}"


def decide(client, alert, verdict="valid", reason="Đã gia hạn theo biên bản."):
    data = form_data(soup(client.get(asked(alert))), "main form[method=post]")
    return soup(client.post(asked(alert), data | {"verdict": verdict, "reason": reason}, follow=True))


def titles(client, **query):
    return [one.get_text() for one in soup(client.get(LIST, {"kind": "late"} | query)).select(".warnings b")]


def test_a_decision_takes_a_warning_off_the_list_until_a_fact_changes(client, reviewer, late_one):
    client.force_login(reviewer)
    assert len(titles(client)) == 1

    page = decide(client, late_one)

    assert "Đã ghi kết luận" in page.select_one(".messages").get_text()
    assert titles(client) == []
    assert len(titles(client, state="decided")) == 2
    with unguarded():
        Scheme.objects.filter(pk=late_one.scheme).update(end_on=datetime.date(2020, 7, 1))
    assert len(titles(client)) == 1


def test_a_later_decision_replaces_the_one_before_and_both_stay(client, reviewer, late_one):
    client.force_login(reviewer)
    decide(client, late_one)
    decide(client, late_one, "reopened", "Biên bản không phải của đề án này.")

    assert len(titles(client)) == 2
    first, second = WarningDecision.objects.order_by("pk")
    assert (second.replaces, list(WarningDecision.objects.newest())) == (first, [second])


def test_a_decision_needs_a_verdict_and_a_reason(client, reviewer, late_one):
    client.force_login(reviewer)

    page = decide(client, late_one, verdict="", reason=" ")

    assert {"Chọn kết luận.", "Ghi lý do, căn cứ của kết luận."} <= set(sentences(page))
    assert not WarningDecision.objects.exists()


def test_who_did_not_see_the_last_decision_is_told(reviewer, late_one):
    [shown] = finding.with_decisions([late_one], reviewer)
    finding.decide(shown, by=reviewer, verdict="valid", reason="Một", seen=None)

    with pytest.raises(RefusedError, match="Người khác vừa kết luận"):
        finding.decide(shown, by=reviewer, verdict="handled", reason="Hai", seen=None)


def test_a_warning_that_is_gone_leads_back_to_the_list(client, reviewer, late_one):
    client.force_login(reviewer)
    url = asked(late_one)
    with unguarded():
        Scheme.objects.filter(pk=late_one.scheme).update(end_on=None, due_on=None)

    page = soup(client.get(url, follow=True))

    assert "Cảnh báo này không còn" in page.select_one(".messages").get_text()


def test_nobody_decides_about_the_scheme_that_he_sent(late_one):
    author = Scheme.objects.get(pk=late_one.scheme).created_by

    with pytest.raises(IntegrityError, match="không tự cho ý kiến"), transaction.atomic():
        DecisionFactory(scheme_id=late_one.scheme, by=author)


@pytest.mark.parametrize("change", [lambda rows: rows.update(reason="Khác"), lambda rows: rows.delete()])
def test_a_decision_is_kept_as_it_is(change):
    DecisionFactory()

    with pytest.raises(DatabaseError, match="được giữ nguyên"), transaction.atomic():
        change(WarningDecision.objects.all())


def test_one_first_decision_a_warning_and_one_replacement_a_decision():
    first = DecisionFactory(key="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(key="a", province=first.province)
    DecisionFactory(key="a", province=first.province, replaces=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(key="a", province=first.province, replaces=first)
    with pytest.raises(IntegrityError, match="cùng một cảnh báo"), transaction.atomic():
        DecisionFactory(key="b", province=first.province, replaces=DecisionFactory(key="c"))


# Pages


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.LEADER])
def test_each_role_sees_warnings_and_only_some_decide(client, late_one, reviewer, role):
    client.force_login(UserFactory(role=role, province=reviewer.province))

    page = soup(client.get(LIST))

    assert "thời gian thực hiện đã hết" in page.select_one(".warnings").get_text()
    assert bool(page.select(f'.warnings a[href^="{DECIDE}"]')) == (role != Role.STAFF)
    assert client.get(asked(late_one)).status_code == (403 if role == Role.STAFF else 200)


def test_another_provinces_warnings_do_not_exist(client, late_one):
    client.force_login(UserFactory(role=Role.REVIEWER, province=ProvinceFactory(code="42", name="Hà Tĩnh")))

    assert titles(client) == []
    assert client.get(asked(late_one)).status_code == 302


def test_the_schemes_page_warns(client, reviewer):
    facility = FacilityFactory(province=reviewer.province)
    give(facility)
    second = give(facility, source="national")
    client.force_login(reviewer)

    page = soup(client.get(second.get_absolute_url()))

    assert "Nghiêm trọng" in page.select_one("#warnings").get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, reviewer, count, django_assert_num_queries):
    for _ in range(count):
        facility = FacilityFactory(province=reviewer.province)
        give(facility)
        give(facility, source="national")
        running(reviewer.province, DAY)
    client.force_login(reviewer)
    client.get(LIST)

    with django_assert_num_queries(11):
        client.get(LIST)
