"""What Celery runs: an id in, a service called, nothing else."""

from celery import shared_task

from reports import services


@shared_task
def build_report(report_id):
    """Build a report that waits; harmless when somebody else already does."""
    services.build(report_id)


@shared_task
def sweep_reports():
    """See `services.sweep`; beat calls it."""
    services.sweep()
