"""What supported facilities told before and after support: by chance from a fixed seed, marked as illustrative."""

import random
from decimal import Decimal

from django.utils import timezone

from programmes.demonstration.drafts import MILLION
from programmes.models import MonitoringRecord, SchemeBeneficiary
from programmes.models.monitoring import FINISHED
from programmes.monitoring.due import FOLLOWED_YEARS, last_closed_year

SEED = 504
NOTE = "Số liệu minh họa, không phải của cơ sở có thật."
SOURCE = "Số liệu minh họa"
UNIT = "sản phẩm/giờ"
ANSWERS = 0.7  # of the facilities tell figures at all, of the years that they are asked for
GROWTH = (0.92, 1.18)  # from one year to the next
MOST = 400  # benefits


def illustrate(schemes, by):
    """Figures of beneficiaries of those of `schemes` (a QuerySet) that are accepted, illustrative and in sight of `by`.

    Two queries. Nothing for benefits that have figures already.
    """
    benefits = (
        SchemeBeneficiary.objects.visible_to(by)
        .filter(scheme__in=schemes, scheme__is_illustrative=True, scheme__status__in=FINISHED, monitoring=None)
        .filter(approved_amount__gt=0)
        .select_related("scheme")
        .order_by("-scheme__year", "pk")[:MOST]
    )
    rng, today = random.Random(SEED), timezone.localdate()
    told = [benefit for benefit in benefits if rng.random() < ANSWERS]
    MonitoringRecord.objects.bulk_create(row for one in told for row in _records(rng, one, by, today))


def _records(rng, benefit, by, today):
    """The year before the scheme, and most of the years that are asked for after it."""
    revenue, jobs = rng.randint(8, 120) * 100 * MILLION, rng.randint(6, 60)
    yield _record(rng, benefit, by, benefit.scheme.year - 1, revenue, jobs, is_before=True)
    first = max(benefit.scheme.year + 1, benefit.scheme.accepted_on.year)
    for year in range(first, min(benefit.scheme.year + FOLLOWED_YEARS, last_closed_year(today)) + 1):
        revenue = int(revenue * rng.uniform(*GROWTH)) // MILLION * MILLION
        jobs = max(1, round(jobs * rng.uniform(*GROWTH)))
        if rng.random() < ANSWERS:
            yield _record(rng, benefit, by, year, revenue, jobs)


def _record(rng, benefit, by, year, revenue, jobs, *, is_before=False):
    """Not every facility tells everything: taxes, productivity and export are sometimes left empty."""
    exports = rng.random() < 0.15
    return MonitoringRecord(
        benefit=benefit,
        year=year,
        is_before=is_before,
        revenue=revenue,
        jobs=jobs,
        income=rng.randint(45, 95) * MILLION // 10,
        taxes=revenue // 50 // 1000 * 1000 if rng.random() < 0.8 else None,
        productivity=Decimal(revenue // (jobs * MILLION)) / 10 if rng.random() < 0.5 else None,
        productivity_unit=UNIT,
        is_exporter=exports,
        export_value=revenue // 5 if exports else None,
        new_markets=None if is_before else rng.randint(0, 3),
        material_saved=None if is_before else Decimal(rng.randint(0, 25)),
        capital_mobilised=None if is_before or rng.random() < 0.4 else rng.randint(1, 20) * 50 * MILLION,
        figures_source=SOURCE,
        note=NOTE,
        recorded_by=by,
    )
