"""Files of reports: whole or not at all, named after their own contents, checked before they are given out."""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

HOUR = 3600
UNFINISHED = ".tmp"


class DamagedFileError(Exception):
    """The file is gone, or is not the one that was issued."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the row keeps of a file."""

    name: str
    size: int
    sha256: str


def keep(number, write):
    """Store what `write(file)` writes for report `number`; nobody ever sees a part of it.

    Temporary file in the same folder, fsync, rename, fsync of the folder.
    """
    folder = settings.REPORTS_DIR
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{number}-", suffix=UNFINISHED)
    try:
        with os.fdopen(handle, "w+b") as file:
            write(file)
            stored = _finish(file, number)
        os.rename(temporary, folder / stored.name)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _fsync_folder(folder)
    return stored


def _finish(file, number):
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return StoredFile(f"{number}-{sha256[:16]}.xlsx", os.fstat(file.fileno()).st_size, sha256)


def _fsync_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(report):
    """The bytes of a finished report, exactly those that were issued; else DamagedFileError."""
    try:
        content = report.path.read_bytes()
    except OSError as error:
        raise DamagedFileError("missing") from error
    if hashlib.sha256(content).hexdigest() != report.sha256:
        raise DamagedFileError("altered")
    return content


def remove(name):
    """Forget a file that no row names."""
    (settings.REPORTS_DIR / name).unlink(missing_ok=True)


def sweep(is_kept):
    """Remove unfinished files older than an hour and, older than a day, files for which `is_kept(names)` knows no row."""
    now = time.time()
    old = [path for path in settings.REPORTS_DIR.glob("*") if path.is_file() and _age(path, now) > HOUR]
    unfinished = [path for path in old if path.suffix == UNFINISHED]
    finished = {path.name: path for path in old if path.suffix == ".xlsx" and _age(path, now) > 24 * HOUR}
    kept = is_kept(finished) if finished else set()
    for path in (*unfinished, *(path for name, path in finished.items() if name not in kept)):
        path.unlink(missing_ok=True)


def _age(path, now):
    with suppress(FileNotFoundError):
        return now - path.stat().st_mtime
    return 0
