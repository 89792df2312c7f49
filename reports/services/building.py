"""A worker builds a report: it claims the row for a while, tells how far it is, and publishes only what is still its own.

The claim is a lease by the database's clock. A worker that dies is noticed when its lease runs out; one that was only
slow finds at its next word that the row is no longer its own (`LostLeaseError`) and throws its work away.
"""

import errno
import logging
import time
import uuid
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from khuyencong.boundaries import Boundaries
from khuyencong.refusals import RefusedError
from reports import kinds, sources, storage, workbook
from reports.agencies import agencies
from reports.coverage import Coverage
from reports.figures.rows import Subject, Territory
from reports.kinds.contract import Question
from reports.models import DatabaseClock, Report, Status
from reports.services.requesting import check_may_request

logger = logging.getLogger(__name__)

LEASE_SECONDS = 60
SECONDS_BETWEEN_WORDS = 1.0
DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ROOM = "Máy chủ hết chỗ để ghi tệp. Hãy báo quản trị hệ thống, rồi lập lại."
TOO_SLOW = "Lập báo cáo quá lâu nên đã dừng. Hãy lập cho địa bàn nhỏ hơn, hoặc báo quản trị hệ thống."
OUR_FAULT = "Hệ thống gặp lỗi khi lập báo cáo. Hãy lập lại; nếu vẫn lỗi, báo quản trị hệ thống kèm mã báo cáo {}."


class LostLeaseError(Exception):
    """The report is no longer ours: cancelled, or another worker has it."""


def compute(kind, *, province, period, cut_off, boundaries=Boundaries.AS_WAS, number=None):
    """The figures of a report, all read at one moment. Must not be called inside a transaction.

    RefusedError when the territory did not exist in the period, or the boundaries leave it undecided.
    """
    with sources.snapshot() as moment:
        coverage = Coverage(province, boundaries)
        coverage.check(period)
        rows = kind.read(Question(coverage, period, cut_off))
        subject = Subject(
            report=kind.key,
            title=kind.title,
            territory=_territory(coverage.named_in(period, moment.date())),
            period=period,
            cut_off=cut_off,
            data_as_of=moment,
            boundaries=coverage.boundaries.value,
            boundaries_label=coverage.boundaries.label,
            agencies=agencies(coverage, moment.date()),
            number=number,
        )
    return kind.summarise(rows, subject)


def _territory(province):
    return Territory(province.code, province.name, province.get_kind_display()) if province else Territory()


def build(pk, *, lease_seconds=None):
    """Build report `pk` if it is free, and say how it ended in its row. A database that went away ends in its exception.

    In that case nothing is written down: the lease runs out and the sweep wakes another worker.
    """
    lease = Lease.claim(pk, lease_seconds or getattr(settings, "REPORT_LEASE_SECONDS", LEASE_SECONDS))
    if lease is None:
        return
    try:
        _make(lease)
    except LostLeaseError:
        logger.info("Report %s: lost the lease, nothing kept", pk)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Report %s failed", pk)
        lease.fail(_why(error, pk))


def _make(lease):
    """Read, compute, draw, publish; the rights of the person who asked are checked as they are now."""
    report, kind = lease.report, kinds.find(lease.report.kind)
    check_may_request(report.requested_by, report.province)
    lease.tell(5, "Đọc số liệu")
    summary = compute(
        kind,
        province=report.province,
        period=report.period,
        cut_off=report.cut_off,
        boundaries=report.boundaries,
        number=report.pk,
    )
    lease.tell(30, "Vẽ bảng tính")
    stored = storage.keep(report.pk, lambda file: _draw(kind.sheets(summary), file, lease))
    lease.publish(summary.subject.data_as_of, kind.as_json(summary), stored)


def _draw(sheets, file, lease):
    rows = sum(len(table.lines) for sheet in sheets for table in sheet.tables) or 1
    done = 0

    def on_row():
        nonlocal done
        done += 1
        lease.tell(30 + 65 * done // rows, f"Ghi dòng {done} trong {rows}")

    workbook.write(sheets, file, on_row)


def _why(error, pk):
    """What a person is told."""
    if isinstance(error, RefusedError):
        return error.refusal.sentence
    if isinstance(error, SoftTimeLimitExceeded):
        return TOO_SLOW
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return NO_ROOM
    return OUR_FAULT.format(pk)


class Lease:
    """The right of one worker to build one report, as long as it keeps telling how far it is."""

    def __init__(self, report, seconds):
        self.report = report
        self.length = timedelta(seconds=seconds)
        self._told_at = time.monotonic()

    @classmethod
    @transaction.atomic
    def claim(cls, pk, seconds):
        """The lease of a queued or abandoned report; None when another worker has it, or has it in hand right now."""
        free = Report.objects.claimable().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
        if free.first() is None:
            return None
        Report.objects.filter(pk=pk).update(
            status=Status.BUILDING,
            worker=uuid.uuid4(),
            attempts=F("attempts") + 1,
            lease_until=DatabaseClock() + timedelta(seconds=seconds),
            started_at=DatabaseClock(),
            progress=0,
            progress_note="",
        )
        return cls(Report.objects.select_related("province", "requested_by").get(pk=pk), seconds)

    def tell(self, percent, note):
        """Write down how far it is and extend the lease: at most once a second, however often it is called."""
        if time.monotonic() - self._told_at < SECONDS_BETWEEN_WORDS:
            return
        self._told_at = time.monotonic()
        self._update(progress=percent, progress_note=note, lease_until=DatabaseClock() + self.length)

    def publish(self, data_as_of, figures, stored):
        """The report is done and everybody who may see it can fetch its file; a file that came too late is removed."""
        try:
            self._end(
                Status.DONE,
                progress=100,
                data_as_of=data_as_of,
                figures=figures,
                file_name=stored.name,
                file_size=stored.size,
                sha256=stored.sha256,
            )
        except LostLeaseError:
            storage.remove(stored.name)
            raise

    def fail(self, why):
        """The report ends with a sentence for people, unless it is no longer ours."""
        try:
            self._end(Status.FAILED, error=why)
        except LostLeaseError:
            logger.info("Report %s failed after its lease was lost", self.report.pk)

    def _end(self, status, **values):
        self._update(
            status=status, finished_at=DatabaseClock(), worker=None, lease_until=None, progress_note="", **values
        )

    def _update(self, **values):
        """Change the row if this worker still holds it."""
        mine = Report.objects.held_by(self.report.worker).filter(pk=self.report.pk)
        if not mine.update(**values):
            raise LostLeaseError
