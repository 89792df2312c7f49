"""What happens to a registration dossier: registered, its papers, its steps. A file and its row come and go together."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from fairs.enums import EntryStatus
from fairs.models import Entry, EntryPaper, SelectionRound
from fairs.selection.checklist import checklist, missing
from khuyencong.refusals import RefusedError
from programmes.dossier import storage
from programmes.dossier.inspection import clean_name, inspect

YEAR = timedelta(days=366)
# What staff may do with a dossier before the jury has it: (next status, words, tone).
STEPS = {
    EntryStatus.REGISTERED: [
        (EntryStatus.COMPLETE, "Ghi hồ sơ hợp lệ", "main"),
        (EntryStatus.WITHDRAWN, "Rút hồ sơ", ""),
    ],
    EntryStatus.COMPLETE: [
        (EntryStatus.REGISTERED, "Trả về để bổ sung", ""),
        (EntryStatus.WITHDRAWN, "Rút hồ sơ", ""),
    ],
    EntryStatus.WITHDRAWN: [(EntryStatus.REGISTERED, "Đăng ký lại", "main")],
}
KEPT = "Chỉ xóa được hồ sơ vừa đăng ký. Hồ sơ đã xét thì ghi là rút."
NOT_NOW = "Hồ sơ đang ở trạng thái “{}”: chưa làm được việc này."


def steps_of(entry) -> list:
    """What may be done with the dossier now; a dossier that is scored can only be withdrawn or sent back by the round."""
    return STEPS.get(entry.status, []) if entry.round.is_open else []


@transaction.atomic
def register(entry):
    """Save a new dossier; without a number it gets the next one of its round."""
    SelectionRound.objects.select_for_update(of=("self",)).get(pk=entry.round_id)
    if entry.number is None:
        last = Entry.objects.filter(round=entry.round_id).aggregate(last=Max("number"))["last"]
        entry.number = (last or 0) + 1
    entry.save()
    return entry


@transaction.atomic
def move(entry, status):
    """Complete, sent back, withdrawn or registered again; a second click changes nothing."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("round").get(pk=entry.pk)
    if entry.status == status:
        return entry
    if status not in {one for one, *_ in steps_of(entry)}:
        raise RefusedError(NOT_NOW.format(entry.get_status_display()), "entry_transition")
    entry.status = status
    entry.save()
    connection.check_constraints()
    return entry


def add_papers(entry, papers, *, by, received_on, note=""):
    """Put `papers` (programmes.dossier.services.Given, each with its item) into the dossier, all or none.

    What is there already is not put twice. Files that end in no row are removed again. Returns what was added.
    """
    kept = []
    try:
        with transaction.atomic():
            Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
            known = {_mark(paper) for paper in entry.papers.all()}
            new = [_paper(entry, given, by, received_on, note, kept) for given in papers]
            added = [paper for paper in new if _mark(paper) not in known]
            for paper in added:
                paper.save()
            connection.check_constraints()
    except BaseException:
        _forget(kept)
        raise
    _forget(set(kept) - {paper.stored_name for paper in added})
    return added


def _mark(paper):
    return paper.item_id, paper.sha256


def _forget(names):
    for name in names:
        storage.remove(name)


def _paper(entry, given, by, received_on, note, kept):
    paper = EntryPaper(entry=entry, item=given.item, received_on=received_on, note=note, recorded_by=by)
    if given.file is not None:
        kind = given.kind or inspect(given.file)
        stored = storage.keep(given.file.chunks())
        kept.append(stored.name)
        paper.is_paper = False
        paper.stored_name, paper.size, paper.sha256 = stored.name, stored.size, stored.sha256
        paper.original_name, paper.content_type = clean_name(given.file.name), kind.content_type
    return paper


@transaction.atomic
def receive_all(entry, *, by, received_on):
    """Every required paper that is missing was received on paper that day; how many."""
    Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    items = missing(checklist(entry))
    for item in items:
        EntryPaper.objects.create(entry=entry, item=item, received_on=received_on, recorded_by=by)
    return len(items)


@transaction.atomic
def remove_paper(paper):
    """Take a paper away, and its file once that is certain."""
    name = paper.stored_name
    paper.delete()
    transaction.on_commit(lambda: storage.remove(name))


@transaction.atomic
def delete(entry):
    """Delete a dossier that was merely registered, its papers and their files; RefusedError for others."""
    locked = Entry.objects.select_for_update(of=("self",)).select_related("round").get(pk=entry.pk)
    if locked.status != EntryStatus.REGISTERED or not locked.round.is_open:
        raise RefusedError(KEPT, "entry_kept")
    names = list(entry.papers.exclude(stored_name="").values_list("stored_name", flat=True))
    entry.delete()
    transaction.on_commit(lambda: _forget(names))


def named(names) -> set[str]:
    """Which of these files a paper of a dossier still names."""
    return set(EntryPaper.objects.filter(stored_name__in=names).values_list("stored_name", flat=True))


def first_day(round):
    """The day that a new dossier's form proposes: today while the round is young, the first day of one of long ago."""
    today = timezone.localdate()
    last = round.closes_on or round.opens_on + YEAR
    return today if round.opens_on <= today <= last else min(round.opens_on, today)
