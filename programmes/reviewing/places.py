"""The places of a scheme that a reviewer may comment on: its own fields, and a row for each of its parts.

A code is a field's name, or the part and what it is about: 'line-province', 'benefit-12', 'result-may', 'year-2021-province'.
"""

from dataclasses import dataclass

from programmes.models import (
    FundingLine,
    Scheme,
    SchemeBeneficiary,
    SchemeContent,
    SchemeCoordinator,
    SchemeResult,
    SchemeYear,
)

FIELDS = (
    "name",
    "kind",
    "level",
    "is_flagship",
    "is_group",
    "selection",
    "year",
    "programme",
    "content",
    "implementing_unit",
    "commune",
    "former_district",
    "location",
    "objective",
    "start_on",
    "end_on",
)
OTHER = ("other", "Ý kiến chung")


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of rows of a scheme: `keys` tell its rows apart, `fields` are what a person types in each."""

    model: type
    prefix: str
    title: str
    keys: tuple
    fields: tuple

    def code_of(self, row):
        """'line-province'; of a row or of its version in the history."""
        return "-".join([self.prefix, *(str(getattr(row, self._stored(key))) for key in self.keys)])

    def label_of(self, row):
        return ", ".join(str(getattr(row, key)) for key in self.keys)

    def _stored(self, key):
        return self.model._meta.get_field(key).attname

    @property
    def relations(self):
        return [key for key in self.keys if self.model._meta.get_field(key).is_relation]


PARTS = (
    Part(FundingLine, "line", "Kinh phí đề nghị", ("source",), ("proposed_amount",)),
    Part(SchemeYear, "year", "Kinh phí theo năm", ("year", "source"), ("planned_amount",)),
    Part(
        SchemeBeneficiary,
        "benefit",
        "Đơn vị thụ hưởng",
        ("facility",),
        ("proposed_amount", "cost_item", "base_cost", "is_priority", "priority_ground"),
    ),
    Part(SchemeResult, "result", "Kết quả", ("indicator",), ("planned",)),
    Part(SchemeContent, "content", "Nội dung khác", ("content",), ()),
    Part(SchemeCoordinator, "coordinator", "Đơn vị phối hợp", ("unit",), ()),
)


def field_label(name):
    """'Tên đề án'."""
    label = str(Scheme._meta.get_field(name).verbose_name)
    return label[0].upper() + label[1:]


def places_of(scheme):
    """Choices of a form, in groups: [(title, [(code, label)])]. A query for each kind of rows."""
    groups = [("Đề án", [OTHER, *((name, field_label(name)) for name in FIELDS)])]
    for part in PARTS:
        rows = part.model.objects.filter(scheme=scheme).select_related(*part.relations)
        if found := [(part.code_of(row), part.label_of(row)) for row in rows]:
            groups.append((part.title, found))
    return groups


def labels_of(groups):
    """{code: label} with the part named: 'Đơn vị thụ hưởng: Cơ sở chè'."""
    own, *parts = groups
    return dict(own[1]) | {code: f"{title}: {label}" for title, rows in parts for code, label in rows}
