"""The workshop of reviewers and administrators. The order here is the order on screen: daily work first."""

from programmes.admin.scheme import SchemeAdmin  # isort: skip
from programmes.admin.plan_funding import PlanFundingAdmin  # isort: skip
from programmes.admin.budgets import AllocationAdmin, YearBudgetAdmin  # isort: skip
from programmes.admin.targets import ProgrammeGroupAdmin, ProgrammeTargetAdmin  # isort: skip
from programmes.admin.monitoring import MonitoringRecordAdmin, WarningDecisionAdmin  # isort: skip
from programmes.admin.records import (  # isort: skip
    AdjustmentAdmin,
    AppraisalAdmin,
    CeilingExceptionAdmin,
    LedgerEntryAdmin,
    ReviewCommentAdmin,
    StepPaperAdmin,
)
from programmes.admin.procedure import AdjustmentAuthorityAdmin, AdvanceRuleAdmin, WorkflowStepAdmin  # isort: skip
from programmes.admin.deadlines import DeadlineRuleAdmin  # isort: skip
from programmes.admin.dossier import DossierItemAdmin  # isort: skip
from programmes.admin.papers import PaperTemplateAdmin  # isort: skip
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
    "AdjustmentAdmin",
    "AdjustmentAuthorityAdmin",
    "AdvanceRuleAdmin",
    "AllocationAdmin",
    "AppraisalAdmin",
    "CeilingExceptionAdmin",
    "DeadlineRuleAdmin",
    "DossierItemAdmin",
    "FundingSourceAdmin",
    "ImplementingUnitAdmin",
    "IndicatorAdmin",
    "LedgerEntryAdmin",
    "MonitoringRecordAdmin",
    "PaperTemplateAdmin",
    "PlanFundingAdmin",
    "ProgrammeAdmin",
    "ProgrammeGroupAdmin",
    "ProgrammeTargetAdmin",
    "ReviewCommentAdmin",
    "SchemeAdmin",
    "StepPaperAdmin",
    "SupportRuleAdmin",
    "WarningDecisionAdmin",
    "WorkflowStepAdmin",
    "YearBudgetAdmin",
]
