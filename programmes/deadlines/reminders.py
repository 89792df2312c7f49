"""Reminders of deadlines: run as often as one likes, each is told once (`khuyencong.notices.tell`)."""

import calendar
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from khuyencong.enums import Role
from khuyencong.models import NoticeKind, User
from khuyencong.notices import people_of, tell
from programmes import notices
from programmes.deadlines.waiting import STAFF, Clock, todo, waiting, with_rule
from programmes.models import DeadlineKind, Scheme

OTHERS = []  # of apps above: each is called with the day and tells of what is theirs
MONITORED_YEARS = 5  # a scheme is followed up in the years after its settlement


def remind(today) -> int:
    """Tell of what is due soon or overdue on `today`, and of reports that come again; how many schemes were looked at."""
    clock = Clock.read(today)
    schemes = with_rule(waiting(Scheme.objects.filter(clock.late() | clock.soon())))
    found = list(schemes.select_related("assigned_to", "created_by", "submitted_by", "province"))
    for scheme in found:
        _remind_of(scheme, clock)
    for rule in clock.rules.values():
        _remind_again(rule, clock)
    return len(found)


def remind_all(today):
    """Of schemes, then of what the apps above have to remind of."""
    remind(today)
    for other in OTHERS:
        other(today)


def _remind_of(scheme, clock):
    people = notices.staff_of(scheme) if scheme.waits_for == STAFF else notices.reviewers_of(scheme)
    rule, due = clock.rules.get(scheme.rule), f"{scheme.due_on:%d/%m/%Y}"
    what = f"{scheme.code}, {(rule.label if rule else todo(scheme)).lower()}"
    kind, words = NoticeKind.DUE_SOON, f"Sắp đến hạn {due}: {what}"
    if scheme.due_on < clock.today:
        kind, words = NoticeKind.OVERDUE, f"Quá hạn từ ngày {due}: {what}"
        people = [*people, *people_of(scheme.province_id, Role.LEADER)]
    notices.remind(people, kind, words, scheme, f"{kind}:{scheme.pk}:{scheme.due_on}")


def _remind_again(rule, clock):
    """A monthly or yearly report: one notice a person for all the schemes it is about."""
    if rule.kind == DeadlineKind.MONTHLY:
        due = next_month_day(clock.today, rule.number)
    elif rule.kind == DeadlineKind.YEARLY:
        due = next_year_day(clock.today, rule.number, rule.month)
    else:
        return
    in_force = rule.valid_from <= due and (rule.valid_to is None or rule.valid_to >= due)
    if in_force and clock.today >= clock.days.before(due, rule.warn_days):
        _tell_staff(rule, due)


def _tell_staff(rule, due):
    """Who wrote such schemes, and who stands in for them, is told how many."""
    counts = dict(_subject_to(rule, due).order_by().values_list("created_by").annotate(Count("pk")))
    url = f"{reverse('programmes:scheme-list')}?{urlencode({'status': rule.status})}"
    for person in User.objects.filter(pk__in=counts, is_active=True).order_by("pk"):
        words = f"{rule.label}: {counts[person.pk]} đề án, hạn {due:%d/%m/%Y}"
        key = f"rule:{rule.pk}:{due}:{person.pk}"
        tell(notices.with_deputies([person]), NoticeKind.PERIODIC, words, url, key)


def _subject_to(rule, due):
    schemes = Scheme.objects.filter(status=rule.status)
    if rule.kind == DeadlineKind.YEARLY:
        schemes = schemes.filter(settled_on__year__gte=due.year - MONITORED_YEARS)
    if rule.level:
        schemes = schemes.filter(level=rule.level)
    return schemes.filter(province=rule.province_id) if rule.province_id else schemes


def next_month_day(today, number) -> date:
    """The next day `number` of a month, `today` included."""
    if today.day <= number:
        return today.replace(day=number)
    return (today.replace(day=calendar.monthrange(today.year, today.month)[1]) + timedelta(days=1)).replace(day=number)


def next_year_day(today, number, month) -> date:
    """The next day dd/mm, `today` included."""
    this_year = date(today.year, month, number)
    return this_year if this_year >= today else date(today.year + 1, month, number)
