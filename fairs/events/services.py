"""Confirming the figures of an event: by a second person, and open again with a reason."""

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from fairs.models import MarketEvent
from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids

NOT_YOURS = "Vai trò của bạn không xác nhận được số liệu sự kiện."
NO_REASON = "Nhập lý do mở lại số liệu."


@transaction.atomic
def confirm_event(event, *, by):
    """The figures were checked against the papers and stay so. A second click changes nothing."""
    event = _locked(event, by)
    if event.confirmed_at is None:
        event.confirmed_by, event.confirmed_at = by, timezone.now()
        event.save()
        connection.check_constraints()
    return event


@transaction.atomic
def reopen_event(event, *, by, reason):
    """Staff may correct the figures again; the reason stays in the history."""
    if not reason.strip():
        raise RefusedError(NO_REASON, "reason")
    event = _locked(event, by)
    if event.confirmed_at is not None:
        event.confirmed_by = event.confirmed_at = None
        with pghistory.context(reason=reason.strip()):
            event.save()
    return event


def _locked(event, by):
    ids = province_ids(by)
    event = MarketEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if not by.has_perm("fairs.confirm_marketevent") or (ids is not None and event.province_id not in ids):
        raise RefusedError(NOT_YOURS, "event_role")
    return event
