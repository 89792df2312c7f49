"""What staff are reminded of: certificates that end, reports not received, complaints to answer, memoranda to ask about.

Run as often as one likes, each is told once (`khuyencong.notices.tell`); the calendar of `programmes.deadlines` calls it.
"""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from facilities.models import Facility
from fairs.models import Certificate, Complaint, Deal
from fairs.products import holders
from fairs.products.filters import SOON
from khuyencong.enums import Role
from khuyencong.models import NoticeKind
from khuyencong.money import format_amount
from khuyencong.notices import people_of, tell

COMPLAINT_DAYS = 5  # days before the last day for an answer
REPORT_DAYS = 31  # a year's reports are asked for in January


def remind(today):
    """Tell the staff of each province of what is due on `today`."""
    people = _People()
    _certificates(today, people)
    _reports(today, people)
    _complaints(today, people)
    _memoranda(today, people)


class _People:
    """Staff, and leaders too when something is late, of a province; asked for once each."""

    def __init__(self):
        self._found = {}

    def of(self, province_id, *roles):
        key = (province_id, roles)
        if key not in self._found:
            self._found[key] = people_of(province_id, *roles)
        return self._found[key]


def _certificates(today, people):
    ending = Certificate.objects.expiring(today, today + timedelta(days=SOON)).for_list().order_by("valid_to", "pk")
    for one in ending:
        words = f"Giấy chứng nhận {one.number} hết hạn {one.valid_to:%d/%m/%Y}: {one.entry.product.name}"
        staff = people.of(one.round.cycle.province_id, Role.STAFF)
        tell(staff, NoticeKind.DUE_SOON, words, one.get_absolute_url(), f"certificate:{one.pk}:{one.valid_to.year}")


def _reports(today, people):
    """In January, once a province and year: how many have not reported on the year that is over."""
    if today >= date(today.year, 1, 1) + timedelta(days=REPORT_DAYS):
        return
    year = today.year - 1
    silent = holders.holders(Facility.objects.standing(), year).filter(report__isnull=True).order_by()
    url = f"{reverse('fairs:holder-report-list')}?{urlencode({'year': year, 'state': 'missing'})}"
    for province, number in _counted(silent.values_list("province_id", flat=True)).items():
        words = f"{format_amount(number)} cơ sở có giấy chứng nhận chưa báo cáo năm {year}"
        tell(people.of(province, Role.STAFF), NoticeKind.PERIODIC, words, url, f"holder-reports:{province}:{year}")


def _counted(values):
    found = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found


def _complaints(today, people):
    """Before the last day staff are told, after it leaders as well."""
    waiting = Complaint.objects.filter(answered_on__isnull=True, due_on__lte=today + timedelta(days=COMPLAINT_DAYS))
    for one in waiting.select_related("round__cycle").order_by("due_on", "pk"):
        province, due = one.round.cycle.province_id, f"{one.due_on:%d/%m/%Y}"
        kind, roles, words = NoticeKind.DUE_SOON, (Role.STAFF,), f"Trả lời khiếu nại trước ngày {due}"
        if one.due_on < today:
            kind, roles, words = NoticeKind.OVERDUE, (Role.STAFF, Role.LEADER), f"Quá hạn trả lời khiếu nại từ {due}"
        url = one.round.get_absolute_url()
        tell(people.of(province, *roles), kind, f"{words}: {one.complainant}", url, f"complaint:{kind}:{one.pk}:{due}")


def _memoranda(today, people):
    for one in Deal.objects.to_follow(today).for_list().order_by("follow_up_on", "pk"):
        words = f"Hỏi lại biên bản ghi nhớ với {one.partner} ({one.event.name}), hẹn {one.follow_up_on:%d/%m/%Y}"
        staff = people.of(one.event.province_id, Role.STAFF)
        tell(staff, NoticeKind.DUE_SOON, words, one.get_absolute_url(), f"deal:{one.pk}:{one.follow_up_on}")
