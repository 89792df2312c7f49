"""`manage.py load_places [--check]`: provinces, districts, communes, their lineage and the names of agencies."""

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from khuyencong import reference, refusals
from khuyencong.money import format_amount
from khuyencong.place_files import FILES, PlaceFile, counts

SHOWN = 50
BUSY = "Một tiến trình khác đang nạp hoặc sửa địa giới. Hãy chạy lại sau ít phút."


class Command(BaseCommand):
    help = "Nạp địa giới hành chính từ fixtures/; với --check chỉ đối chiếu, khác một điểm là báo lỗi."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="chỉ đối chiếu cơ sở dữ liệu với các tệp, không ghi gì"
        )

    def handle(self, *, check, **options):
        if not check:
            self._load()
        self._print_counts()
        if check:
            self._compare()

    def _load(self):
        try:
            with transaction.atomic(), pghistory.context(reason="Nạp dữ liệu địa giới"):
                changed = reference.load()
        except DatabaseError as error:
            raise CommandError(f"Chưa nạp được, dữ liệu giữ nguyên. {_sentence(error)}") from error
        self.stdout.write(f"Đã nạp: {format_amount(changed)} dòng thêm hoặc sửa.\n\n")

    def _print_counts(self):
        wanted, stored = (
            counts({file.name: rows(file) for file in FILES}) for rows in (PlaceFile.wanted, PlaceFile.stored)
        )
        self.stdout.write(f"{'':36}{'trong tệp':>12}{'cơ sở dữ liệu':>16}\n")
        for label, number in wanted.items():
            self.stdout.write(f"{label:36}{format_amount(number):>12}{format_amount(stored[label]):>16}\n")

    def _compare(self):
        found = [sentence for file in FILES for sentence in file.differences()]
        for sentence in found[:SHOWN]:
            self.stdout.write(sentence)
        if len(found) > SHOWN:
            self.stdout.write(f"… và {format_amount(len(found) - SHOWN)} điểm khác nữa.")
        if found:
            raise CommandError(f"Cơ sở dữ liệu khác các tệp ở {format_amount(len(found))} điểm.")
        self.stdout.write("\nCơ sở dữ liệu khớp với các tệp.")


def _sentence(error):
    refusal = refusals.explain(error)
    return BUSY if refusal.code == "busy" else refusal.sentence
