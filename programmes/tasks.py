"""What Celery runs of schemes: a service called, nothing else."""

from celery import shared_task
from django.utils import timezone

from programmes.deadlines import reminders
from programmes.dossier import services as dossier


@shared_task
def send_reminders():
    """See `reminders.remind_all`; beat calls it through the working hours, each reminder is told once."""
    reminders.remind_all(timezone.localdate())


@shared_task
def sweep_dossiers():
    """See `dossier.services.sweep`; beat calls it."""
    dossier.sweep()
