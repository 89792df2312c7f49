"""People ask for a report, take the request back, ask again. The row is the order; Celery is only told of it."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerDownError

from khuyencong import scope
from khuyencong.boundaries import Boundaries
from khuyencong.refusals import RefusedError
from reports.models import DatabaseClock, Report, Status

logger = logging.getLogger(__name__)

NOT_YOUR_ROLE = "Vai trò của bạn không lập được báo cáo."
NOT_YOUR_TERRITORY = "Bạn không được lập báo cáo cho địa bàn này."
NOT_RUNNING = "Báo cáo này không còn đang lập nên không hủy được."
STILL_RUNNING = "Báo cáo này đang được lập. Hãy đợi nó xong, hoặc hủy trước khi lập lại."


def check_may_request(user, province):
    """RefusedError unless `user` may ask for the report of `province` (None: of all provinces)."""
    if not user.has_perm("reports.add_report"):
        raise RefusedError(NOT_YOUR_ROLE, "report_role")
    ids = scope.province_ids(user)
    if ids is not None and (province is None or province.pk not in ids):
        raise RefusedError(NOT_YOUR_TERRITORY, "report_territory")


@transaction.atomic
def request_report(kind, *, province, period, cut_off, by, boundaries=Boundaries.AS_WAS):
    """Queue a report of the kind's key. IntegrityError `report_one_in_flight` while the same one is being built."""
    check_may_request(by, province)
    report = Report.objects.create(
        kind=kind,
        province=province,
        boundaries=boundaries,
        period=period,
        cut_off=cut_off,
        requested_by=by,
    )
    transaction.on_commit(partial(wake, report.pk))
    return report


@transaction.atomic
def retry_report(report, *, by):
    """Queue a failed or cancelled report again in the name of `by`; a finished one stays, and a new one is queued."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    check_may_request(by, report.province)
    if report.is_in_flight:
        raise RefusedError(STILL_RUNNING, "report_one_in_flight")
    if report.status == Status.DONE:
        return request_report(
            report.kind,
            province=report.province,
            period=report.period,
            cut_off=report.cut_off,
            by=by,
            boundaries=report.boundaries,
        )
    report.status, report.requested_by, report.attempts, report.error = Status.QUEUED, by, 0, ""
    report.progress, report.progress_note = 0, ""
    report.worker = report.lease_until = report.started_at = report.finished_at = None
    report.save()
    transaction.on_commit(partial(wake, report.pk))
    return report


@transaction.atomic
def cancel_report(report, *, by):
    """Take a request back; a worker that is at it notices within a second or two, and leaves no file."""
    check_may_request(by, report.province)
    stopped = Report.objects.in_flight().filter(pk=report.pk)
    if not stopped.update(status=Status.CANCELLED, finished_at=DatabaseClock(), worker=None, lease_until=None):
        raise RefusedError(NOT_RUNNING, "report_not_running")


def wake(pk, **options):
    """Tell the workers; when the broker is away, the next sweep tells them again."""
    once = {"max_retries": 1, "interval_start": 0}
    try:
        current_app.send_task("reports.tasks.build_report", [pk], retry_policy=once, **options)
    except (BrokerDownError, OSError) as error:
        logger.warning("Report %s waits for the next sweep: %s", pk, error)
