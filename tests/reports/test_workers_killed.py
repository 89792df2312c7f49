"""Reports survive whatever happens to the workers: real processes, real queue, kill -9."""

import datetime
import hashlib
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings
from django.db import connection

from khuyencong import embedded
from khuyencong.enums import Role
from khuyencong.models import ProvinceLineage
from khuyencong.periods import FiveYears
from reports import services
from reports.models import Report, Status
from tests.factories import LineageFactory, ProvinceFactory, SchemeFactory, UserFactory, all_sources

REPORTS, SCHEMES, KILLS, WORKERS = 20, 100, 12, 2
PATIENCE = 240  # seconds
WORKER = ("worker", "--pool=solo", "--without-gossip", "--without-mingle", "--without-heartbeat")

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def environment(tmp_path, reports_folder):
    """Of processes that use this test's own database, folder and a queue of their own."""
    database = connection.settings_dict
    where = f"postgres://{database['USER']}:{database['PASSWORD']}@:{database['PORT']}/{database['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.reports.worker_settings",
        "DATABASE_URL": f"{where}?host={database['HOST'] or database['OPTIONS']['host']}",
        "REDIS_URL": embedded.redis_url("workers", durable=False, var=tmp_path),
        "REPORTS_DIR": str(reports_folder),
    }


@contextmanager
def celery(environment, *arguments):
    """A Celery process, gone at the end."""
    command = [sys.executable, "-m", "celery", "-A", "khuyencong", *arguments]
    process = subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def asked(db):
    """Twenty reports of a place with a hundred schemes, under each of its twenty names since: each takes a while."""
    all_sources()
    leader = UserFactory(role=Role.LEADER, province=None)
    old = ProvinceFactory(valid_to=datetime.date(2020, 12, 31))
    author = UserFactory(province=old)
    for _ in range(SCHEMES):
        SchemeFactory(province=old, created_by=author, money={"province": 150}, state="approved")
    for n in range(REPORTS):
        start = old.valid_to + datetime.timedelta(days=1)
        new = ProvinceFactory(code=f"{n + 50}", name=f"Tỉnh {n}", valid_from=start, valid_to=start)
        LineageFactory(predecessor=old, successor=new, kind=ProvinceLineage.Kind.RENAMED)
        old = new
        Report.objects.create(
            kind="giai-doan", province=new, period=FiveYears(2016), cut_off="2026-01-01", requested_by=leader
        )


def kill_some(environment):
    """Kill workers at random moments, start others in their place, until every report is done; how many were killed."""
    chance, killed, deadline = random.Random(11), 0, time.monotonic() + PATIENCE
    with ExitStack() as stack:
        stack.enter_context(celery(environment, "beat", "-s", f"{environment['REPORTS_DIR']}-beat", "--pidfile="))
        workers = [stack.enter_context(celery(environment, *WORKER)) for _ in range(WORKERS)]
        while Report.objects.filter(status=Status.DONE).count() < REPORTS:
            assert time.monotonic() < deadline, list(Report.objects.values_list("status", "attempts", "error"))
            retry_what_was_hit_too_often()
            time.sleep(chance.uniform(0.1, 1.5))
            if killed < KILLS and Report.objects.filter(status=Status.BUILDING).exists():
                victim = workers.pop(0)
                victim.kill()
                victim.wait()
                workers.append(stack.enter_context(celery(environment, *WORKER)))
                killed += 1
    return killed


def retry_what_was_hit_too_often():
    """A person would press “Lập lại”."""
    for report in Report.objects.filter(status=Status.FAILED):
        services.retry_report(report, by=report.requested_by)


def test_every_report_is_done_exactly_once_and_its_file_is_whole(asked, environment, reports_folder):
    killed = kill_some(environment)

    assert killed >= 5
    reports = Report.objects.all()
    assert {report.status for report in reports} == {Status.DONE}
    assert [report.events.filter(status=Status.DONE).count() for report in reports] == [1] * REPORTS
    assert {report.figures["overview"]["schemes"] for report in reports} == {SCHEMES}
    for report in reports:
        assert hashlib.sha256(report.path.read_bytes()).hexdigest() == report.sha256

    for path in reports_folder.iterdir():
        os.utime(path, (0, 0))
    services.sweep()
    assert {path.name for path in reports_folder.iterdir()} == {report.file_name for report in reports}
