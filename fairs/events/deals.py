"""Memoranda and contracts: their totals, and the steps from the one to the other."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from fairs.enums import DealOutcome
from fairs.models import Deal, FollowUp, MarketEvent
from khuyencong.ratios import percentage
from khuyencong.refusals import RefusedError

DECIDED = "Biên bản này đã có kết quả. Muốn đổi thì sửa kết quả trước."
AGAIN = timedelta(minutes=10)
SENT = ("event", "facility", "partner", "subject", "signed_on", "value", "contract_on", "contract_value", "created_by")


def totals(deals, day):
    """{memoranda, value, contracts, contract_value, grown, share, late} of a QuerySet; one query.

    `grown`: contracts that came of a memorandum, `share`: their part of all memoranda in per cent; contracts signed at
    once are in `contracts` only. `late`: open ones that were to be asked about before `day`. Values in đồng or None.
    """
    contract, memorandum = Q(outcome=DealOutcome.CONTRACT), Q(signed_on__isnull=False)
    found = deals.order_by().aggregate(
        memoranda=Count("pk", filter=memorandum),
        value=Sum("value", filter=memorandum),
        contracts=Count("pk", filter=contract),
        contract_value=Sum("contract_value", filter=contract),
        grown=Count("pk", filter=contract & memorandum),
        late=Count("pk", filter=Q(outcome=DealOutcome.OPEN, follow_up_on__lt=day)),
    )
    return found | {"share": percentage(found["grown"], found["memoranda"])}


def sent_before(deal):
    """The deal that the same form wrote less than ten minutes ago, when somebody sent it twice; else None.

    Within the transaction that will save `deal`: until its end the event is locked, so that two sendings wait in line.
    """
    MarketEvent.objects.select_for_update(of=("self",)).get(pk=deal.event_id)
    facts = {name: getattr(deal, name) for name in SENT}
    written = Deal.pgh_event_model.objects.filter(
        pgh_label="insert", pgh_created_at__gt=timezone.now() - AGAIN, **facts
    )
    return Deal.objects.filter(pk__in=written.values("pgh_obj_id")).order_by("pk").first()


@transaction.atomic
def follow_up(deal, *, by, asked_on, answer, next_on):
    """Write down what was heard, and when to ask again (None: no longer). Only while it is open; sent twice, once."""
    deal = _open(deal)
    if deal.follow_ups.filter(by=by, asked_on=asked_on, answer=answer).exists():
        return deal
    FollowUp.objects.create(deal=deal, by=by, asked_on=asked_on, answer=answer)
    deal.follow_up_on = next_on
    deal.save()
    return deal


@transaction.atomic
def sign_contract(deal, *, contract_on, contract_number, contract_value):
    """The memorandum became a contract; it is followed no longer."""
    deal = _open(deal)
    deal.outcome, deal.follow_up_on = DealOutcome.CONTRACT, None
    deal.contract_on, deal.contract_number, deal.contract_value = contract_on, contract_number, contract_value
    deal.save()
    return deal


@transaction.atomic
def drop(deal, *, outcome_note):
    """Nothing came of it, for a reason; it is followed no longer."""
    deal = _open(deal)
    deal.outcome, deal.follow_up_on, deal.outcome_note = DealOutcome.DROPPED, None, outcome_note
    deal.save()
    return deal


def _open(deal):
    """The deal locked; refused when somebody else decided it meanwhile."""
    deal = Deal.objects.select_for_update(of=("self",)).get(pk=deal.pk)
    if deal.outcome != DealOutcome.OPEN:
        raise RefusedError(DECIDED, "deal_decided")
    return deal
