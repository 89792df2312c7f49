"""The workshop of reviewers and administrators. The order here is the order on screen: daily work first."""

from programmes.admin.scheme import SchemeAdmin  # isort: skip
from programmes.admin.plan_funding import PlanFundingAdmin  # isort: skip
from programmes.admin.reference import (  # isort: skip
    ActivityContentAdmin,
    FundingSourceAdmin,
    ImplementingUnitAdmin,
    IndicatorAdmin,
    ProgrammeAdmin,
    SupportRuleAdmin,
)

__all__ = [
    "ActivityContentAdmin",
    "FundingSourceAdmin",
    "ImplementingUnitAdmin",
    "IndicatorAdmin",
    "PlanFundingAdmin",
    "ProgrammeAdmin",
    "SchemeAdmin",
    "SupportRuleAdmin",
]
