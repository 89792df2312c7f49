"""The whole dossier as one .zip, written while it is read, with its list of papers and their checksums."""

import re
import zipfile

from django.template.loader import render_to_string
from django.utils import timezone

from khuyencong.text import clean
from programmes import tables
from programmes.dossier import storage
from programmes.dossier.kinds import BY_TYPE

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
CONTENTS = "00 Mục lục hồ sơ.html"
CHECKSUMS = "00 Mã kiểm tra SHA-256.txt"


def damaged(documents):
    """Those whose file is gone or altered; reads every file."""
    bad = []
    for document in documents:
        if not document.is_paper:
            try:
                storage.open_intact(document).close()
            except storage.DamagedFileError:
                bad.append(document)
    return bad


def contents(scheme, dossier, *, by, at):
    """What the list of papers says, for the printed page and for the one in the archive."""
    return {
        "scheme": scheme,
        "dossier": dossier,
        "rows": [(number, place, document) for number, (place, document) in enumerate(_placed(dossier), 1)],
        "money": tables.money_table(scheme.funding_lines.select_related("source")),
        "beneficiaries": scheme.beneficiaries.named(),
        "names": {},
        "by": by,
        "at": at,
    }


def _placed(dossier):
    """(folder, document) in the order of the list; folders are numbered as steps come."""
    number = 0
    for one in dossier.steps:
        given = [document for entry in one.entries for document in entry.documents]
        number += bool(given)
        yield from ((f"{number:02d} {one.label}", document) for document in given)
    yield from ((f"{number + 1:02d} Giấy tờ khác", document) for document in dossier.others)


class _Sink:
    """What zipfile writes to, without a way back: holds the bytes until they are taken."""

    def __init__(self):
        self.held = bytearray()

    def write(self, data):
        self.held += data
        return len(data)

    def flush(self):
        """Nothing is buffered elsewhere."""

    def take(self):
        taken, self.held = bytes(self.held), bytearray()
        return taken


def stream(scheme, dossier, *, by, at):
    """The bytes of the archive, a part at a time; every question to the database is asked before the first part."""
    about = contents(scheme, dossier, by=by, at=at)
    page = render_to_string("programmes/dossier/contents.html", about | {"names": names(about["rows"])})
    return _parts(page, about["rows"], timezone.localtime(at).timetuple()[:6])


def names(rows):
    """{document id: its path in the archive}; paper has none."""
    return {
        document.pk: f"{place}/{number:02d} {_safe(document.title)}.{BY_TYPE[document.content_type].ending}"
        for number, place, document in rows
        if not document.is_paper
    }


def _safe(title):
    return clean(FORBIDDEN.sub(" ", title))[:100].strip(" .") or "Giấy tờ"


def _parts(page, rows, moment):
    sink, paths = _Sink(), names(rows)
    files = [document for _, _, document in rows if not document.is_paper]
    sums = "".join(f"{document.sha256}  {paths[document.pk]}\n" for document in files)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as package:
        for name, content in ((CONTENTS, page), (CHECKSUMS, sums)):
            package.writestr(zipfile.ZipInfo(name, moment), content.encode())
            yield sink.take()
        for document in files:
            yield from _file(package, sink, zipfile.ZipInfo(paths[document.pk], moment), document)
    yield sink.take()


def _file(package, sink, info, document):
    with storage.open_intact(document) as source, package.open(info, "w") as target:
        while chunk := source.read(storage.CHUNK):
            target.write(chunk)
            yield sink.take()
