"""Reference data of the register: the trades that khuyến công may support, what the law calls a cluster."""

from facilities.models import ClusterDefinition, Trade
from khuyencong.reference import read, upsert


def load() -> int:
    """How many trades and definitions were added or changed."""
    trades = upsert(Trade, ["code"], read("trades"))
    return trades + upsert(ClusterDefinition, ["valid_from"], read("cluster_definitions"))
