"""`manage.py send_digest`: what the worker does by itself, for a person or a timer."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from khuyencong import mailing


class Command(BaseCommand):
    help = "Gửi thư thông báo: thư gửi ngay còn chờ và thư gộp của ngày; chạy lại không gửi trùng."

    def handle(self, **options):
        at_once, digests = mailing.send_at_once(), mailing.send_digests(timezone.localdate())
        self.stdout.write(f"Đã gửi {at_once} thư riêng và {digests} thư gộp.")
