"""Faults of days off, deadlines, absences and notices."""

import datetime

from django.utils import timezone

from khuyencong.enums import Role
from khuyencong.models import Delegation, Holiday, Notice
from programmes.models import DeadlineRule
from tests.factories import ProvinceFactory, SchemeFactory, UserFactory
from tests.faults.planting import change, fault, stamp

MONDAY = datetime.date(2026, 3, 2)
NEXT_YEAR = timezone.localdate() + datetime.timedelta(days=365)


def holiday(**values):
    given = {"day": MONDAY, "name": "Ngày nghỉ mẫu", "document": "Văn bản mẫu"} | values
    return Holiday.objects.create(**given)


def rule(**values):
    """Five working days for reviewers to look at what was submitted."""
    given = {
        "status": "submitted",
        "role": "reviewer",
        "kind": "working_days",
        "number": 5,
        "label": "Thẩm định hồ sơ",
        "document": "Quy chế mẫu",
        "valid_from": datetime.date(2015, 1, 1),
    } | values
    return DeadlineRule.objects.create(**given)


def delegation(**values):
    """Two colleagues, ten days from today."""
    today = timezone.localdate()
    giver = values.pop("from_person", None) or UserFactory(role=Role.REVIEWER)
    taker = values.pop("to_person", None) or UserFactory(role=giver.role, province=giver.province)
    given = {"first_day": today, "last_day": today + datetime.timedelta(days=9), "document": "Giấy nghỉ phép mẫu"}
    people = {"from_person": giver, "to_person": taker, "created_by": giver}
    return Delegation.objects.create(**people, **given | values)


def notice(**values):
    given = {
        "user": values.pop("user", None) or UserFactory(),
        "kind": "sent",
        "title": "Đề án mẫu",
        "url": "/",
        "key": "mau",
    }
    return Notice.objects.create(**given | values)


@fault("holiday-worked-at-weekend", "khuyencong_holiday.holiday_worked_at_weekend")
def _():
    holiday(is_working=True)


@fault("delegation-between-colleagues")
def _():
    delegation(to_person=UserFactory(role=Role.STAFF))


@fault("delegation-between-colleagues")
def _():
    delegation(to_person=UserFactory(role=Role.REVIEWER, province=ProvinceFactory(code="42", name="Hà Tĩnh")))


@fault("delegation-to-oneself", "khuyencong_delegation.delegation_not_to_oneself")
def _():
    person = UserFactory(role=Role.REVIEWER)
    delegation(from_person=person, to_person=person)


@fault("delegation-days-apart", "khuyencong_delegation.delegation_days_apart")
def _():
    first = delegation()
    delegation(from_person=first.from_person, first_day=first.last_day, last_day=NEXT_YEAR)


@fault("delegation-without-chain")
def _():
    first = delegation()
    delegation(from_person=first.to_person)


@fault("delegation-ended-by-someone", "khuyencong_delegation.delegation_ended_on_with_ended_by")
def _():
    change(delegation(), ended_on=timezone.localdate())


@fault("notice-leads-outside", "khuyencong_notice.notice_url_within")
def _():
    notice(url="//example.org/")


@fault("notice-read-after-told", "khuyencong_notice.notice_read_after_told")
def _():
    stamp(notice(), read_at=timezone.now() - datetime.timedelta(days=9))


@fault("scheme-due-stale")
def _():
    change(SchemeFactory(), due_on=MONDAY)


@fault("scheme-due-stale")
def _():
    scheme = SchemeFactory(money={"province": 150}, state="submitted")
    rule()
    scheme.refresh_from_db()
    assert scheme.due_on is None


@fault("scheme-assignee-of-the-place")
def _():
    stranger = UserFactory(role=Role.REVIEWER, province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    change(SchemeFactory(), assigned_to=stranger)


@fault("deadline-rule-real-day", "programmes_deadlinerule.deadline_rule_real_day")
def _():
    rule(kind="fixed_day", number=31, month=6, year_offset=0)


@fault("notice-of-foreign-scheme")
def _():
    stranger = UserFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    notice(user=stranger, url=SchemeFactory().get_absolute_url())
