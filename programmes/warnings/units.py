"""Implementing units that are late in many schemes, or carry out many at once."""

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from khuyencong.ratios import percentage
from programmes.models.warnings import Kind
from programmes.warnings.alerts import Alert, Severity
from programmes.warnings.late import RUNNING

LATE_AT_LEAST, LATE_SHARE = 3, 30  # schemes, per cent of those that run
GRAVE_AT_LEAST, GRAVE_SHARE = 5, 60
MANY_AT_ONCE = 20


def find(schemes, day):
    """Alerts over `schemes` (a QuerySet), a unit in each province where it works. One query."""
    rows = (
        schemes.filter(status__in=RUNNING)
        .annotate(last_day=Coalesce("adjusted_end_on", "end_on"))
        .order_by()
        .values_list("implementing_unit_id", "implementing_unit__name", "province_id")
        .annotate(running=Count("pk"), late=Count("pk", filter=Q(last_day__lt=day) | Q(due_on__lt=day)))
    )
    return [alert for row in rows for alert in judge(*row)]


def judge(unit, name, province, running, late):
    """Alerts of one unit that runs `running` schemes, `late` of them past a day."""
    found = []
    share = percentage(late, running) or 0
    if late >= LATE_AT_LEAST and share >= LATE_SHARE:
        is_grave = late >= GRAVE_AT_LEAST and share >= GRAVE_SHARE
        said = f"{name} chậm {late} trong {running} đề án đang thực hiện ({share:.0f}%)."
        found.append((Severity.GRAVE if is_grave else Severity.HIGH, said))
    if running > MANY_AT_ONCE:
        found.append((Severity.LOOK, f"{name} đang thực hiện cùng lúc {running} đề án, nhiều hơn {MANY_AT_ONCE}."))
    return [_alert(unit, province, severity, said, (running, late)) for severity, said in found]


def _alert(unit, province, severity, said, counts):
    return Alert(
        kind=Kind.UNIT,
        severity=severity,
        sentence=said,
        facts=(unit, province, severity.value, *counts),
        province=province,
        provinces=frozenset({province}),
        order=counts[1],
    )
