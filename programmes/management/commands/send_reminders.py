"""`manage.py send_reminders`: what the worker does by itself on every day, for a person or a timer."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from programmes.deadlines.reminders import remind


class Command(BaseCommand):
    help = "Nhắc việc sắp đến hạn, quá hạn và báo cáo định kỳ; chạy lại không nhắc trùng."

    def handle(self, **options):
        count = remind(timezone.localdate())
        self.stdout.write(f"Đã nhắc xong: {count} đề án sắp đến hạn hoặc quá hạn.")
