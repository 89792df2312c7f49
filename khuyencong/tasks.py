"""What Celery runs for everybody: a service called, nothing else."""

from celery import shared_task
from django.utils import timezone

from khuyencong import mailing


@shared_task
def send_mail():
    """See `mailing.send_at_once`; beat calls it."""
    mailing.send_at_once()


@shared_task
def send_digest():
    """See `mailing.send_digests`; beat calls it through the working hours, the first call of a day sends."""
    mailing.send_digests(timezone.localdate())
