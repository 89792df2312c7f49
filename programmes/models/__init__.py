"""Programmes, what they may do, schemes and their money."""

from programmes.models.adjustments import (
    Adjustment,
    AdjustmentAuthority,
    AdjustmentBenefit,
    AdjustmentChange,
    AdjustmentKind,
    AdjustmentLine,
)
from programmes.models.budgets import Allocation, YearBudget
from programmes.models.ceilings import CeilingException
from programmes.models.deadlines import DeadlineKind, DeadlineRule
from programmes.models.dossier import DossierItem, SchemeDocument
from programmes.models.funding import FundingLine, PlanFunding
from programmes.models.ledger import AdvanceRule, LedgerEntry
from programmes.models.monitoring import MonitoringRecord
from programmes.models.papers import PaperTemplate
from programmes.models.parts import SchemeContent, SchemeCoordinator, SchemeYear
from programmes.models.reference import ActivityContent, FundingSource, ImplementingUnit, Indicator, Programme
from programmes.models.rules import SupportRule
from programmes.models.scheme import Scheme, SchemeBeneficiary, SchemeResult
from programmes.models.targets import GroupContent, ProgrammeGroup, ProgrammeTarget, TargetFigure
from programmes.models.warnings import WarningDecision
from programmes.models.workflow import Appraisal, ReviewComment, StepPaper, WorkflowStep

__all__ = [
    "ActivityContent",
    "Adjustment",
    "AdjustmentAuthority",
    "AdjustmentBenefit",
    "AdjustmentChange",
    "AdjustmentKind",
    "AdjustmentLine",
    "AdvanceRule",
    "Allocation",
    "Appraisal",
    "CeilingException",
    "DeadlineKind",
    "DeadlineRule",
    "DossierItem",
    "FundingLine",
    "FundingSource",
    "GroupContent",
    "ImplementingUnit",
    "Indicator",
    "LedgerEntry",
    "MonitoringRecord",
    "PaperTemplate",
    "PlanFunding",
    "Programme",
    "ProgrammeGroup",
    "ProgrammeTarget",
    "ReviewComment",
    "Scheme",
    "SchemeBeneficiary",
    "SchemeContent",
    "SchemeCoordinator",
    "SchemeDocument",
    "SchemeResult",
    "SchemeYear",
    "StepPaper",
    "SupportRule",
    "TargetFigure",
    "WarningDecision",
    "WorkflowStep",
    "YearBudget",
]
