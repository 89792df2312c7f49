"""What pages say about the rules of support: what a scheme asks beyond them, and with what reason."""

from programmes.ceilings.checking import AGREED, PROPOSED, Excess, Limit, check, left, now
from programmes.ceilings.services import explain

__all__ = ["AGREED", "PROPOSED", "Excess", "Limit", "check", "explain", "left", "now"]
