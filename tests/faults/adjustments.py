"""Faults of adjustments, and of support beyond the rules."""

import datetime
from decimal import Decimal

from django.utils import timezone

from programmes.models import Adjustment, AdjustmentAuthority, AdjustmentBenefit, AdjustmentLine, CeilingException
from tests.factories import DAY, FacilityFactory, SupportRuleFactory
from tests.faults.planting import change, fault
from tests.faults.procedure import reviewer_of
from tests.faults.steps import BEFORE, scheme


def adjustment(one, **values):
    """A decrease by the department, on the day of the decision."""
    plain = {"kind": "decrease", "authority": "department", "number": "20/QĐ-SCT", "reason": "Giảm một máy"}
    stamp = {"decided_on": DAY, "made_by": values.get("made_by") or reviewer_of(one), "recorded_at": timezone.now()}
    return Adjustment.objects.create(scheme=one, **plain | stamp | values)


def moved(one, before, after, **values):
    """An adjustment of the province's money, applied to its line."""
    decision = adjustment(one, **values)
    amounts = {"before_amount": Decimal(before), "after_amount": Decimal(after)}
    AdjustmentLine.objects.create(adjustment=decision, source_id="province", **amounts)
    change(one.funding_lines.get(source="province"), adjusted_amount=Decimal(after))
    return decision


@fault("adjusted-as-decided")
def _():
    change(scheme("in_progress").funding_lines.get(source="province"), adjusted_amount=100)


@fault("adjusted-as-decided")
def _():
    one = scheme("in_progress", benefits={FacilityFactory(): 100})
    benefit = one.beneficiaries.get()
    amounts = {"before_amount": Decimal(100), "after_amount": Decimal(80)}
    AdjustmentBenefit.objects.create(adjustment=adjustment(one), facility=benefit.facility, **amounts)


@fault("adjusted-end-as-decided")
def _():
    change(scheme("in_progress"), adjusted_end_on=DAY)


@fault("adjustment-from-what-stood")
def _():
    moved(scheme("in_progress"), 140, 100)


@fault("adjustment-authority")
def _():
    AdjustmentAuthority.objects.create(level="local", kind="decrease", authority="chair", valid_from=DAY)
    moved(scheme("in_progress"), 150, 100)


@fault("adjustment-grows-by-its-kind")
def _():
    moved(scheme("in_progress"), 150, 160)


@fault("adjustment-four-eyes")
def _():
    one = scheme("in_progress")
    adjustment(one, made_by=one.created_by)


@fault("adjustment-in-its-time")
def _():
    adjustment(scheme("in_progress"), decided_on=BEFORE)


@fault("adjustment-in-its-time", also=["adjusted-end-as-decided"])
def _():
    end = DAY + datetime.timedelta(days=90)
    adjustment(scheme("in_progress", start_on=DAY, end_on=end), end_on=BEFORE)


@fault("adjustment-kept")
def _():
    change(adjustment(scheme("in_progress")), reason="Lý do khác")


@fault("adjustment-kept")
def _():
    decision = moved(scheme("in_progress"), 150, 150)
    change(decision.lines.get(), after_amount=140)
    change(decision.scheme.funding_lines.get(source="province"), adjusted_amount=140)


def exception(one, **values):
    """Why 120 đồng although the rule leaves 110."""
    rule = SupportRuleFactory()
    plain = {"most": Decimal(110), "amount": Decimal(120), "reason": "Thiết bị đồng bộ", "requested_by": one.created_by}
    return CeilingException.objects.create(scheme=one, rule=rule, requested_at=timezone.now(), **plain | values)


@fault("over-ceiling-explained")
def _():
    SupportRuleFactory(ceiling=Decimal(90))
    scheme("approved", benefits={FacilityFactory(): 100})


@fault("ceiling-exception-second-person", "programmes_ceilingexception.ceiling_exception_second_person")
def _():
    one = scheme("submitted")
    exception(one, confirmed_by=one.created_by, confirmed_at=timezone.now())


@fault("ceiling-exception-kept")
def _():
    change(exception(scheme("submitted")), reason="Lý do khác")


@fault("ceiling-exception-kept")
def _():
    one = scheme("submitted")
    confirmed = exception(one, confirmed_by=reviewer_of(one), confirmed_at=timezone.now())
    change(confirmed, confirmed_by=None, confirmed_at=None)
