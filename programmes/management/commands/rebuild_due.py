"""`manage.py rebuild_due`: deadlines after rules or holidays were changed outside the admin."""

from django.core.management.base import BaseCommand

from programmes.deadlines.services import rebuild


class Command(BaseCommand):
    help = "Tính lại hạn của mọi đề án theo các hạn và ngày nghỉ hiện có."

    def handle(self, **options):
        self.stdout.write(f"Đã tính lại hạn của {rebuild()} đề án.")
