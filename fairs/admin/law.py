"""The law of fairs and selection as dated rows. Administrators keep them, reviewers and auditors read."""

from django.contrib import admin

from fairs.models import (
    CertificateRule,
    EntryItem,
    ForeignFairRule,
    ProvinceRegion,
    ScoreScale,
    SelectionLevel,
    SelectionRegion,
)
from khuyencong.admin_base import ScopedModelAdmin, with_note
from khuyencong.money import format_decimal
from programmes.admin.procedure import LawAdmin

DATED = [("document", "clause"), ("valid_from", "valid_to"), "is_verified", "note"]


class FairLawAdmin(LawAdmin):
    """Rows of law of all provinces."""

    is_national = True

    @admin.display(description="Căn cứ", ordering="document")
    def basis(self, rule):
        return with_note(rule.document, rule.clause)


@admin.register(SelectionLevel)
class SelectionLevelAdmin(FairLawAdmin):
    constraint_fields = {
        "selection_level_once": "code",
        "selection_level_rank_given": "rank",
        "selection_level_valid_from_before_valid_to": "valid_to",
    }
    fields = [
        "name",
        ("code", "rank"),
        ("reach", "may_be_skipped"),
        ("council_sizes", "signer"),
        *DATED[:-1],
        "is_active",
        "note",
    ]
    list_display = ["name", "rank", "reach", "council", "signer", "basis", "period", "is_active", "evidence"]
    list_filter = ["reach", "is_active", "is_verified"]
    search_fields = ["code", "name", "document"]

    def get_readonly_fields(self, request, obj=None):
        """Rounds and reports know a level by its code."""
        return ["code"] if obj else []

    @admin.display(description="Hội đồng")
    def council(self, level):
        return f"{' hoặc '.join(map(str, level.council_sizes))} người"


@admin.register(SelectionRegion)
class SelectionRegionAdmin(ScopedModelAdmin):
    is_national = True
    fields = ["name", "code", "position"]
    list_display = ["name", "code", "position"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(ProvinceRegion)
class ProvinceRegionAdmin(FairLawAdmin):
    """A province's own administrator corrects where it lies."""

    is_national = False
    constraint_fields = {
        "province_region_once": "region",
        "province_region_valid_from_before_valid_to": "valid_to",
    }
    fields = [("province", "region"), *DATED]
    list_display = ["province", "region", "basis", "period", "evidence"]
    list_filter = ["region", "is_verified", "province"]
    list_select_related = ["province", "region"]
    search_fields = ["province__name", "region__name", "document"]


@admin.register(ScoreScale)
class ScoreScaleAdmin(FairLawAdmin):
    constraint_fields = {
        "score_scale_once": "valid_from",
        "score_scale_is_hundred": "other_most",
        "score_scale_valid_from_before_valid_to": "valid_to",
    }
    fields = [("market_most", "economic_most"), ("cultural_most", "other_most"), "pass_mark", *DATED]
    list_display = ["name", "most", "passes", "basis", "period", "evidence"]
    list_filter = ["is_verified"]
    search_fields = ["document", "clause", "note"]

    @admin.display(description="Thang điểm", ordering="valid_from")
    def name(self, scale):
        return str(scale)

    @admin.display(description="Điểm tối đa bốn tiêu chí")
    def most(self, scale):
        parts = (scale.market_most, scale.economic_most, scale.cultural_most, scale.other_most)
        return " + ".join(map(_points, parts))

    @admin.display(description="Điểm đạt", ordering="pass_mark")
    def passes(self, scale):
        return _points(scale.pass_mark)


@admin.register(CertificateRule)
class CertificateRuleAdmin(FairLawAdmin):
    constraint_fields = {
        "certificate_rule_once": "valid_from",
        "certificate_rule_years_given": "years",
        "certificate_rule_valid_from_before_valid_to": "valid_to",
    }
    fields = ["years", *DATED]
    list_display = ["years", "basis", "period", "note", "evidence"]
    list_filter = ["is_verified"]
    search_fields = ["document", "clause", "note"]


@admin.register(ForeignFairRule)
class ForeignFairRuleAdmin(FairLawAdmin):
    constraint_fields = {
        "foreign_fair_rule_once": "valid_from",
        "foreign_fair_rule_valid_from_before_valid_to": "valid_to",
    }
    fields = ["most", *DATED]
    list_display = ["most", "basis", "period", "note", "evidence"]
    list_filter = ["is_verified"]
    search_fields = ["document", "clause", "note"]


@admin.register(EntryItem)
class EntryItemAdmin(FairLawAdmin):
    constraint_fields = {
        "entry_item_once": "name",
        "entry_item_name_given": "name",
        "entry_item_valid_from_before_valid_to": "valid_to",
    }
    fields = ["name", ("is_required", "above_first"), *DATED, "position"]
    list_display = ["name", "is_required", "above_first", "basis", "period", "evidence"]
    list_filter = ["is_required", "above_first", "is_verified"]
    search_fields = ["name", "document", "clause"]


def _points(value):
    return format_decimal(value, 2).removesuffix(",00")
