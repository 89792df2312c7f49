"""What happens to papers of a dossier: given, withdrawn, deleted from a draft. A file and its row come and go together."""

from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from khuyencong.refusals import RefusedError
from khuyencong.text import clean
from programmes.dossier import storage
from programmes.dossier.inspection import clean_name, inspect
from programmes.dossier.kinds import FileKind
from programmes.enums import Status
from programmes.models import DossierItem, Scheme, SchemeDocument

DAY = 24 * 3600
NO_REASON = "Nhập lý do rút lại giấy tờ."
KEEPERS = []  # of apps above that store files here: each takes stored names and gives those that its rows name


@dataclass(frozen=True)
class Given:
    """One paper as it was handed over: for an item or free (`item` None), with a file or, without, on paper."""

    title: str
    item: DossierItem | None = None
    file: object | None = None
    kind: FileKind | None = field(default=None)


def add_documents(scheme, papers, *, by, received_on, note=""):
    """Put `papers` (Given) into the dossier, all or none; those now in it.

    What is there already (the same file or paper for the same item) is not put twice, so a second click adds nothing.
    Files that end in no row are removed again.
    """
    kept = []
    try:
        with transaction.atomic():
            known = _in_force(scheme)
            new = [_document(scheme, paper, by, received_on, note, kept) for paper in papers]
            added = [document for document in new if _mark(document) not in known]
            for document in added:
                document.save()
            connection.check_constraints()
    except BaseException:
        _forget(kept)
        raise
    _forget(set(kept) - {document.stored_name for document in added})
    return added


def _in_force(scheme):
    """What the dossier holds, one writer at a time."""
    Scheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    return {_mark(document) for document in SchemeDocument.objects.in_force().filter(scheme=scheme)}


def _mark(document):
    return document.item_id, document.sha256 or document.title


def _forget(names):
    for name in names:
        storage.remove(name)


def _document(scheme, paper, by, received_on, note, kept):
    document = SchemeDocument(
        scheme=scheme,
        item=paper.item,
        title=clean(paper.title),
        is_paper=paper.file is None,
        received_on=received_on,
        note=note,
        uploaded_by=by,
    )
    if paper.file is not None:
        kind = paper.kind or inspect(paper.file)
        stored = storage.keep(paper.file.chunks())
        kept.append(stored.name)
        document.stored_name, document.size, document.sha256 = stored.name, stored.size, stored.sha256
        document.original_name, document.content_type = clean_name(paper.file.name), kind.content_type
    return document


@transaction.atomic
def withdraw_document(document, *, by, reason):
    """Take a paper out of force, with the reason; its file stays for inspectors."""
    if not reason.strip():
        raise RefusedError(NO_REASON, "reason")
    document.withdrawn_at, document.withdrawn_by, document.withdrawn_reason = timezone.now(), by, reason
    document.save()


@transaction.atomic
def delete_document(document):
    """Delete a paper of a draft that was never sent, and its file once that is certain."""
    name = document.stored_name
    document.delete()
    transaction.on_commit(lambda: storage.remove(name))


def sweep():
    """Remove files that no row has named for a day: of deleted drafts, and of a process that was stopped between the two."""
    names = storage.stale(DAY)
    kept = set(SchemeDocument.objects.filter(stored_name__in=names).values_list("stored_name", flat=True))
    kept.update(*(keeper(names) for keeper in KEEPERS))
    _forget(set(names) - kept)


def is_sent(scheme):
    """It was sent to appraisal once, even if it is a draft again: its papers stay."""
    return scheme.events.exclude(status=Status.DRAFT).exists()
