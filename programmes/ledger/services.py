"""Entries of the book of a scheme's money: written once, corrected only by reversal (TT 36/2013 Đ12 to Đ16)."""

from django.db import connection, transaction
from django.utils import timezone

from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids
from programmes import services
from programmes.models import LedgerEntry

NOT_YOURS = "Vai trò của bạn không ghi được sổ thu chi."
OTHER_CONTENT = "Biểu này đã ghi chứng từ {}. Mở một biểu mới để ghi chứng từ khác."
BY_DECISION = "Bút toán quyết toán do bước duyệt quyết toán ghi, không ghi hoặc đảo ở đây."
REVERSED = "Bút toán {} đã được đảo."
NO_NOTE = "Ghi lý do đảo bút toán."
Kind = LedgerEntry.Kind
WRITTEN_HERE = (Kind.ADVANCE, Kind.PAYMENT, Kind.REFUND)


@transaction.atomic
def record(
    scheme, *, by, source, kind, amount, entered_on, document_number, benefit=None, note="", token=None
) -> LedgerEntry:
    """Book an advance, a payment or a refund of `amount` đồng from a source (its code) of a scheme.

    `token` (UUID) names the form: sent twice it books once, also when both arrive at the same moment. Raises
    RefusedError, or the database's refusal with its sentence.
    """
    _check_person(scheme, by)
    if kind not in WRITTEN_HERE:
        raise RefusedError(BY_DECISION, "ledger_entry_kind")
    services.lock_scheme(scheme.pk)
    written = {"source_id": source, "kind": kind, "amount": amount, "document_number": document_number}
    sent = _sent(scheme, token, written)
    return sent or _write(scheme, by, token, written | {"entered_on": entered_on, "benefit": benefit, "note": note})


@transaction.atomic
def reverse(entry, *, by, note, token=None, entered_on=None) -> LedgerEntry:
    """Book the opposite of an entry, with the reason; its document is that of the entry. Today unless `entered_on`."""
    _check_person(entry.scheme, by)
    if entry.kind not in WRITTEN_HERE:
        raise RefusedError(BY_DECISION, "ledger_entry_kind")
    if not note.strip():
        raise RefusedError(NO_NOTE, "ledger_entry_reversal_explained")
    services.lock_scheme(entry.scheme_id)
    written = {"source_id": entry.source_id, "kind": entry.kind, "amount": -entry.amount, "reverses_id": entry.pk}
    sent = _sent(entry.scheme, token, written)
    if sent:
        return sent
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise RefusedError(REVERSED.format(entry.document_number), "ledger_entry_reversed_once")
    day = entered_on or timezone.localdate()
    written |= {"document_number": entry.document_number, "benefit_id": entry.benefit_id}
    return _write(entry.scheme, by, token, written | {"entered_on": day, "note": note})


def _check_person(scheme, by):
    if not by.has_perm("programmes.add_ledgerentry"):
        raise RefusedError(NOT_YOURS, "ledger_entry_role")
    ids = province_ids(by)
    if ids is not None and scheme.province_id not in ids:
        raise RefusedError(services.NOT_YOUR_PROVINCE, "scheme_scope")


def _sent(scheme, token, written):
    """The entry that this form made before, or None; refused when the form has changed since."""
    sent = LedgerEntry.objects.filter(scheme=scheme, token=token).first() if token else None
    if sent and any(getattr(sent, name) != value for name, value in written.items()):
        raise RefusedError(OTHER_CONTENT.format(sent.document_number), "ledger_entry_token")
    return sent


def _write(scheme, by, token, values):
    entry = LedgerEntry.objects.create(scheme=scheme, recorded_by=by, recorded_at=timezone.now(), token=token, **values)
    connection.check_constraints()
    return entry
