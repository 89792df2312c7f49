"""How far a cluster is, as a choice of the list and as the steps of its page."""

from dataclasses import dataclass

from django.db.models import Q

from facilities.models import IndustrialCluster

# In the order of IndustrialCluster.stage: the first whose day is there.
_DAYS = (
    ("removed", "removed_on", "Đã đưa ra khỏi phương án"),
    ("operating", "operating_from", "Đang hoạt động"),
    ("invested", "infrastructure_on", "Đầu tư hạ tầng"),
    ("established", "established_on", "Đã thành lập"),
    ("planned", "planned_on", "Trong phương án phát triển"),
)
CHOICES = [*((key, label) for key, _, label in _DAYS[::-1]), ("none", "Chưa đưa vào phương án")]
TONES = {"Đang hoạt động": "good", "Đã đưa ra khỏi phương án": "bad"}


def at_stage(key: str) -> Q:
    """Clusters whose `stage` is the one of `key`."""
    found = Q()
    for name, field, _ in _DAYS:
        if name == key:
            return found & Q(**{f"{field}__isnull": False})
        found &= Q(**{f"{field}__isnull": True})
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A stage with what decided it; `day` None: not reached."""

    label: str
    number: str
    day: object
    area: object

    @property
    def state(self):
        return "done" if self.day else "todo"

    @property
    def note(self):
        """'12/QĐ-UBND, 01/03/2021'."""
        return ", ".join(part for part in (self.number, self.day and f"{self.day:%d/%m/%Y}") if part)


def steps(cluster: IndustrialCluster) -> list[Step]:
    """From the development plan to operation; a cluster may reach a later stage without an earlier one."""
    c = cluster
    return [
        Step("Phương án phát triển", c.plan_number, c.planned_on, c.planned_area),
        Step("Thành lập", c.establishment_number, c.established_on, c.established_area),
        Step("Quy hoạch chi tiết", c.detailed_plan_number, c.detailed_plan_on, c.detailed_plan_area),
        Step("Dự án hạ tầng", c.infrastructure_number, c.infrastructure_on, c.infrastructure_area),
        Step("Hoạt động", "", c.operating_from, None),
    ]
