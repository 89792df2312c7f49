"""A cluster as its page and the list show it."""

from facilities.clusters import law, stages
from facilities.models import ClusterFigures, ClusterProject
from khuyencong.money import format_decimal
from khuyencong.ratios import percentage

PARTS = (ClusterFigures, ClusterProject)
FACILITIES = 50


def row(cluster):
    """A line of the list; `cluster` has `area` and `leased`. Occupancy: a number, None when not known."""
    occupancy = percentage(cluster.leased, cluster.industrial_land)
    return {"cluster": cluster, "tone": stages.TONES.get(cluster.stage, ""), "occupancy": occupancy}


def detail(cluster, today):
    """The context of a cluster's page: stages, land, figures by period, projects, facilities."""
    figures = [_period(cluster, one) for one in cluster.figures.order_by("-year", "-half")]
    projects = list(cluster.projects.select_related("facility"))
    facilities = cluster.facilities.filter(merged_into=None).select_related("trade").order_by("sort_key", "pk")
    return {
        "cluster": cluster,
        "tone": stages.TONES.get(cluster.stage, ""),
        "steps": stages.steps(cluster, today),
        "figures": figures,
        "land": _land(cluster, figures),
        "chart": _chart(figures),
        "projects": projects,
        "relocated": [one for one in projects if one.relocated_from],
        "facilities": facilities[:FACILITIES],
        "facility_count": facilities.count(),
    }


def village_share(cluster, definitions, today):
    """For a craft-village cluster, the definition whose least share it must keep today; else None."""
    is_village = cluster.kind == cluster.Kind.VILLAGE
    return law.definition_of(cluster.established_on or today, definitions) if is_village else None


def _period(cluster, figures):
    return {"row": figures, "occupancy": percentage(figures.leased_land, cluster.industrial_land)}


def _land(cluster, figures):
    """Leased and free industrial land for `_components/share_bar.html`, by the newest figures; None when not known."""
    newest = next((one for one in figures if one["occupancy"] is not None), None)
    if newest is None:
        return None
    leased = newest["row"].leased_land
    free = cluster.industrial_land - leased
    taken = newest["occupancy"]
    return {
        "period": newest["row"].period_label,
        "occupancy": taken,
        "shares": [
            _part("Đã cho thuê", leased, taken, 0, "province"),
            _part("Còn trống", free, 100 - taken, taken, "commune"),
        ],
    }


def _part(label, area, share, offset, tone):
    text = f"{format_decimal(area, 2)} ha ({format_decimal(share, 2)}%)"
    return {"label": label, "share": str(share), "offset": str(offset), "share_text": text, "tone": tone}


def _chart(figures):
    """Occupancy by period, oldest first; None for less than two periods."""
    known = [one for one in figures[::-1] if one["occupancy"] is not None]
    if len(known) < 2:
        return None
    return {
        "labels": [f"{'I' * one['row'].half}/{one['row'].year}" for one in known],
        "unit": "% đất công nghiệp, theo nửa năm",
        "series": [{"label": "Tỷ lệ lấp đầy", "tone": "province", "values": [str(one["occupancy"]) for one in known]}],
    }
