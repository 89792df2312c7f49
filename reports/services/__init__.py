"""What must happen together: asking for a report, building it, cleaning up."""

from reports.services.building import build, compute
from reports.services.requesting import cancel_report, check_may_request, request_report, retry_report
from reports.services.sweeping import sweep

__all__ = ["build", "cancel_report", "check_may_request", "compute", "request_report", "retry_report", "sweep"]
