"""How far a cluster is, as a choice of the list and as the steps of its page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from facilities.models import IndustrialCluster

# In the order of IndustrialCluster.stage_on: the first whose day has come.
_DAYS = (
    ("removed", "removed_on", "Đã đưa ra khỏi phương án"),
    ("operating", "operating_from", "Đang hoạt động"),
    ("invested", "infrastructure_on", "Đầu tư hạ tầng"),
    ("established", "established_on", "Đã thành lập"),
    ("planned", "planned_on", "Trong phương án phát triển"),
)
CHOICES = [*((key, label) for key, _, label in _DAYS[::-1]), ("none", "Chưa đưa vào phương án")]
TONES = {"Đang hoạt động": "good", "Đã đưa ra khỏi phương án": "bad"}


def at_stage(key: str, day: date) -> Q:
    """Clusters whose `stage_on(day)` is the one of `key`."""
    found = Q()
    for name, field, _ in _DAYS:
        reached = come(field, day)
        if name == key:
            return found & reached
        found &= ~reached
    return found


def come(field: str, day: date) -> Q:
    """The day in `field` has come by `day`."""
    return Q(**{f"{field}__isnull": False, f"{field}__lte": day})


@dataclass(frozen=True, slots=True)
class Step:
    """A stage with what decided it; `day` None: nobody has decided it. Reached from that day on."""

    label: str
    number: str
    day: date | None
    area: object
    is_reached: bool

    @property
    def state(self):
        return "done" if self.is_reached else "todo"

    @property
    def note(self):
        """'12/QĐ-UBND, 01/03/2021'."""
        return ", ".join(part for part in (self.number, self.day and f"{self.day:%d/%m/%Y}") if part)


def steps(cluster: IndustrialCluster, today: date) -> list[Step]:
    """From the development plan to operation; a cluster may reach a later stage without an earlier one."""
    c = cluster
    decided = (
        ("Phương án phát triển", c.plan_number, c.planned_on, c.planned_area),
        ("Thành lập", c.establishment_number, c.established_on, c.established_area),
        ("Quy hoạch chi tiết", c.detailed_plan_number, c.detailed_plan_on, c.detailed_plan_area),
        ("Dự án hạ tầng", c.infrastructure_number, c.infrastructure_on, c.infrastructure_area),
        ("Hoạt động", "", c.operating_from, None),
    )
    return [Step(label, number, day, area, bool(day and day <= today)) for label, number, day, area in decided]
