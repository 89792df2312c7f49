"""What must happen together in a selection: a round's steps, its conclusion, certificates issued and revoked."""

from dataclasses import dataclass
from datetime import date

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from fairs.enums import EntryStatus, RoundStatus
from fairs.models import Certificate, Entry, SelectionRound
from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids

NOT_YOURS = "Vai trò của bạn không làm được việc này với kỳ bình chọn."
NO_REASON = "Nhập lý do."
UNDECIDED = "Chọn kết quả của mọi hồ sơ: được công nhận hoặc không."


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that recognises products, and the minutes it rests on: None, as already written in the round.

    `announced_on` None: not announced yet.
    """

    number: str
    decided_on: date
    minutes_number: str | None = None
    minutes_on: date | None = None
    announced_on: date | None = None


def lock_round(round, *, by, permission="fairs.change_selectionround"):
    """The round, locked until the transaction ends; refused for who may not."""
    ids = province_ids(by)
    found = SelectionRound.objects.select_for_update(of=("self",)).select_related("cycle", "level").get(pk=round.pk)
    if not by.has_perm(permission) or (ids is not None and found.cycle.province_id not in ids):
        raise RefusedError(NOT_YOURS, "round_role")
    return found


@transaction.atomic
def move_round(round, status, *, by):
    """Prepare, open or score; a second click changes nothing. The database says what may follow what."""
    round = lock_round(round, by=by)
    if round.status != status:
        round.status = status
        round.save()
        connection.check_constraints()
    return round


@transaction.atomic
def conclude(round, *, by, results, decision):
    """Recognise products: `results` {entry id: True or False} for every dossier that was not withdrawn.

    A reviewer who did not make the round. RefusedError or the database's refusal with nothing done.
    """
    round = lock_round(round, by=by, permission="fairs.conclude_selectionround")
    if round.status == RoundStatus.CONCLUDED:
        return round
    for entry in Entry.objects.filter(round=round).standing().order_by("pk"):
        if entry.pk not in results:
            raise RefusedError(UNDECIDED, "selection_round_every_entry_decided")
        entry.status = EntryStatus.PASSED if results[entry.pk] else EntryStatus.FAILED
        entry.save()
    for name, value in (
        ("decision_number", decision.number),
        ("decided_on", decision.decided_on),
        ("minutes_number", decision.minutes_number),
        ("minutes_on", decision.minutes_on),
    ):
        if value is not None:
            setattr(round, name, value)
    round.announced_on = decision.announced_on
    round.status, round.concluded_by, round.concluded_at = RoundStatus.CONCLUDED, by, timezone.now()
    round.save()
    connection.check_constraints()
    return round


@transaction.atomic
def reopen(round, *, by, reason):
    """Back to scoring, to correct a result; not once a certificate was issued. Results and decision are written anew."""
    if not reason.strip():
        raise RefusedError(NO_REASON, "reason")
    round = lock_round(round, by=by, permission="fairs.conclude_selectionround")
    round.status, round.concluded_by, round.concluded_at = RoundStatus.SCORING, None, None
    round.decision_number, round.decided_on, round.announced_on = "", None, None
    with pghistory.context(reason=reason.strip()):
        round.save()
        for entry in Entry.objects.filter(round=round, status__in=[EntryStatus.PASSED, EntryStatus.FAILED]):
            has_points = entry.average_score is not None
            entry.status = EntryStatus.COMPLETE if has_points else EntryStatus.REGISTERED
            entry.save()
    connection.check_constraints()
    return round


@transaction.atomic
def issue(round, *, by, numbers, issued_on, signer=""):
    """Certificates for recognised dossiers: `numbers` {entry id: number}. Those that have one are left alone.

    Returns the certificates, in the order of `numbers`; their last day is written by the database.
    """
    round = lock_round(round, by=by, permission="fairs.conclude_selectionround")
    held = set(Certificate.objects.filter(round=round).values_list("entry", flat=True))
    made = [
        Certificate.objects.create(
            entry_id=entry, number=number, issued_on=issued_on, signer=signer or round.level.signer, issued_by=by
        )
        for entry, number in numbers.items()
        if entry not in held
    ]
    connection.check_constraints()
    return list(Certificate.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))


@transaction.atomic
def revoke(certificate, *, by, number, revoked_on, reason):
    """Take a certificate back (TT 26/2014 Đ20.3); for good."""
    lock_round(certificate.round, by=by, permission="fairs.conclude_selectionround")
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if certificate.revoked_on is None:
        certificate.revoked_on, certificate.revoked_by = revoked_on, by
        certificate.revocation_number, certificate.revocation_reason = number, reason
        certificate.save()
        connection.check_constraints()
    return certificate
