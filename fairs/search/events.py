"""Events, and the memoranda and contracts signed at them, in the search box."""

from fairs.models import Deal, MarketEvent
from khuyencong.search import Hit, Source, best_first, near, rank_of_row, register


def find_events(query, user, limit):
    """By name, campaign, organiser or place."""
    seen = MarketEvent.objects.visible_to(user)
    ranks = {pk: rank_of_row(query, *names) for pk, *names in near(seen, query.keys, "name", "campaign")}
    ids = [pk for pk, rank in ranks.items() if rank is not None]
    rows = seen.for_list().filter(pk__in=ids).order_by() if ids else []
    return best_first(query, [_event_hit(row, ranks[row.pk]) for row in rows])[:limit]


def _event_hit(event, rank):
    parts = (event.get_kind_display(), f"{event.starts_on:%d/%m/%Y}", event.place, event.province.name)
    return Hit(event.name, event.get_absolute_url(), " · ".join(part for part in parts if part), rank)


def find_deals(query, user, limit):
    """By partner, goods or number of the contract."""
    seen = Deal.objects.visible_to(user)
    ranks = {pk: rank_of_row(query, *names) for pk, *names in near(seen, query.keys, "partner", "contract_number")}
    ids = [pk for pk, rank in ranks.items() if rank is not None]
    rows = seen.for_list().filter(pk__in=ids).order_by() if ids else []
    return best_first(query, [_deal_hit(row, ranks[row.pk]) for row in rows])[:limit]


def _deal_hit(deal, rank):
    contract = f"hợp đồng {deal.contract_number}" if deal.contract_number else ""
    parts = (deal.get_outcome_display(), contract, deal.event.name)
    return Hit(deal.partner, deal.get_absolute_url(), " · ".join(part for part in parts if part), rank)


register(Source("Hội chợ, sự kiện", find_events, 42, "fairs.view_marketevent", "fairs:event-list"))
register(Source("Biên bản, hợp đồng", find_deals, 46, "fairs.view_deal", "fairs:deal-list"))
