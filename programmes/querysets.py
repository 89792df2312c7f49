"""The words in which pages, admin and reports ask about schemes and money."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from khuyencong import text
from khuyencong.scope import ScopedQuerySet
from programmes.enums import DECIDED, Status

AMOUNT = Coalesce("approved_amount", "proposed_amount")


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


class FundingLineQuerySet(models.QuerySet):
    def support(self):
        """Khuyến công money only: neither counterpart nor sponsors."""
        return self.filter(source__is_support=True)

    def with_money(self):
        """Lines that give something."""
        return self.annotate(counted=AMOUNT).filter(counted__gt=0)

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

    def counted(self):
        """Annotates `counted_id`: the facility that a row counts for, also after a merge."""
        return self.annotate(counted_id=Coalesce("facility__merged_into", "facility"))


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
