"""The worktable: what waits for whom, since when, by when; and what reminders and steps tell."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from khuyencong.enums import Role
from khuyencong.models import Notice
from programmes import notices, services
from programmes.deadlines import reminders, waiting, worktable
from programmes.models import Scheme
from tests.factories import DAY, FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory, pay
from tests.faults.calendar import delegation, rule
from tests.faults.planting import unguarded
from tests.pages import rows, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def submitted(**values):
    return SchemeFactory(money={"province": 150}, state="submitted", **values)


def titles(page):
    return [row[0].split(" KC-")[0] for row in rows(page, "#waiting tbody tr")]


def assign(scheme, person):
    Scheme.objects.filter(pk=scheme.pk).update(assigned_to=person)


def test_a_reviewer_sees_what_is_given_to_them_delegated_and_the_open_queue(client, reviewer):
    absent, other = UserFactory(role=Role.REVIEWER), UserFactory(role=Role.REVIEWER)
    delegation(from_person=absent, to_person=reviewer)
    for name, person in (("Của tôi", reviewer), ("Thay người vắng", absent), ("Của người khác", other)):
        assign(submitted(name=name), person)
    submitted(name="Chưa giao")
    SchemeFactory(name="Bản nháp")
    submitted(name="Tỉnh khác", province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(reviewer)

    mine, office = (soup(client.get(reverse("home"), {"view": view})) for view in ("mine", "office"))

    assert sorted(titles(mine)) == ["Chưa giao", "Của tôi", "Thay người vắng"]
    assert sorted(titles(office)) == ["Bản nháp", "Chưa giao", "Của người khác", "Của tôi", "Thay người vắng"]


def test_staff_see_what_they_wrote_and_what_was_left_to_them(client, staff):
    absent = UserFactory()
    delegation(from_person=absent, to_person=staff)
    SchemeFactory(name="Của tôi", created_by=staff)
    SchemeFactory(name="Thay người vắng", created_by=absent)
    SchemeFactory(name="Của người khác")
    submitted(name="Đang thẩm định", created_by=staff)
    client.force_login(staff)

    assert sorted(titles(soup(client.get(reverse("home"))))) == ["Của tôi", "Thay người vắng"]


def test_the_most_urgent_stands_first_and_lateness_is_said_in_working_days(client, staff, today):
    rule(status="draft", role="staff", number=5, warn_days=3)
    for name, ago in (("Trễ", 30), ("Còn lâu", 0), ("Sắp đến", 4)):
        SchemeFactory(name=name, created_by=staff, status_at=timezone.now() - datetime.timedelta(days=ago))
    SchemeFactory(name="Quốc gia", level="national", created_by=staff)
    client.force_login(staff)

    page = soup(client.get(reverse("home")))

    assert titles(page)[0] == "Trễ"
    assert "quá hạn" in rows(page, "#waiting tbody tr")[0][4]
    assert "ngày làm việc" in rows(page, "#waiting tbody tr")[0][4]
    assert titles(soup(client.get(reverse("home"), {"due": "late"}))) == ["Trễ"]


def test_a_scheme_due_today_is_not_late_and_the_day_after_it_is(today):
    clock = waiting.Clock.read(today)
    scheme = SchemeFactory()
    found = [
        worktable._row(scheme_due(scheme, today + datetime.timedelta(days=days)), None, clock, scheme.created_by)
        for days in (-1, 0)
    ]

    assert [(row.is_late, row.lateness) for row in found][1] == (False, "hạn hôm nay")
    assert found[0].is_late


def scheme_due(scheme, day):
    scheme.due_on, scheme.waits_for, scheme.holder, scheme.rule, scheme.is_soon = day, "staff", None, None, True
    return scheme


def test_counts_of_the_office_lead_to_lists_of_as_many(client, leader, today):
    rule(number=1)
    late, person = submitted(), UserFactory(role=Role.REVIEWER, full_name="Người giữ việc")
    assign(late, person)
    submitted()
    SchemeFactory()
    client.force_login(leader)
    page = soup(client.get(reverse("home")))
    table = rows(page, "#holders tbody tr")
    assert sum(int(row[2]) for row in table) == 3
    assert [row[0] for row in table if "giữ việc" in row[0]] == ["Người giữ việc"]

    for link in page.select("#holders a"):
        listed = soup(client.get(link["href"]))
        assert len(listed.select("#schemes tbody tr")) == int(link.get_text()), link["href"]


def test_accepted_schemes_wait_for_staff_until_every_source_has_its_figure(today):
    scheme = SchemeFactory(money={"province": 150}, state="accepted")
    [found] = waiting.waiting(Scheme.objects.all())
    assert (found.waits_for, found.holder) == ("staff", scheme.created_by_id)

    line = scheme.funding_lines.get()
    line.settled_amount = line.approved_amount
    line.save()

    [found] = waiting.waiting(Scheme.objects.all())
    assert (found.waits_for, found.holder, waiting.todo(found)) == ("reviewer", None, "Duyệt quyết toán")


@pytest.mark.parametrize("state", ["approved", "contracted"])
def test_a_group_waits_for_the_reviewer_once_its_plan_names_beneficiaries(state):
    SchemeFactory(money={"province": 150}, is_group=True, state=state, code="KC-40-2020-001")
    benefits = {FacilityFactory(): 150}
    SchemeFactory(money={"province": 150}, is_group=True, benefits=benefits, state=state, code="KC-40-2020-002")

    found = waiting.waiting(Scheme.objects.order_by("code"))

    assert [(one.waits_for, waiting.todo(one)) for one in found] == [
        ("staff", waiting.PLAN_OF_GROUP),
        ("reviewer", "Duyệt kế hoạch chi tiết"),
    ]


def test_settled_schemes_of_late_wait_for_staff_until_the_books_are_even_then_for_the_reviewer(today):
    scheme, older = (SchemeFactory(money={"province": 150}, state="settled") for _ in range(2))
    with unguarded():
        Scheme.objects.filter(pk=scheme.pk).update(year=today.year - 1)
        Scheme.objects.filter(pk=older.pk).update(year=today.year - 2)
    [found] = waiting.waiting(Scheme.objects.all())
    assert (found.waits_for, waiting.todo(found)) == ("staff", "Ghi hoàn trả hoặc thanh toán nốt phần chênh lệch")

    pay(scheme, 150)

    [found] = waiting.waiting(Scheme.objects.all())
    assert (found.pk, found.waits_for, waiting.todo(found)) == (scheme.pk, "reviewer", "Kết thúc")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("role", "view", "queries"), [("staff", "mine", 15), ("leader", "office", 12)])
def test_the_worktable_costs_the_same_for_one_row_and_three(
    client, count, role, view, queries, django_assert_num_queries
):
    rule(status="draft", role="staff")
    person = UserFactory(role=role)
    for _ in range(count):
        SchemeFactory(created_by=person if role == "staff" else UserFactory())
    client.force_login(person)

    with django_assert_num_queries(queries):
        page = soup(client.get(reverse("home"), {"view": view}))

    assert len(titles(page)) == count


# What people are told


def told():
    return sorted((notice.user.username, notice.kind) for notice in Notice.objects.select_related("user"))


def test_steps_tell_reviewers_of_the_place_and_who_sent_it():
    staff = UserFactory(username="canbo1")
    UserFactory(username="thamdinh1", role=Role.REVIEWER)
    UserFactory(username="thamdinhtinhkhac", role=Role.REVIEWER, province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    scheme = SchemeFactory(created_by=staff, money={"province": 150})

    services.submit_scheme(scheme, by=staff)
    assert told() == [("thamdinh1", "sent")]

    reviewer = UserFactory(username="thamdinh2", role=Role.REVIEWER)
    services.return_scheme(scheme, by=reviewer, reason="Thiếu báo giá", number="3/SCT", on=DAY)
    assert told() == [("canbo1", "decided"), ("thamdinh1", "sent")]
    assert "trả lại để bổ sung" in Notice.objects.get(kind="decided").title


def test_answers_go_to_staff_and_who_stands_in_and_a_liquidated_contract_to_reviewers():
    given = delegation(from_person=UserFactory(username="canbo1"), to_person=UserFactory(username="canbo2"))
    reviewer = UserFactory(username="thamdinh1", role=Role.REVIEWER)
    scheme = SchemeFactory(created_by=given.from_person, money={"province": 150})
    for status, verb, by in (
        ("detailed", "detail", reviewer),
        ("closed", "close", reviewer),
        ("liquidated", "x", None),
    ):
        scheme.status = status
        notices.after_step(scheme, verb, by)

    assert told() == [*[("canbo1", "decided")] * 2, *[("canbo2", "decided")] * 2, ("thamdinh1", "sent")]


def test_what_is_given_to_one_reviewer_is_told_to_them_and_to_who_stands_in():
    scheme, given = SchemeFactory(money={"province": 150}), delegation()
    UserFactory(role=Role.REVIEWER)
    assign(scheme, given.from_person)
    scheme.refresh_from_db()

    services.submit_scheme(scheme, by=scheme.created_by)

    assert {user for user, _ in told()} == {given.from_person.username, given.to_person.username}


def test_reminders_are_told_once_and_again_only_for_another_deadline(today):
    rule(number=1, warn_days=3)
    leader, reviewer = UserFactory(role=Role.LEADER, username="lanhdao1"), UserFactory(role=Role.REVIEWER, username="a")
    scheme = submitted()
    Notice.objects.all().delete()

    for _ in range(2):
        call_command("send_reminders")
    assert (reviewer.username, "due_soon") in told()
    assert leader.username not in {user for user, _ in told()}

    for _ in range(2):
        reminders.remind(scheme.due_on + datetime.timedelta(days=1))
    assert ("lanhdao1", "overdue") in told()
    assert len(told()) == len(set(told()))


def test_the_monthly_report_and_the_yearly_follow_up_are_told_in_their_days():
    monthly = {"status": "in_progress", "kind": "monthly", "number": 24, "warn_days": 3, "label": "Báo cáo tháng"}
    rule(**monthly)
    rule(status="settled", kind="yearly", number=31, month=12, warn_days=5, label="Theo dõi sau hỗ trợ")
    doing, done = (SchemeFactory(money={"province": 150}, state=state) for state in ("in_progress", "settled"))
    Notice.objects.all().delete()

    reminders.remind(datetime.date(2026, 11, 18))
    assert told() == []
    for day in (datetime.date(2026, 11, 20), datetime.date(2026, 11, 24), datetime.date(2020, 12, 29)):
        reminders.remind(day)

    found = [(notice.user_id, notice.title) for notice in Notice.objects.filter(kind="periodic").order_by("pk")]
    assert found == [
        (doing.created_by_id, "Báo cáo tháng: 1 đề án, hạn 24/11/2026"),
        (done.created_by_id, "Theo dõi sau hỗ trợ: 1 đề án, hạn 31/12/2020"),
    ]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (datetime.date(2026, 11, 24), datetime.date(2026, 11, 24)),
        (datetime.date(2026, 11, 25), datetime.date(2026, 12, 24)),
        (datetime.date(2026, 12, 31), datetime.date(2027, 1, 24)),
        (datetime.date(2027, 1, 31), datetime.date(2027, 2, 24)),
    ],
)
def test_the_next_day_of_a_month_also_at_its_end_and_at_the_years(today, due):
    assert reminders.next_month_day(today, 24) == due
