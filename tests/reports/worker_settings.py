"""Settings of the worker processes that the suite kills: short leases, frequent sweeps."""

from tests.settings import *  # noqa: F403

REPORT_LEASE_SECONDS = 2
CELERY_BEAT_SCHEDULE = {"sweep-reports": {"task": "reports.tasks.sweep_reports", "schedule": 1.0}}
