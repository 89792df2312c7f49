"""Deadlines: each kind of rule in SQL, whose rule counts, and that nothing leaves a stale one."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from khuyencong import reference
from khuyencong.calendar import WorkingDays
from khuyencong.enums import Role
from khuyencong.models import Holiday, Notice
from khuyencong.refusals import RefusedError, explain
from programmes.deadlines import services
from programmes.models import DeadlineRule, Scheme
from tests.factories import LineageFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.faults.calendar import rule

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def holidays(db):
    return reference.upsert(Holiday, ["day"], reference.read("holidays"))


def draft(day, **values):
    """A draft written at noon of `day`."""
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    scheme = SchemeFactory(status_at=at, **values)
    scheme.refresh_from_db()
    return scheme


@pytest.mark.parametrize(
    ("values", "began", "due"),
    [
        ({"kind": "working_days", "number": 5}, DAY(2026, 2, 13), DAY(2026, 2, 27)),  # over Tết
        ({"kind": "working_days", "number": 1}, DAY(2026, 1, 9), DAY(2026, 1, 10)),  # a worked Saturday
        ({"kind": "calendar_days", "number": 15}, DAY(2026, 11, 4), DAY(2026, 11, 19)),
        ({"kind": "calendar_days", "number": 15}, DAY(2026, 11, 6), DAY(2026, 11, 23)),  # ends on a Saturday
        ({"kind": "calendar_days", "number": 1}, DAY(2025, 12, 31), DAY(2026, 1, 5)),
        ({"kind": "fixed_day", "number": 22, "month": 1, "year_offset": 1}, DAY(2026, 12, 1), DAY(2027, 1, 22)),
        ({"kind": "fixed_day", "number": 19, "month": 5, "year_offset": -1}, DAY(2025, 5, 19), DAY(2025, 5, 19)),
        ({"kind": "fixed_day", "number": 19, "month": 5, "year_offset": -1}, DAY(2025, 5, 20), None),  # had passed
        ({"kind": "scheme_end", "number": 0}, DAY(2026, 3, 1), DAY(2026, 11, 30)),
        ({"kind": "monthly", "number": 24}, DAY(2026, 3, 1), None),
        ({"kind": "yearly", "number": 31, "month": 12}, DAY(2026, 3, 1), None),
    ],
)
def test_each_kind_of_rule_gives_its_day(holidays, values, began, due):
    rule(status="draft", role="staff", **values)

    assert draft(began, year=2026, end_on=DAY(2026, 11, 30)).due_on == due


def test_sql_counts_as_python_does(holidays):
    rule(status="draft", number=7)
    days = WorkingDays.load()

    for began in (DAY(2025, 12, 20) + datetime.timedelta(days=9 * n) for n in range(40)):
        assert draft(began).due_on == days.after(began, 7)


def test_a_moment_late_in_the_evening_counts_for_its_own_day():
    rule(status="draft", number=1)
    at = datetime.datetime(2026, 3, 2, 16, 59, tzinfo=datetime.UTC)  # 23:59 in Việt Nam

    for minutes, due in ((0, DAY(2026, 3, 3)), (1, DAY(2026, 3, 4))):
        scheme = SchemeFactory(status_at=at + datetime.timedelta(minutes=minutes))
        scheme.refresh_from_db()
        assert scheme.due_on == due


def test_of_several_rules_the_earliest_day_counts_and_other_levels_do_not():
    rule(status="draft", number=9)
    rule(status="draft", number=5, document="Văn bản khác")
    rule(status="draft", number=1, level="national")
    rule(status="returned", number=2)

    assert draft(DAY(2026, 3, 2)).due_on == DAY(2026, 3, 9)


def test_rules_of_the_province_replace_those_of_the_country_also_after_a_merger():
    old, new = ProvinceFactory(code="41", name="Tỉnh cũ"), ProvinceFactory()
    LineageFactory(predecessor=old, successor=new)
    other = ProvinceFactory(code="42", name="Hà Tĩnh")
    rule(status="draft", number=1)
    rule(status="draft", number=3, province=new)

    dues = [draft(DAY(2026, 3, 2), province=place).due_on for place in (old, new, other)]

    assert dues == [DAY(2026, 3, 5), DAY(2026, 3, 5), DAY(2026, 3, 3)]


def test_the_rule_of_the_day_of_the_step_counts():
    rule(status="draft", number=1, valid_to=DAY(2026, 3, 1))
    rule(status="draft", number=5, valid_from=DAY(2026, 3, 2))

    assert draft(DAY(2026, 2, 27)).due_on == DAY(2026, 3, 2)
    assert draft(DAY(2026, 3, 2)).due_on == DAY(2026, 3, 9)
    assert draft(DAY(2014, 1, 1)).due_on is None


def test_a_step_gives_the_deadline_of_the_next_one_and_nobody_writes_another():
    rule(number=1)
    scheme = SchemeFactory(money={"province": 150})
    assert scheme.due_on is None

    scheme = SchemeFactory(money={"province": 150}, state="submitted")
    wanted = WorkingDays({}).after(timezone.localdate(), 1)
    assert scheme.due_on == wanted
    Scheme.objects.filter(pk=scheme.pk).update(due_on=DAY(2030, 1, 1))
    scheme.refresh_from_db()
    assert scheme.due_on == wanted


def test_deadlines_follow_rules_and_days_off_that_change_later():
    scheme, quiet = draft(DAY(2026, 3, 2)), SchemeFactory(money={"province": 150}, state="submitted")
    given = rule(status="draft", number=1)
    version = Scheme.objects.get(pk=quiet.pk).version

    assert (services.rebuild(), services.rebuild()) == (1, 0)
    scheme.refresh_from_db()
    assert scheme.due_on == DAY(2026, 3, 3)
    Holiday.objects.create(day=DAY(2026, 3, 3), name="Nghỉ", document="Mẫu")
    assert services.rebuild() == 1
    DeadlineRule.objects.filter(pk=given.pk).delete()
    services.rebuild()
    scheme.refresh_from_db()
    assert (scheme.due_on, Scheme.objects.get(pk=quiet.pk).version) == (None, version)


def test_saving_a_day_off_in_the_admin_moves_deadlines(client):
    rule(status="draft", number=1)
    scheme = draft(DAY(2026, 3, 2))
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, province=None))

    typed = {"day": "03/03/2026", "name": "Nghỉ mẫu", "document": "Văn bản mẫu"}
    assert client.post(reverse("admin:khuyencong_holiday_add"), typed).status_code == 302
    scheme.refresh_from_db()
    assert scheme.due_on == DAY(2026, 3, 4)
    page = reverse("admin:khuyencong_holiday_delete", args=[Holiday.objects.get().pk])
    client.post(page, {"post": "yes"})
    scheme.refresh_from_db()
    assert scheme.due_on == DAY(2026, 3, 3)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("deadline_rule_real_day", {"kind": "fixed_day", "number": 31, "month": 6, "year_offset": 0}),
        ("deadline_rule_real_day", {"kind": "yearly", "number": 29, "month": 2}),
        ("deadline_rule_real_day", {"kind": "monthly", "number": 29}),
        ("deadline_rule_counts_days", {"number": 0}),
        ("deadline_rule_parts_of_kind", {"month": 5}),
        ("deadline_rule_parts_of_kind", {"kind": "fixed_day", "number": 22, "month": 1}),
        ("deadline_rule_label_given", {"label": ""}),
    ],
)
def test_a_rule_that_gives_no_day_is_refused(name, values):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rule(**values)

    assert explain(refused.value).code == name


def test_every_row_of_the_file_is_a_rule_and_loads_once():
    rows = [row | {"province_id": ""} for row in reference.read("deadlines")]
    key = ["level", "province_id", "status", "kind", "document"]

    assert reference.upsert(DeadlineRule, key, rows) == len(rows) == DeadlineRule.objects.count()
    assert reference.upsert(DeadlineRule, key, [dict(row) for row in rows]) == 0


# Assignees


def test_a_scheme_is_given_to_a_reviewer_of_the_place_who_is_told(reviewer):
    scheme, to = SchemeFactory(money={"province": 150}, state="submitted"), UserFactory(role=Role.REVIEWER)
    Notice.objects.all().delete()

    services.assign_scheme(scheme, to=to, by=reviewer, version=scheme.version)
    services.assign_scheme(scheme, to=to, by=reviewer)

    scheme.refresh_from_db()
    assert scheme.assigned_to == to
    assert [(notice.user, notice.kind) for notice in Notice.objects.all()] == [(to, "assigned")]
    assert scheme.code in Notice.objects.get().title


def test_who_may_not_give_or_get_it(reviewer, staff):
    scheme = SchemeFactory(money={"province": 150}, state="submitted")
    stranger = UserFactory(role=Role.REVIEWER, province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    for to, by in ((stranger, reviewer), (staff, reviewer), (reviewer, staff), (reviewer, stranger)):
        with pytest.raises(RefusedError):
            services.assign_scheme(scheme, to=to, by=by)
    with pytest.raises(RefusedError, match="Người khác vừa lưu"):
        services.assign_scheme(scheme, to=reviewer, by=reviewer, version=scheme.version - 1)
    for person in (stranger, UserFactory(role=Role.LEADER), UserFactory(is_active=False)):
        with pytest.raises(IntegrityError, match="không được giao đề án"), transaction.atomic():
            Scheme.objects.filter(pk=scheme.pk).update(assigned_to=person)


def test_the_queue_in_the_admin_shows_deadlines_and_gives_schemes(client, reviewer):
    rule(number=1)
    schemes = [SchemeFactory(money={"province": 150}, state="submitted") for _ in range(2)]
    to = UserFactory(role=Role.REVIEWER, full_name="Người được giao")
    client.force_login(reviewer)
    queue = reverse("admin:programmes_scheme_changelist", query={"status": "submitted"})
    asked = {"action": "assign_selected", "_selected_action": [scheme.pk for scheme in schemes]}
    assert "Người được giao" in client.post(queue, asked).content.decode()

    shown = [f"{one.pk}:{Scheme.objects.get(pk=one.pk).version}" for one in schemes]
    client.post(queue, asked | {"confirmed": "1", "row": shown, "to": to.pk})

    assert set(Scheme.objects.values_list("assigned_to", flat=True)) == {to.pk}
    page = client.get(f"{queue}&assigned={to.pk}&due=soon").content.decode()
    assert page.count("Người được giao</td>") == 2
    assert f"{schemes[0].due_on:%d/%m/%Y}" in page
