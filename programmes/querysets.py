"""The words in which pages, admin and reports ask about schemes and money."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from khuyencong import text
from khuyencong.fields import AmountField
from khuyencong.scope import ScopedQuerySet
from programmes.enums import DECIDED, Status

AMOUNT = Coalesce("adjusted_amount", "approved_amount", "proposed_amount")


class SchemeQuerySet(ScopedQuerySet):
    def decided(self):
        """Approved and not given up: what a report counts."""
        return self.filter(status__in=DECIDED)

    def decided_by_day(self, day):
        """Decided, with a decision dated no later than `day`."""
        return self.decided().filter(decision_on__lte=day)

    def counted(self):
        """What totals add up: everything but what was refused."""
        return self.exclude(status=Status.REJECTED)

    def awaiting_decision(self):
        return self.filter(status=Status.SUBMITTED)

    def in_years(self, years):
        return self.filter(year__in=years)

    def of_provinces(self, ids):
        """Schemes of these provinces; None: of all."""
        return self if ids is None else self.filter(province_id__in=ids)

    def matching(self, query):
        """Each word of `query`, diacritics or not, in the code, name or decision number, or in a beneficiary's name."""
        from programmes.models import SchemeBeneficiary  # noqa: PLC0415  the model uses this QuerySet

        found = self
        for word in text.search_key(query).split():
            gets = SchemeBeneficiary.objects.filter(
                Q(facility__search_key__contains=word) | Q(facility__merged_into__search_key__contains=word),
                scheme=OuterRef("pk"),
            )
            found = found.filter(Q(search_key__contains=word) | Exists(gets))
        return found

    def for_list(self):
        """What a row of the list shows, in two queries for any number of rows."""
        return self.select_related("content", "province", "commune", "former_district").prefetch_related(
            "funding_lines", "beneficiaries__facility"
        )

    def for_page(self):
        """What the page of one scheme shows."""
        return self.select_related(
            "content__group",
            "province",
            "programme",
            "implementing_unit",
            "created_by",
            "decided_by",
            "settled_by",
            "commune",
            "commune_today",
            "former_district",
        )


def _last_change(model, day, **part):
    """The amount after the last adjustment of a part, `model`'s, that was decided no later than `day`."""
    changes = model.objects.filter(adjustment__scheme=OuterRef("scheme"), adjustment__decided_on__lte=day, **part)
    return changes.order_by("-pk").values("after_amount")[:1]


class FundingLineQuerySet(models.QuerySet):
    def support(self):
        """Khuyến công money only: neither counterpart nor sponsors."""
        return self.filter(source__is_support=True)

    def with_money(self):
        """Lines that give something."""
        return self.annotate(counted=AMOUNT).filter(counted__gt=0)

    def agreed_by_day(self, day):
        """Annotates `agreed`: what was approved, as changed by the adjustments decided no later than `day`."""
        from programmes.models import AdjustmentLine  # noqa: PLC0415  the model uses this QuerySet

        moved = _last_change(AdjustmentLine, day, source=OuterRef("source"))
        return self.annotate(agreed=Coalesce(Subquery(moved), "approved_amount"))

    def totals_by_source(self):
        """{source code: what counts today in đồng}."""
        rows = self.order_by().values("source_id").annotate(total=Sum(AMOUNT))
        return {row["source_id"]: row["total"] for row in rows}


class BeneficiaryQuerySet(ScopedQuerySet):
    province_field = "scheme__province"

    def named(self):
        return self.select_related("facility")

    def with_sources(self):
        """What it takes to split the money of a facility by source (`programmes.received`); four queries for any number."""
        return self.select_related("scheme").prefetch_related("scheme__funding_lines__source", "scheme__beneficiaries")

    def standing_on(self, day):
        """Without facilities that an adjustment decided by `day` left out, or that a later one brings in."""
        from programmes.models import AdjustmentBenefit  # noqa: PLC0415  the model uses this QuerySet

        moved = _last_change(AdjustmentBenefit, day, facility=OuterRef("facility"))
        changes = AdjustmentBenefit.objects.filter(adjustment__scheme=OuterRef("scheme"), facility=OuterRef("facility"))
        found = self.annotate(moved=Subquery(moved)).filter(Q(moved=None) | Q(moved__gt=0))
        return found.exclude(Exists(changes), moved=None, proposed_amount=0)

    def agreed_total(self):
        """{proposed, approved}: what was asked and what was approved, as adjusted since, in đồng."""
        agreed = Coalesce(F("adjusted_amount"), F("approved_amount"))
        return self.aggregate(proposed=Sum("proposed_amount"), approved=Sum(agreed))

    def counted(self):
        """Annotates `counted_id`: the facility that a row counts for, also after a merge."""
        return self.annotate(counted_id=Coalesce("facility__merged_into", "facility"))


class OfSchemeQuerySet(ScopedQuerySet):
    """Rows of a scheme: they are seen by whoever sees it."""

    province_field = "scheme__province"


class LedgerQuerySet(OfSchemeQuerySet):
    def sums(self):
        """{(scheme id, source code): {kind: net đồng}} of the entries."""
        found = {}
        for row in self.order_by().values("scheme_id", "source_id", "kind").annotate(total=Sum("amount")):
            found.setdefault((row["scheme_id"], row["source_id"]), {})[row["kind"]] = row["total"]
        return found

    def paid(self):
        """Annotates `paid`: what the entry adds to the money paid, below zero for a refund; no settlements."""
        refunded = models.When(kind="refund", then=-models.F("amount"))
        amount = models.Case(refunded, default=models.F("amount"), output_field=AmountField())
        return self.exclude(kind="settlement").annotate(paid=amount)

    def uneven(self):
        """{"source", "open"}: what was paid and neither given back nor settled, where that is not 0 (below: not yet paid)."""
        taken = models.When(kind__in=["refund", "settlement"], then=-models.F("amount"))
        amount = models.Case(taken, default=models.F("amount"), output_field=AmountField())
        return self.order_by().values("source").annotate(open=Sum(amount)).exclude(open=0)

    def totals(self):
        """{kind: net đồng} of the entries."""
        return dict(self.order_by().values_list("kind").annotate(total=Sum("amount")))

    def for_list(self):
        """What a row of the book shows, in one query."""
        return self.select_related(
            "scheme__province", "scheme__implementing_unit", "source", "benefit__facility", "recorded_by", "reversed_by"
        )


class ResultQuerySet(models.QuerySet):
    def named(self):
        return self.select_related("indicator")


class PlanFundingQuerySet(ScopedQuerySet):
    def confirmed(self):
        """Checked against its decision by a second person: only these count in reports."""
        return self.filter(confirmed_at__isnull=False)

    def awaiting_confirmation(self):
        return self.filter(confirmed_at__isnull=True)

    def decided_by_day(self, day):
        return self.confirmed().filter(decision_on__lte=day)

    def in_years(self, years):
        return self.filter(year__in=years)

    def of_provinces(self, ids):
        """Money of these provinces; None: of all."""
        return self if ids is None else self.filter(province_id__in=ids)

    def for_list(self):
        return self.select_related("province", "source", "confirmed_by")

    def totals(self):
        """What is planned, approved and settled, in đồng."""
        return self.aggregate(
            proposed=Sum("proposed_amount", default=0),
            approved=Sum("approved_amount", default=0),
            settled=Sum("settled_amount", default=0),
        )
