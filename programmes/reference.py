"""Reference data of programmes: indicators, contents, funding sources, the national programmes, rules of support."""

from khuyencong.reference import read, upsert
from programmes.deadlines import services as deadlines
from programmes.dossier import reference as dossier
from programmes.models import (
    ActivityContent,
    AdjustmentAuthority,
    AdvanceRule,
    DeadlineRule,
    FundingSource,
    Indicator,
    Programme,
    SupportRule,
    WorkflowStep,
)


def load() -> int:
    """How many rows were added or changed."""
    return (
        upsert(Indicator, ["code"], read("indicators"))
        + _load_contents()
        + upsert(FundingSource, ["code"], read("sources"))
        + upsert(Programme, ["name", "first_year"], read("programmes"))
        + _load_support_rules()
        + dossier.load()
        + _load_deadline_rules()
        + load_workflow()
        + _load_advance_rules()
        + _load_authorities()
    )


def _load_deadline_rules():
    """National deadlines, known by level, status, kind and document. What an office corrected stays so; schemes follow."""
    rows = [row | {"province_id": ""} for row in read("deadlines")]
    once = [
        "role",
        "number",
        "month",
        "year_offset",
        "label",
        "clause",
        "warn_days",
        "valid_from",
        "valid_to",
        "is_verified",
        "note",
    ]
    changed = upsert(DeadlineRule, ["level", "province_id", "status", "kind", "document"], rows, once=once)
    deadlines.rebuild()  # also after days off changed
    return changed


def _load_support_rules():
    """National rules, known by content, document and unit. What an office corrected after reading the text stays so."""
    contents = dict(ActivityContent.objects.values_list("code", "pk"))
    rows = [row | {"content_id": contents[row.pop("content")], "province_id": ""} for row in read("support_rules")]
    once = ["clause", "rate", "ceiling", "priority_factor", "valid_from", "valid_to", "is_verified", "note"]
    return upsert(SupportRule, ["content_id", "level", "province_id", "document", "unit"], rows, once=once)


def load_workflow():
    """The general procedure of both levels. What an office changed stays."""
    rows = [row | {"province_id": ""} for row in read("workflow_steps")]
    key = ["level", "province_id", "source", "target"]
    return upsert(WorkflowStep, key, rows, once=[name for name in rows[0] if name not in key])


def _load_advance_rules():
    """The most that may be advanced, by content; an empty content is every other one."""
    contents = dict(ActivityContent.objects.values_list("code", "pk"))
    rows = [row | {"content_id": contents.get(row.pop("content"), "")} for row in read("advance_rules")]
    key = ["content_id", "level", "document"]
    return upsert(AdvanceRule, key, rows, once=[name for name in rows[0] if name not in key])


def _load_authorities():
    """Who decides which change."""
    rows = read("adjustment_authorities")
    key = ["level", "kind", "is_group", "authority"]
    return upsert(AdjustmentAuthority, key, rows, once=[name for name in rows[0] if name not in key])


def _load_contents():
    """Clauses before their contents. What an office switched on or off, or counts besides, stays so."""
    rows = read("contents")
    wanted = {row["code"]: row.pop("indicators").split() for row in rows}
    groups = {row["code"]: row.pop("group") for row in rows}
    clauses = [row for row in rows if not groups[row["code"]]]
    changed = upsert(ActivityContent, ["code"], clauses, once=["is_active"])
    ids = dict(ActivityContent.objects.values_list("code", "pk"))
    leaves = [row | {"group_id": ids[group]} for row in rows if (group := groups[row["code"]])]
    changed += upsert(ActivityContent, ["code"], leaves, once=["is_active"])
    return changed + _add_indicators(wanted)


def _add_indicators(wanted):
    """Link each content to the indicators that it lacks of `wanted` {content code: indicator codes}."""
    link = ActivityContent.indicators.through
    contents = dict(ActivityContent.objects.values_list("code", "pk"))
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    linked = set(link.objects.values_list("activitycontent_id", "indicator_id"))
    pairs = {(contents[content], indicators[code]) for content, codes in wanted.items() for code in codes}
    return len(link.objects.bulk_create(link(activitycontent_id=c, indicator_id=i) for c, i in sorted(pairs - linked)))
