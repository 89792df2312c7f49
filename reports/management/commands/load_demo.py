"""`manage.py load_demo`: reference data, demonstration accounts, demonstration schemes. Demonstration mode only."""

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from facilities import demonstration as clusters
from fairs import demonstration as fairs
from khuyencong.demo import ACCOUNTS
from khuyencong.models import Province, User
from programmes import demonstration
from reports.management.commands.load_reference_data import load_reference_data


class Command(BaseCommand):
    help = "Nạp dữ liệu trình diễn: dữ liệu tham chiếu, tài khoản mẫu, đề án, hội chợ, bình chọn minh họa."

    def handle(self, *, verbosity, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("Chỉ nạp dữ liệu trình diễn ở chế độ trình diễn (KHUYENCONG_MODE=demonstration).")
        today = timezone.localdate()
        with transaction.atomic():
            load_reference_data()
            with pghistory.context(reason="Nạp dữ liệu trình diễn"):
                loaded = load_demonstration(today)
        if verbosity:
            self.stdout.write("Đã nạp dữ liệu trình diễn." if loaded else "Dữ liệu trình diễn đã có sẵn.")


def load_demonstration(today) -> bool:
    """The accounts, schemes, clusters, fairs and rounds of the demonstration; False when all of it was already there."""
    known = User.objects.in_bulk([account.username for account in ACCOUNTS], field_name="username")
    people = {one.username: known.get(one.username) or _person(one, today) for one in ACCOUNTS}
    of_nghe_an = {"staff": people["canbo"], "reviewer": people["thamdinh"]}
    of_quang_ninh = {"staff": people["quangninh"], "reviewer": people["thamdinhqn"]}
    of_quang_tri = {"staff": people["quangtri"], "reviewer": people["thamdinhqt"]}
    is_new = not demonstration.is_loaded()
    if is_new:
        demonstration.load(**of_nghe_an, of_quang_ninh=of_quang_ninh, today=today)
    is_new = clusters.load(today) or is_new
    of_others = {"of_quang_ninh": of_quang_ninh, "of_quang_tri": of_quang_tri}
    return fairs.load(people=of_nghe_an, **of_others, today=today) or is_new


def _person(account, today):
    """A new user of the account; one that exists is never touched."""
    province = Province.objects.on(today).get(code=account.province_code) if account.province_code else None
    return User.objects.create_user(
        account.username,
        settings.DEMO_PASSWORD,
        full_name=account.full_name,
        role=account.role,
        province=province,
    )
