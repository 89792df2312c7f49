"""`manage.py rebuild_keys`: write the search, sort and name keys anew where they are not what their fields give today."""

import pghistory
from django.core.management.base import BaseCommand
from django.db import transaction

from khuyencong import services

REASON = "Dựng lại khóa tìm kiếm, sắp xếp và so trùng"


class Command(BaseCommand):
    help = "Dựng lại khóa tìm kiếm, sắp xếp và so trùng bị cũ; chạy lại nhiều lần không sao."

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        with pghistory.context(reason=REASON):
            count = services.rebuild_all_keys()
        if verbosity:
            self.stdout.write(f"Đã dựng lại khóa của {count} hồ sơ.")
