"""Whether somebody else saved an event, its money or its participants since a page was opened.

`models` says what the page is about: of MarketEvent, EventFunding, Participation those that it writes.
"""

from facilities.versions import STALE
from fairs.models import Deal, EventFunding, MarketEvent, Participation
from khuyencong import history
from khuyencong.refusals import RefusedError

FIGURES = (MarketEvent, EventFunding, Participation)


def versions_of(event, model):
    """QuerySet of the versions of the event itself, or of its rows in `model`."""
    rows = model.pgh_event_model.objects
    return rows.filter(pgh_obj=event.pk) if model is MarketEvent else rows.filter(event=event.pk)


def newest(event, models=FIGURES) -> str:
    """'12-3-40': the newest version in each of `models`; zeros for a new event."""
    return "-".join(str(_newest(versions_of(event, model))) for model in models)


def _newest(rows):
    return rows.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0


def check(event, seen, models=FIGURES):
    """Locks the event; RefusedError when anything of `models` was saved after `seen`. In the transaction that will save."""
    if event.pk is None:
        return
    MarketEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if newest(event, models) != seen:
        raise RefusedError(STALE, "stale")


def since(event, seen, models=FIGURES) -> list[history.Entry]:
    """What others changed after version `seen`, newest first."""
    known = seen.split("-")
    readable = len(known) == len(models) and all(one.isdecimal() and len(one) < 19 for one in known)
    if event.pk is None or not readable or seen == newest(event, models):
        return []
    rows = [versions_of(event, model) for model in models]
    later = [found.filter(pgh_id__gt=int(last)) for found, last in zip(rows, known, strict=True)]
    moments = {moment for found in later for moment in found.values_list("pgh_created_at", flat=True)}
    return [entry for entry in history.entries(*rows) if entry.at in moments]


def history_of(event) -> list[history.Entry]:
    """Everything that was written about an event, newest first."""
    return history.entries(*(versions_of(event, model) for model in (*FIGURES, Deal)))
