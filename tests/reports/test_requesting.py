"""People ask for reports, take the request back, ask again."""

import datetime
import os
import subprocess
import sys

import pytest
from django.db import IntegrityError

from khuyencong.enums import Role
from khuyencong.periods import FiveYears
from khuyencong.refusals import RefusedError, explain
from reports import services
from reports.models import Report, Status
from tests.factories import LineageFactory, ProvinceFactory, UserFactory

DAY = datetime.date(2020, 12, 31)


def ask(by, province=None, period=None):
    return services.request_report("giai-doan", province=province, period=period or FiveYears(2016), cut_off=DAY, by=by)


def test_a_request_is_a_queued_row(staff):
    report = ask(staff, staff.province)

    report.refresh_from_db()
    assert (report.status, report.requested_by, report.attempts) == (Status.QUEUED, staff, 0)
    assert (report.first_year, report.last_year, report.cut_off) == (2016, 2020, DAY)


def test_workers_are_told_only_after_the_commit(staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        report = ask(staff, staff.province)

    assert [callback.args for callback in callbacks] == [(report.pk,)]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_role_that_only_reads_may_not_ask(role, db):
    user = UserFactory(role=role)

    with pytest.raises(RefusedError, match="Vai trò"):
        ask(user, user.province)

    assert not Report.objects.exists()


def test_another_province_and_the_whole_country_are_not_theirs(staff):
    other = ProvinceFactory(code="42", name="Hà Tĩnh")

    for province in (other, None):
        with pytest.raises(RefusedError, match="địa bàn"):
            ask(staff, province)


def test_a_merged_province_is_theirs(staff):
    old = ProvinceFactory(code="41", name="Tỉnh cũ")
    LineageFactory(predecessor=old, successor=staff.province)

    assert ask(staff, old).province == old


def test_people_of_all_provinces_ask_for_all(db):
    assert ask(UserFactory(role=Role.LEADER, province=None)).territory == "Toàn quốc"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", [Status.QUEUED, Status.BUILDING])
def test_the_same_report_is_not_built_twice_at_once(asked, status):
    first = asked()
    Report.objects.update(status=status, worker="00000000-0000-0000-0000-000000000001", lease_until=first.requested_at)

    with pytest.raises(IntegrityError, match="report_one_in_flight") as refused:
        ask(first.requested_by, first.province)

    assert explain(refused.value).sentence.startswith("Báo cáo này đang được lập")
    assert ask(first.requested_by, first.province, FiveYears(2021)).pk


def test_a_cancelled_report_frees_its_place(asked):
    first = asked()

    services.cancel_report(first, by=first.requested_by)

    first.refresh_from_db()
    assert (first.status, first.is_in_flight) == (Status.CANCELLED, False)
    assert ask(first.requested_by, first.province).pk != first.pk


def test_what_has_ended_is_not_cancelled(asked):
    report = asked(status=Status.FAILED, error="Lỗi")

    with pytest.raises(RefusedError, match="không hủy được"):
        services.cancel_report(report, by=report.requested_by)


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELLED])
def test_a_failed_report_is_queued_again_in_the_name_of_who_asks_now(asked, status):
    report = asked(status=status, error="Lỗi cũ", attempts=3, progress=40)
    colleague = UserFactory(province=report.province, role=Role.LEADER)

    again = services.retry_report(report, by=colleague)

    again.refresh_from_db()
    assert again.pk == report.pk
    assert (again.status, again.attempts, again.error, again.progress) == (Status.QUEUED, 0, "", 0)
    assert again.requested_by == colleague


def test_a_finished_report_stays_and_a_new_one_is_queued(asked):
    report = asked()
    done = {"figures": {}, "file_name": "1-a.xlsx", "file_size": 1, "sha256": "0" * 64}
    Report.objects.update(status=Status.DONE, finished_at=report.requested_at, data_as_of=report.requested_at, **done)

    again = services.retry_report(report, by=report.requested_by)

    assert (again.status, again.province, again.period, again.cut_off) == (
        Status.QUEUED,
        report.province,
        report.period,
        report.cut_off,
    )
    report.refresh_from_db()
    assert report.status == Status.DONE


def test_a_running_report_is_not_queued_again(asked):
    report = asked()

    with pytest.raises(RefusedError, match="đang được lập"):
        services.retry_report(report, by=report.requested_by)


def test_only_who_may_ask_may_cancel_or_retry(asked):
    report, auditor = asked(), UserFactory(role=Role.AUDITOR)

    for act in (services.cancel_report, services.retry_report):
        with pytest.raises(RefusedError, match="Vai trò"):
            act(report, by=auditor)


def test_a_broker_that_is_away_fails_nobody(settings):
    """In a process of its own, with an address where nobody listens."""
    script = "import django; django.setup(); from reports.services import requesting; requesting.wake(1)"
    environment = os.environ | {"REDIS_URL": "redis://127.0.0.1:1/0"}

    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert "waits for the next sweep" in done.stderr
    assert done.returncode == 0
