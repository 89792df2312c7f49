"""Commendations that an article counts without naming anybody: one row a kind of recipient."""

from fairs.enums import CommendationLevel, Recipient
from fairs.models import Commendation

ACHIEVEMENT = "Thành tích xuất sắc trong hoạt động khuyến công giai đoạn 2016 – 2020"


def commend(province, year, *, collectives, individuals, told, staff):
    """`told`: where the numbers are from."""
    numbers = {Recipient.COLLECTIVE: collectives, Recipient.INDIVIDUAL: individuals}
    Commendation.objects.bulk_create(
        Commendation(
            province=province,
            year=year,
            level=CommendationLevel.PROVINCE,
            recipient_kind=kind,
            recipient=f"{count:02d} {kind.label.lower()} (chỉ biết số lượng)",
            count=count,
            achievement=ACHIEVEMENT,
            note=told,
            created_by=staff,
            is_illustrative=True,
        )
        for kind, count in numbers.items()
    )
