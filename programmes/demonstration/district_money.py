"""Money beside the schemes: what districts gave until they were abolished, what communes give now."""

import datetime

from programmes.demonstration.courses import moment, working_day
from programmes.demonstration.drafts import MILLION
from programmes.demonstration.plan import NGHE_AN_DISTRICTS
from programmes.models import PlanFunding

DISTRICTS = "Kinh phí cấp huyện trích hỗ trợ khuyến công (các huyện)"
COMMUNES = "Kinh phí cấp xã hỗ trợ khuyến công (các xã)"


def write_district_money(before, now, today, *, staff, reviewer):
    """Nghệ An's districts 2016 - 2020, confirmed; its communes' money of this year still waits for confirmation."""
    for year, millions in NGHE_AN_DISTRICTS.items():
        row = _row(before, "district", DISTRICTS, working_day(year, 3, 20), millions * MILLION, staff)
        row.settled_amount = row.approved_amount
        row.save()
        PlanFunding.objects.filter(pk=row.pk).update(
            created_at=moment(working_day(year, 11, 9), 9),
            confirmed_at=moment(working_day(year, 11, 11), 9),
            confirmed_by=reviewer,
        )
    _row(now, "commune", COMMUNES, today - datetime.timedelta(days=40), 180 * MILLION, staff).save()


def _row(province, source, purpose, decided, amount, staff):
    return PlanFunding(
        province=province,
        year=decided.year,
        source_id=source,
        purpose=purpose,
        proposed_amount=amount,
        approved_amount=amount,
        decision_number=f"{decided.year - 1950}/QĐ-UBND",
        decision_on=decided,
        note="Số liệu minh họa.",
        is_illustrative=True,
        created_by=staff,
    )
