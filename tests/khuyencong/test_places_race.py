"""Two that load places at the same moment, in real transactions: one after the other."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from khuyencong import reference
from khuyencong.models import Province

pytestmark = pytest.mark.django_db(transaction=True)
FILES = {
    "provinces": ("code,name,kind,valid_from,valid_to,decision", "40,Nghệ An,province,2008-08-01,,QĐ"),
    "lineage": ("predecessor,predecessor_from,successor,successor_from,kind",),
    "districts": ("code,name,kind,province,province_from,valid_from,valid_to,decision",),
    "communes": ("code,name,kind,province,province_from,district,valid_from,valid_to,decision",),
    "unit_lineage": ("predecessor,predecessor_from,successor,successor_from,kind",),
    "holidays": ("day,name,is_working,document,is_verified",),
    "agencies": ("kind,province,province_from,name,valid_from,valid_to,source",),
}


@pytest.fixture(autouse=True)
def short_files(transactional_db, monkeypatch, tmp_path):
    """Files with one province in all."""
    for name, lines in FILES.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(reference, "FIXTURES", tmp_path)


@pytest.fixture
def other_loader():
    """Another connection that is loading; it ends when the test lets it."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [reference.LOADING])
        cursor.execute(
            "INSERT INTO khuyencong_province (code, name, kind, valid_from, decision, search_key, sort_key)"
            " VALUES ('40', 'Nghệ An', 'province', '2008-08-01', 'QĐ', 'nghe an', '')"
        )
    yield other
    other.close()


def load():
    """What the command prints first, in its own connection whose locks are not waited for longer than a moment."""
    out = StringIO()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        call_command("load_places", stdout=out)
    except CommandError as error:
        return str(error)
    finally:
        connection.close()
    return out.getvalue().splitlines()[0]


def test_the_second_waits_for_the_first_and_finds_nothing_to_do(other_loader):
    said = []
    second = threading.Thread(target=lambda: said.append(load()))
    second.start()
    second.join(1)
    waits = second.is_alive()

    other_loader.commit()
    second.join()

    assert waits
    assert said == ["Đã nạp: 0 dòng thêm hoặc sửa."]
    assert Province.objects.get().name == "Nghệ An"


def test_the_second_says_so_when_it_has_waited_too_long(other_loader, monkeypatch):
    monkeypatch.setattr(reference, "PATIENCE", "100ms")

    said = load()
    other_loader.rollback()

    assert said == (
        "Chưa nạp được, dữ liệu giữ nguyên. Một tiến trình khác đang nạp hoặc sửa địa giới. Hãy chạy lại sau ít phút."
    )
    assert not Province.objects.exists()
