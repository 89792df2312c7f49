"""Files of reports: whole or not at all, and checked before they are given out."""

import errno
import hashlib
import os
import time

import pytest

from reports import storage
from reports.models import Report


def kept(number=7, content=b"noi dung"):
    return storage.keep(number, lambda file: file.write(content))


def report_of(stored):
    return Report(file_name=stored.name, sha256=stored.sha256)


def aged(path, hours):
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def test_a_kept_file_is_named_after_its_contents(reports_folder):
    stored = kept(7, b"noi dung")

    digest = hashlib.sha256(b"noi dung").hexdigest()
    assert (stored.name, stored.size, stored.sha256) == (f"7-{digest[:16]}.xlsx", 8, digest)
    assert [path.name for path in reports_folder.iterdir()] == [stored.name]
    assert storage.read(report_of(stored)) == b"noi dung"


def test_a_writer_that_fails_leaves_nothing(reports_folder):
    def fails(file):
        file.write(b"mot nua")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        storage.keep(7, fails)

    assert list(reports_folder.iterdir()) == []


def test_an_altered_file_is_not_given_out(reports_folder):
    stored = kept()
    (reports_folder / stored.name).write_bytes(b"noi dunh")

    with pytest.raises(storage.DamagedFileError, match="altered"):
        storage.read(report_of(stored))


def test_a_lost_file_is_said_to_be_lost(reports_folder):
    stored = kept()
    storage.remove(stored.name)

    with pytest.raises(storage.DamagedFileError, match="missing"):
        storage.read(report_of(stored))


def test_the_sweep_removes_only_what_is_old_and_unnamed(reports_folder):
    named, orphan, young = kept(1), kept(2), kept(3)
    for stored in (named, orphan):
        aged(reports_folder / stored.name, hours=25)
    half, fresh = reports_folder / "4-x.tmp", reports_folder / "5-x.tmp"
    half.write_bytes(b"")
    fresh.write_bytes(b"")
    aged(half, hours=2)

    storage.sweep(lambda names: {named.name} & set(names))

    assert {path.name for path in reports_folder.iterdir()} == {named.name, young.name, fresh.name}


def test_the_sweep_of_a_folder_that_does_not_exist_does_nothing(reports_folder):
    storage.sweep(lambda names: set())

    assert not reports_folder.exists()
