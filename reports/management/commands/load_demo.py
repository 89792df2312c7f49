"""`manage.py load_demo`: reference data, demonstration accounts, demonstration schemes. Demonstration mode only."""

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from facilities import demonstration as clusters
from khuyencong.demo import ACCOUNTS
from khuyencong.models import Province, User
from programmes import demonstration
from reports.management.commands.load_reference_data import load_reference_data


class Command(BaseCommand):
    help = "Nạp dữ liệu trình diễn: dữ liệu tham chiếu, tài khoản mẫu, đề án minh họa của Nghệ An, Hà Tĩnh, Phú Thọ, Quảng Ninh."

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
    """The accounts, schemes and clusters of the demonstration; False when all of it was already there."""
    people = {account.username: _person(account, today) for account in ACCOUNTS}
    is_new = not demonstration.is_loaded()
    if is_new:
        demonstration.load(
            staff=people["canbo"],
            reviewer=people["thamdinh"],
            of_quang_ninh={"staff": people["quangninh"], "reviewer": people["thamdinhqn"]},
            today=today,
        )
    return clusters.load(today) or is_new


def _person(account, today):
    """The account's user; one that exists stays as it is, with its password."""
    user = User.objects.filter(username=account.username).first()
    if user:
        return user
    province = Province.objects.on(today).get(code=account.province_code) if account.province_code else None
    return User.objects.create_user(
        account.username,
        settings.DEMO_PASSWORD,
        full_name=account.full_name,
        role=account.role,
        province=province,
    )
