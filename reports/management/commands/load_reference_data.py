"""`manage.py load_reference_data`: provinces, trades, contents, indicators, sources, national programmes."""

import pghistory
from django.core.management.base import BaseCommand
from django.db import transaction

import facilities.reference
import fairs.reference
import khuyencong.reference
import programmes.reference

LOADERS = (khuyencong.reference.load, facilities.reference.load, programmes.reference.load, fairs.reference.load)


def load_reference_data() -> int:
    """Bring the reference tables to what fixtures/ says; how many rows were added or changed (0 the second time)."""
    with transaction.atomic(), pghistory.context(reason="Nạp dữ liệu tham chiếu"):
        return sum(load() for load in LOADERS)


class Command(BaseCommand):
    help = "Nạp dữ liệu tham chiếu từ fixtures/; chạy lại nhiều lần không sao."

    def handle(self, *, verbosity, **options):
        changed = load_reference_data()
        if verbosity:
            self.stdout.write(f"Dữ liệu tham chiếu: {changed} dòng thêm hoặc sửa.")
