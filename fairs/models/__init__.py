"""Fairs and market events, what came of them; product selection and its certificates; commendations."""

from fairs.models.certificate import Certificate, HolderReport
from fairs.models.commendation import Commendation
from fairs.models.deal import Deal, FollowUp
from fairs.models.entry import Entry, EntryPaper, ScoreSheet
from fairs.models.event import EventFunding, MarketEvent, Participation
from fairs.models.product import Product, ProductPhoto
from fairs.models.reference import (
    CertificateRule,
    EntryItem,
    ForeignFairRule,
    ProvinceRegion,
    ScoreScale,
    SelectionLevel,
    SelectionRegion,
)
from fairs.models.selection import Complaint, RoundMember, SelectionCycle, SelectionRound

__all__ = [
    "Certificate",
    "CertificateRule",
    "Commendation",
    "Complaint",
    "Deal",
    "Entry",
    "EntryItem",
    "EntryPaper",
    "EventFunding",
    "FollowUp",
    "ForeignFairRule",
    "HolderReport",
    "MarketEvent",
    "Participation",
    "Product",
    "ProductPhoto",
    "ProvinceRegion",
    "RoundMember",
    "ScoreScale",
    "ScoreSheet",
    "SelectionCycle",
    "SelectionLevel",
    "SelectionRegion",
    "SelectionRound",
]
