"""`manage.py rebuild_keys`: write the search, sort and name keys anew where they are not what their fields give today."""

import pghistory
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from khuyencong.integrity import derived

REASON = "Dựng lại khóa tìm kiếm, sắp xếp và so trùng"


class Command(BaseCommand):
    help = "Dựng lại khóa tìm kiếm, sắp xếp và so trùng bị cũ; chạy lại nhiều lần không sao."

    def handle(self, *, verbosity, **options):
        count = rebuild_keys()
        if verbosity:
            self.stdout.write(f"Đã dựng lại khóa của {count} hồ sơ.")


@transaction.atomic
def rebuild_keys() -> int:
    """How many rows had a stale key; each is saved as its form would save it."""
    with pghistory.context(reason=REASON):
        stale = list(derived.stale_keys())
        for finding in stale:
            apps.get_model(finding["model"]).objects.get(pk=finding["id"]).save()
    return len(stale)
