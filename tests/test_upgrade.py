"""A portal in use before the units had tables is upgraded: what was typed moves, nothing is dropped, all is told."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.db import connections

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "khuyencong_upgrade"
BEFORE = (("facilities", "0002"), ("programmes", "0001"), ("reports", "0001"))
ROWS = """
INSERT INTO khuyencong_province (code, name, kind, valid_from, decision, search_key, sort_key)
    VALUES ('40', 'Nghệ An', 'province', '2025-07-01', '', '', '');
INSERT INTO facilities_facility (name, legal_form, tax_code, products, province_id, commune, former_district, address,
        contact_name, phone, email, note, is_illustrative, created_at, search_key, sort_key)
    SELECT 'Hộ Nguyễn Văn An', 'household', '', '', id, place, district, '', '', '', '', note, false, now(), '', ''
    FROM khuyencong_province, (VALUES ('xã A', 'Diễn Châu', 'đã gọi điện'), ('xã B', 'Quỳnh Lưu', '')) AS given(place, district, note)
"""
pytestmark = pytest.mark.slow


def manage(database, *command):
    answer = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "khuyencong.settings"},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    return answer.stdout


@pytest.fixture
def database(django_db_setup):
    """The address of an empty database of its own, and a function that asks it."""
    parameters = connections["default"].get_connection_params()
    for key in ("cursor_factory", "options"):
        parameters.pop(key, None)

    def ask(sql, name=DATABASE):
        link = psycopg2.connect(**parameters | {"dbname": name})
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
        link.close()
        return rows

    ask(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", "postgres")
    ask(f"CREATE DATABASE {DATABASE}", "postgres")
    path, _, query = os.environ["DATABASE_URL"].partition("?")
    yield f"{path.rpartition('/')[0]}/{DATABASE}" + (f"?{query}" if query else ""), ask
    ask(f"DROP DATABASE {DATABASE} WITH (FORCE)", "postgres")


def test_places_typed_as_text_move_into_the_note_and_the_history_tells_it(database):
    address, ask = database
    for target in BEFORE:
        manage(address, "migrate", *target)
    ask(ROWS)

    manage(address, "migrate")
    manage(address, "rebuild_keys")

    assert ask("SELECT note FROM facilities_facility ORDER BY id") == [
        ("đã gọi điện\nĐịa bàn đã ghi: xã A, Diễn Châu",),
        ("Địa bàn đã ghi: xã B, Quỳnh Lưu",),
    ]
    assert ask("SELECT commune FROM facilities_facilityevent WHERE pgh_label = 'insert' ORDER BY pgh_id") == [
        ("xã A",),
        ("xã B",),
    ]
    assert ask("SELECT count(*) FROM facilities_facilityevent WHERE pgh_label = 'update' AND note LIKE '%xã A%'") == [
        (1,)
    ]
    manage(address, "check_data", "--rule", "history-differs", "derived-key-stale", "facility-name-twice")
