"""Every few seconds: tell the workers again what waits, give up on what keeps killing them, remove what is left over."""

from reports import storage
from reports.models import MOST_ATTEMPTS, DatabaseClock, Report, Status
from reports.services.requesting import wake

STOPPED = (
    f"Tiến trình lập báo cáo bị dừng {MOST_ATTEMPTS} lần nên không thử nữa. "
    "Hãy báo quản trị hệ thống xem nhật ký, rồi lập lại."
)
MESSAGE_SECONDS = 30  # an unread message is worth nothing once the next sweep has sent another


def sweep():
    """Safe to run at any time, also twice at once."""
    worn_out = Report.objects.abandoned().filter(attempts__gte=MOST_ATTEMPTS)
    worn_out.update(status=Status.FAILED, error=STOPPED, finished_at=DatabaseClock(), worker=None, lease_until=None)
    for pk in Report.objects.claimable().order_by("pk").values_list("pk", flat=True):
        wake(pk, expires=MESSAGE_SECONDS)
    storage.sweep(_named)


def _named(names):
    """Those of the file names that a row keeps."""
    return set(Report.objects.filter(file_name__in=list(names)).values_list("file_name", flat=True))
