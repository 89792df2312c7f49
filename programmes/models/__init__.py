"""Programmes, what they may do, schemes and their money."""

from programmes.models.funding import FundingLine, PlanFunding
from programmes.models.reference import ActivityContent, FundingSource, ImplementingUnit, Indicator, Programme
from programmes.models.rules import SupportRule
from programmes.models.scheme import Scheme, SchemeBeneficiary, SchemeResult

__all__ = [
    "ActivityContent",
    "FundingLine",
    "FundingSource",
    "ImplementingUnit",
    "Indicator",
    "PlanFunding",
    "Programme",
    "Scheme",
    "SchemeBeneficiary",
    "SchemeResult",
    "SupportRule",
]
