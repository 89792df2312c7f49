"""Reference data of the register: the trades that khuyến công may support."""

from facilities.models import Trade
from khuyencong.reference import read, upsert


def load() -> int:
    """How many trades were added or changed."""
    return upsert(Trade, ["code"], read("trades"))
