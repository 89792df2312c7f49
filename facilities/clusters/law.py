"""What the definition of a cluster says of one: remarks for a person, never a wall (NĐ 32/2024 Điều 2, NĐ 303/2026)."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from facilities.models import ClusterDefinition, IndustrialCluster
from khuyencong.templatetags.portal import quantity

Kind = IndustrialCluster.Kind
NEW_KINDS = (Kind.SPECIALISED, Kind.SUPPORTING, Kind.HIGH_TECH, Kind.ECO)
NEW_KINDS_FROM = datetime.date(2026, 9, 15)
NEW_KINDS_DOCUMENT = "NĐ 303/2026/NĐ-CP"

TOO_LARGE = "{what} {area} ha lớn hơn {limit} ha, mức lớn nhất theo {law}."
TOO_SMALL = "{what} {area} ha nhỏ hơn {limit} ha, mức nhỏ nhất theo {law}."
SMALL = "{what} {area} ha nhỏ hơn {limit} ha: theo {law} chỉ phù hợp ở huyện miền núi hoặc với CCN làng nghề."
NOT_YET = (
    "Loại “{kind}” được nêu từ {document}, có hiệu lực {day:%d/%m/%Y}; {what} ngày {decided:%d/%m/%Y} có trước đó."
)
UNVERIFIED = " Nội dung văn bản này chưa được kiểm chứng."


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that says how large the cluster is."""

    name: str
    area_name: str
    day: datetime.date
    area: object


def remarks(cluster: IndustrialCluster, definitions: Sequence[ClusterDefinition]) -> list[str]:
    """What does not fit the definition in force on the day of each decision; nothing for days before the first one.

    `definitions`: newest first.
    """
    found = [text for decision in _decisions(cluster) for text in _sizes(cluster, decision, definitions)]
    return [*found, *_kinds(cluster)]


def definition_of(day: datetime.date, definitions: Sequence[ClusterDefinition]) -> ClusterDefinition | None:
    """The definition in force on `day`; `definitions` newest first."""
    return next((one for one in definitions if one.valid_from <= day), None)


def _decisions(cluster) -> list[Decision]:
    known = (
        Decision("phương án phát triển", "Diện tích theo phương án", cluster.planned_on, cluster.planned_area),
        Decision("quyết định thành lập", "Diện tích thành lập", cluster.established_on, cluster.established_area),
    )
    return [one for one in known if one.day]


def _sizes(cluster, decision, definitions) -> Iterator[str]:
    law = definition_of(decision.day, definitions)
    if law is None or decision.area is None:
        return
    sentence, limit = _size(cluster, decision.area, law)
    if sentence:
        said = sentence.format(
            what=decision.area_name, area=quantity(decision.area), limit=quantity(limit), law=law.document
        )
        yield said if law.is_verified else said + UNVERIFIED


def _size(cluster, area, law):
    """(sentence, limit) of what is wrong with an area; ('', None) when nothing is."""
    if area > law.most_area:
        return TOO_LARGE, law.most_area
    if area < law.least_area_special:
        return TOO_SMALL, law.least_area_special
    if area < law.least_area and cluster.kind != Kind.VILLAGE:
        return SMALL, law.least_area
    return "", None


def _kinds(cluster) -> Iterator[str]:
    """A kind that the law did not know yet on the day of the newest decision."""
    decisions = _decisions(cluster)
    if (
        cluster.kind in NEW_KINDS
        and decisions
        and (newest := max(decisions, key=lambda one: one.day)).day < NEW_KINDS_FROM
    ):
        said = NOT_YET.format(
            kind=cluster.get_kind_display(),
            document=NEW_KINDS_DOCUMENT,
            day=NEW_KINDS_FROM,
            what=newest.name,
            decided=newest.day,
        )
        yield said + UNVERIFIED
