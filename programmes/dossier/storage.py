"""Files of dossiers: outside the web root, whole or not at all, under names that no user chose, checked before given out."""

import hashlib
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

CHUNK = 1 << 20


class DamagedFileError(Exception):
    """The file is gone, or is not the one that was kept."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What a row keeps of a file."""

    name: str
    size: int
    sha256: str


def path(name) -> Path:
    """Where the file of that stored name lies: two letters of it make the folder."""
    return settings.DOSSIER_DIR / name[:2] / name


def keep(chunks) -> StoredFile:
    """Store what `chunks` (bytes) make up; nobody ever sees a part of it.

    Temporary file in the same folder, fsync, rename, fsync of the folder.
    """
    name = uuid.uuid4().hex
    target = path(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    try:
        size, digest = _write(temporary, chunks)
        os.rename(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _fsync_folder(target.parent)
    return StoredFile(name, size, digest)


def _write(target, chunks):
    size, digest = 0, hashlib.sha256()
    with target.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _fsync_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_intact(document):
    """The file of a document, opened for reading, exactly the one that was kept; else DamagedFileError."""
    try:
        file = path(document.stored_name).open("rb")
    except OSError as error:
        raise DamagedFileError("missing") from error
    if hashlib.file_digest(file, "sha256").hexdigest() != document.sha256:
        file.close()
        raise DamagedFileError("altered")
    file.seek(0)
    return file


def stale(seconds):
    """Names of files that have lain for so long."""
    before = time.time() - seconds
    return [file.name for file in settings.DOSSIER_DIR.glob("??/*") if file.is_file() and file.stat().st_mtime < before]


def remove(name):
    """Forget a file that no row names."""
    if name:
        path(name).unlink(missing_ok=True)
