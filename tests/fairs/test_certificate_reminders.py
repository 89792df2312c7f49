"""Reminders: told to the staff of the province, in time and once."""

import datetime

import pytest

from fairs import notices
from khuyencong.enums import Role
from khuyencong.models import Notice
from programmes.deadlines import reminders
from tests.factories import FacilityFactory, ProvinceFactory, UserFactory
from tests.fairs.factories import (
    ComplaintFactory,
    DealFactory,
    HolderReportFactory,
    certified,
)

pytestmark = pytest.mark.django_db
LAST = datetime.date(2023, 12, 31)  # of a certificate of 2020
DAYS = datetime.timedelta(days=1)


@pytest.fixture
def facility(staff):
    return FacilityFactory(name="Hợp tác xã Chè", province=staff.province)


def told(user, day=None):
    """(kind, title) of what the user was told; first the reminders of `day` are run, twice."""
    for _ in range(2 if day else 0):
        notices.remind(day)
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", "title"))


@pytest.mark.parametrize(("before", "expected"), [(91, 0), (90, 1), (0, 1), (-1, 0)])
def test_a_certificate_is_told_of_from_ninety_days_before_its_last_day(staff, facility, before, expected):
    certificate = certified(facility, number="15/GCN")

    found = [one for one in told(staff, LAST - before * DAYS) if one[0] == "due_soon"]

    words = f"Giấy chứng nhận 15/GCN hết hạn 31/12/2023: {certificate.entry.product.name}"
    assert found == [("due_soon", words)] * expected


def test_only_staff_of_the_province_are_told_and_not_of_what_was_revoked(staff, leader, facility):
    other = UserFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    taken = {"revocation_number": "9/QĐ", "revocation_reason": "Vi phạm", "revoked_by": staff}
    certified(facility, revoked_on=datetime.date(2021, 2, 3), **taken)
    certified(facility)

    assert len(told(staff, LAST)) == 1
    assert told(leader) == told(other) == []


def test_in_january_staff_are_told_once_how_many_have_not_reported(staff, facility):
    certified(facility)
    certified(FacilityFactory(province=staff.province))
    HolderReportFactory(facility=facility, year=2021)
    UserFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert told(staff, datetime.date(2021, 12, 31)) == []
    for day in (datetime.date(2022, 1, 1), datetime.date(2022, 1, 20)):
        assert told(staff, day) == [("periodic", "1 cơ sở có giấy chứng nhận chưa báo cáo năm 2021")]
    assert Notice.objects.get(user=staff).url == "/products/reports/?year=2021&state=missing"


def test_after_january_nobody_is_asked_for_reports_again(staff, facility):
    certified(facility)

    assert told(staff, datetime.date(2022, 2, 1)) == []


def test_a_complaint_is_told_of_before_its_answer_is_due_and_to_leaders_when_late():
    complaint = ComplaintFactory()
    complaint.refresh_from_db()
    province = complaint.round.cycle.province
    staff, leader = (UserFactory(province=province, role=role) for role in (Role.STAFF, Role.LEADER))
    due = complaint.due_on

    assert told(staff, due - 6 * DAYS) == []
    soon = ("due_soon", f"Trả lời khiếu nại trước ngày {due:%d/%m/%Y}: Cơ sở mẫu khiếu nại")
    assert told(staff, due) == [soon]
    assert told(leader) == []
    late = ("overdue", f"Quá hạn trả lời khiếu nại từ {due:%d/%m/%Y}: Cơ sở mẫu khiếu nại")
    assert told(staff, due + DAYS) == [soon, late]
    assert told(leader) == [late]
    complaint.answered_on, complaint.outcome, complaint.answer = due, "rejected", "Đã xem lại."
    complaint.save()
    assert told(leader, due + 30 * DAYS) == [late]


def test_a_memorandum_is_asked_about_on_its_day_and_again_on_a_new_day():
    deal = DealFactory(partner="Siêu thị mẫu", follow_up_on=datetime.date(2020, 8, 1))
    staff = UserFactory(province=deal.event.province)

    assert told(staff, datetime.date(2020, 7, 31)) == []
    assert [kind for kind, _ in told(staff, datetime.date(2020, 8, 1))] == ["due_soon"]
    deal.follow_up_on = datetime.date(2020, 9, 1)
    deal.save()
    assert len(told(staff, datetime.date(2020, 8, 15))) == 1
    assert [title[-10:] for _, title in told(staff, datetime.date(2020, 9, 5))] == ["01/08/2020", "01/09/2020"]


def test_the_calendar_of_reminders_calls_ours(staff, facility):
    certified(facility)

    reminders.remind_all(LAST)

    assert len(told(staff)) == 1
