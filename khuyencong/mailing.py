"""Notices by mail: at once, or one letter a day. Sent by the worker, never within a step; what fails is tried again."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from khuyencong.models import Mail, Notice

logger = logging.getLogger(__name__)
DIGESTS = 7117  # the class of advisory locks of people whose daily letter is being written
GIVEN_UP_AFTER = timedelta(days=3)


def send_at_once() -> int:
    """Mail what people want at once; how many were sent. Two processes never send the same one."""
    if not settings.MAILS:
        return 0
    pending = Notice.objects.to_mail(Mail.AT_ONCE).filter(created_at__gte=timezone.now() - GIVEN_UP_AFTER)
    return sum(_attempt(_send_one, pk) for pk in pending.order_by("pk").values_list("pk", flat=True))


def _send_one(pk):
    rows = Notice.objects.to_mail(Mail.AT_ONCE).filter(pk=pk).select_related("user")
    notice = rows.select_for_update(of=("self",), skip_locked=True).first()
    if notice is None:
        return False
    _post(notice.user, notice.title, [notice])
    return True


def send_digests(today) -> int:
    """One letter a person with what is new since the last; how many letters. Whoever had one `today` gets no second."""
    if not settings.MAILS:
        return 0
    pending = Notice.objects.to_mail(Mail.DAILY).order_by("user").values_list("user", flat=True).distinct()
    return sum(_attempt(_send_digest, user_id, today) for user_id in list(pending))


def _send_digest(user_id, today):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [DIGESTS, user_id])
        if not cursor.fetchone()[0]:
            return False
    if Notice.objects.filter(user=user_id, mail=Mail.DAILY, mailed_at__date=today).exists():
        return False
    notices = list(
        Notice.objects.to_mail(Mail.DAILY).filter(user=user_id).select_related("user").order_by("kind", "pk")
    )
    if not notices:
        return False
    _post(notices[0].user, f"Khuyến công: {len(notices)} thông báo ngày {today:%d/%m/%Y}", notices)
    return True


def _attempt(send, *arguments) -> bool:
    """`send` in a transaction of its own; a failure is logged, undone and tried again the next time."""
    try:
        with transaction.atomic():
            return send(*arguments)
    except OSError as error:  # SMTP errors among them
        logger.warning("Thư thông báo chưa gửi được: %s", error)
        return False


def _post(user, subject, notices):
    """Stamp the notices, then send: when sending fails the stamp goes with the transaction."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    context = {"user": user, "notices": notices, "site": settings.SITE_URL.rstrip("/")}
    message = EmailMultiAlternatives(subject[:150], render_to_string("mail/notices.txt", context), to=[user.email])
    message.attach_alternative(render_to_string("mail/notices.html", context), "text/html")
    message.send()
