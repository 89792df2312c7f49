"""The workshop: what reviewers decide of fairs and selection, and the rows of law that administrators keep."""

from fairs.admin.rounds import SelectionRoundAdmin  # isort: skip
from fairs.admin.certificates import CertificateAdmin  # isort: skip
from fairs.admin.records import (  # isort: skip
    CommendationAdmin,
    ComplaintAdmin,
    EntryAdmin,
    EntryPaperAdmin,
    HolderReportAdmin,
    ProductAdmin,
    ProductPhotoAdmin,
    RoundMemberAdmin,
    ScoreSheetAdmin,
    SelectionCycleAdmin,
)
from fairs.admin.events import (  # isort: skip
    DealAdmin,
    EventFundingAdmin,
    FollowUpAdmin,
    MarketEventAdmin,
    ParticipationAdmin,
)
from fairs.admin.law import (  # isort: skip
    CertificateRuleAdmin,
    EntryItemAdmin,
    ForeignFairRuleAdmin,
    ProvinceRegionAdmin,
    ScoreScaleAdmin,
    SelectionLevelAdmin,
    SelectionRegionAdmin,
)

__all__ = [
    "CertificateAdmin",
    "CertificateRuleAdmin",
    "CommendationAdmin",
    "ComplaintAdmin",
    "DealAdmin",
    "EntryAdmin",
    "EntryItemAdmin",
    "EntryPaperAdmin",
    "EventFundingAdmin",
    "FollowUpAdmin",
    "ForeignFairRuleAdmin",
    "HolderReportAdmin",
    "MarketEventAdmin",
    "ParticipationAdmin",
    "ProductAdmin",
    "ProductPhotoAdmin",
    "ProvinceRegionAdmin",
    "RoundMemberAdmin",
    "ScoreScaleAdmin",
    "ScoreSheetAdmin",
    "SelectionCycleAdmin",
    "SelectionLevelAdmin",
    "SelectionRegionAdmin",
    "SelectionRoundAdmin",
]
