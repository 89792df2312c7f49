"""A worker builds a report: the claim, the lease, the fence, and how it ends. Real transactions and connections."""

import hashlib
import os
import resource
import signal
import threading
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from khuyencong.enums import Role
from khuyencong.periods import FiveYears
from reports import kinds, services, storage
from reports.models import MOST_ATTEMPTS, DatabaseClock, Report, Status
from reports.services.building import NO_ROOM, Lease, LostLeaseError
from reports.services.sweeping import STOPPED
from tests.factories import DAY, PlanFundingFactory, ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db
really = pytest.mark.django_db(transaction=True)  # reads at one moment of its own, or uses several connections
ROUNDS = 10


def ended(report):
    report.refresh_from_db()
    return report


def claimed(report, seconds=60):
    return Lease.claim(report.pk, seconds)


def abandoned(report, attempts=1):
    """Held by a worker whose lease has run out."""
    past = DatabaseClock() - timedelta(seconds=1)
    Report.objects.filter(pk=report.pk).update(
        status=Status.BUILDING, worker=uuid.uuid4(), lease_until=past, attempts=attempts
    )
    return report


def together(count, act):
    """Run `act` in so many threads, each with its own connection, started at once; what each returned."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(place):
        connection.ensure_connection()
        barrier.wait()
        try:
            results[place] = act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


# From the request to the file


@really
def test_a_report_is_built_and_its_file_is_what_the_row_says(asked, decided, reports_folder):
    PlanFundingFactory(province=decided.province, approved_amount=50, proposed_amount=50)
    report = asked(province=decided.province)

    services.build(report.pk)

    report = ended(report)
    content = storage.read(report)
    assert (report.status, report.progress, report.attempts, report.worker) == (Status.DONE, 100, 1, None)
    assert report.file_name == f"{report.pk}-{hashlib.sha256(content).hexdigest()[:16]}.xlsx"
    assert report.file_size == len(content)
    assert [path.name for path in reports_folder.iterdir()] == [report.file_name]
    assert report.figures["overview"]["amount"] == 150
    assert report.figures["unconfirmed"] == {"lines": 1, "amount": 50}
    assert report.figures["schemes"][0]["code"] == decided.code
    total = openpyxl.load_workbook(report.path)["Tổng quan"]
    assert [row[2] for row in total.iter_rows(values_only=True) if row[0] == "Tổng cộng"] == [150]


@really
def test_a_report_about_nothing_is_built_too(asked):
    report = asked()

    services.build(report.pk)

    assert (ended(report).status, report.figures["overview"]["schemes"]) == (Status.DONE, 0)


@pytest.mark.parametrize("status", [Status.DONE, Status.FAILED, Status.CANCELLED])
def test_what_has_ended_is_left_alone(asked, status, reports_folder):
    done = {"figures": {}, "file_name": "1-a.xlsx", "file_size": 1, "sha256": "0" * 64}
    report = asked(error="Lỗi", finished_at=timezone.now(), data_as_of=timezone.now(), status=status, **done)

    services.build(report.pk)

    assert (ended(report).status, report.attempts, reports_folder.exists()) == (status, 0, False)


def test_a_missing_report_is_no_error():
    services.build(10**9)


# Who may have it


def test_rights_are_asked_again_when_it_is_built(asked):
    report = asked()
    person = report.requested_by
    person.role = Role.AUDITOR
    person.save()

    services.build(report.pk)

    assert (ended(report).status, report.error) == (Status.FAILED, "Vai trò của bạn không lập được báo cáo.")


def test_a_person_moved_to_another_province_gets_nothing(asked, reports_folder):
    report = asked()
    person = report.requested_by
    person.province = ProvinceFactory(code="42", name="Hà Tĩnh")
    person.save()

    services.build(report.pk)

    assert (ended(report).status, report.error) == (Status.FAILED, "Bạn không được lập báo cáo cho địa bàn này.")
    assert not reports_folder.exists()


def test_a_locked_account_gets_nothing(asked):
    report = asked()
    person = report.requested_by
    person.is_active = False
    person.save()

    services.build(report.pk)

    assert ended(report).status == Status.FAILED


# The claim


def test_a_claim_counts_the_attempt_and_sets_a_lease_by_the_databases_clock(asked):
    lease = claimed(asked(), seconds=60)

    left = Report.objects.annotate(now=DatabaseClock()).get(pk=lease.report.pk)
    assert (lease.report.status, lease.report.attempts) == (Status.BUILDING, 1)
    assert timedelta(seconds=55) < left.lease_until - left.now <= timedelta(seconds=60)


def test_a_held_report_is_not_claimed(asked):
    report = asked()
    claimed(report)

    assert claimed(report) is None
    assert ended(report).attempts == 1


def test_an_abandoned_report_is_claimed_by_the_next(asked):
    report = abandoned(asked())
    before = ended(report).worker

    lease = claimed(report)

    assert (lease.report.attempts, lease.report.worker == before) == (2, False)


def test_a_report_that_was_tried_too_often_is_not_claimed(asked):
    assert claimed(abandoned(asked(), attempts=MOST_ATTEMPTS)) is None


@really
def test_of_four_workers_exactly_one_gets_the_report(asked):
    for _ in range(ROUNDS):
        report = asked()

        leases = together(4, lambda report=report: claimed(report))

        assert sum(lease is not None for lease in leases) == 1
        assert ended(report).attempts == 1
        Report.objects.all().delete()


@really
def test_control_a_claim_that_looks_first_is_taken_twice(asked):
    """Without the lock two workers do get the same report; otherwise the test above would prove nothing."""
    report, barrier = asked(), threading.Barrier(2)

    def careless():
        free = Report.objects.claimable().filter(pk=report.pk).exists()
        barrier.wait()
        Report.objects.filter(pk=report.pk).update(
            status=Status.BUILDING, worker=uuid.uuid4(), lease_until=timezone.now()
        )
        return free

    assert together(2, careless) == [True, True]


@really
def test_messages_that_come_three_times_build_one_report(asked, decided, reports_folder):
    report = asked(province=decided.province)

    together(3, lambda: services.build(report.pk))

    assert (ended(report).status, report.attempts) == (Status.DONE, 1)
    assert [path.name for path in reports_folder.iterdir()] == [report.file_name]


# The lease


def test_a_word_extends_the_lease_but_not_more_than_once_a_second(asked):
    lease = claimed(asked(), seconds=60)
    first = lease.report.lease_until

    lease.tell(10, "Ngay")
    assert (ended(lease.report).progress, lease.report.lease_until) == (0, first)

    lease._told_at -= 2
    lease.tell(20, "Sau một giây")
    assert (ended(lease.report).progress, lease.report.progress_note) == (20, "Sau một giây")
    assert lease.report.lease_until > first


def test_a_worker_learns_that_its_report_was_cancelled(asked):
    lease = claimed(asked())
    services.cancel_report(lease.report, by=lease.report.requested_by)
    lease._told_at -= 2

    with pytest.raises(LostLeaseError):
        lease.tell(50, "Đang vẽ")

    assert ended(lease.report).status == Status.CANCELLED


def test_a_worker_that_slept_too_long_publishes_nothing(asked, reports_folder):
    """Fenced: the one who came after has the row, the sleeper's file goes."""
    report = asked()
    sleeper = claimed(report, seconds=0)
    successor = claimed(report)
    stored = storage.keep(report.pk, lambda file: file.write(b"cu"))

    with pytest.raises(LostLeaseError):
        sleeper.publish(timezone.now(), {}, stored)
    sleeper.fail("Quá chậm")

    assert list(reports_folder.iterdir()) == []
    assert (ended(report).status, report.worker) == (Status.BUILDING, successor.report.worker)


def test_a_cancelled_report_leaves_no_file(asked, reports_folder):
    lease = claimed(asked())
    services.cancel_report(lease.report, by=lease.report.requested_by)
    stored = storage.keep(lease.report.pk, lambda file: file.write(b"x"))

    with pytest.raises(LostLeaseError):
        lease.publish(timezone.now(), {}, stored)

    assert list(reports_folder.iterdir()) == []


# When it goes wrong


@pytest.fixture
def no_room():
    """No file may grow beyond 1000 bytes, as on a full disk."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@really
def test_a_full_disk_is_said_in_words_and_leaves_nothing(asked, decided, reports_folder, no_room):
    report = asked(province=decided.province)

    services.build(report.pk)

    assert (ended(report).status, report.error) == (Status.FAILED, NO_ROOM)
    assert list(reports_folder.iterdir()) == []


@really
def test_a_folder_that_cannot_be_written_fails_with_the_reports_number(asked, decided, reports_folder):
    reports_folder.write_text("a file where the folder should be")
    report = asked(province=decided.province)

    services.build(report.pk)

    assert ended(report).status == Status.FAILED
    assert report.error.endswith(f"kèm mã báo cáo {report.pk}.")


@really
def test_a_failed_report_is_built_after_a_retry(asked, decided, reports_folder):
    reports_folder.write_text("a file where the folder should be")
    report = asked(province=decided.province)
    services.build(report.pk)
    reports_folder.unlink()

    services.retry_report(report, by=report.requested_by)
    services.build(report.pk)

    assert (ended(report).status, report.error) == (Status.DONE, "")


@really
def test_a_database_that_goes_away_is_left_to_the_next_worker(asked, decided):
    """The lease runs out and the sweep wakes another: nothing is written down as failed."""
    report = asked(province=decided.province)

    with connection.execute_wrapper(_breaks_on('FROM "programmes_fundingline"')), pytest.raises(OperationalError):
        services.build(report.pk)

    assert (ended(report).status, report.error) == (Status.BUILDING, "")
    Report.objects.update(lease_until=DatabaseClock() - timedelta(seconds=1))
    services.build(report.pk)
    assert (ended(report).status, report.attempts) == (Status.DONE, 2)


def _breaks_on(part):
    def execute(run, sql, params, many, context):
        if part in sql:
            raise OperationalError("server closed the connection unexpectedly")
        return run(sql, params, many, context)

    return execute


# The sweep


def test_the_sweep_gives_up_on_what_stopped_three_workers(asked):
    worn_out, once = abandoned(asked(), attempts=MOST_ATTEMPTS), abandoned(asked(period=FiveYears(2021)))

    services.sweep()

    assert (ended(worn_out).status, worn_out.error) == (Status.FAILED, STOPPED)
    assert ended(once).status == Status.BUILDING


def test_the_sweep_leaves_a_report_that_is_being_built(asked):
    report = asked(attempts=2)
    claimed(report)

    services.sweep()

    assert (ended(report).status, report.attempts) == (Status.BUILDING, 3)


@really
def test_the_sweep_keeps_the_files_that_rows_name(asked, decided, reports_folder):
    report = asked(province=decided.province)
    services.build(report.pk)
    orphan = storage.keep(99, lambda file: file.write(b"x"))
    for path in reports_folder.iterdir():
        os.utime(path, (0, 0))

    services.sweep()

    assert [path.name for path in reports_folder.iterdir()] == [ended(report).file_name] != [orphan.name]


# One moment


def _confirm_money(decided):
    funding = PlanFundingFactory(province=decided.province, approved_amount=100)
    funding.confirmed_by, funding.confirmed_at = UserFactory(role=Role.REVIEWER), funding.created_at
    funding.save()
    connection.close()


def _compute(decided):
    kind = kinds.find("giai-doan")
    return services.compute(kind, province=decided.province, period=FiveYears(2016), cut_off=DAY)


@really
def test_a_report_sees_one_moment_even_while_others_write(decided):
    """What is committed between two of its queries does not reach it."""
    written = []

    def somebody_writes(run, sql, params, many, context):
        if 'FROM "programmes_fundingline"' in sql and not written:
            written.append(True)
            thread = threading.Thread(target=_confirm_money, args=(decided,))
            thread.start()
            thread.join()
        return run(sql, params, many, context)

    with connection.execute_wrapper(somebody_writes):
        summary = _compute(decided)

    assert summary.overview.amount == 150
    assert _compute(decided).overview.amount == 250
