"""How the list of schemes grows with its size: `python -m pytest --override-ini=addopts= -s tests/benchmarks`.

Each page as a multiple of the floor, the raw rows of one page as JSON, measured in the same run (CPU and database
time: `measuring`); fails when a page passes its multiple in LIMITS. The seconds tell nothing: another machine has others.
"""

import json

import pytest
from django.db import connection
from django.urls import reverse

from tests.benchmarks.measuring import cost
from tests.factories import SchemeFactory, SourceFactory
from tests.pages import soup

SIZE = 20_000
LIMITS = {"first": 400, "page 21": 400, "year": 300, "search": 400}

SCHEMES = """
INSERT INTO programmes_scheme (code, name, kind, level, year, province_id, location, content_id,
    implementing_unit_id, objective, is_illustrative, status, status_at, status_by_id, status_reason, created_by_id,
    created_at, version, search_key)
SELECT 'B' || n, 'Hỗ trợ máy móc số ' || n, 'scheme', 'local', 2012 + n %% 15, province_id, '', content_id,
    implementing_unit_id, '', true, 'draft', now(), status_by_id, '', created_by_id, now(), 1,
    'b' || n || ' ho tro mai moc so ' || n
FROM programmes_scheme, generate_series(1, %s) n WHERE id = %s
"""
LINES = """
INSERT INTO programmes_fundingline (scheme_id, source_id, proposed_amount, adjustment_reason)
SELECT id, source, 150000000, '' FROM programmes_scheme, unnest(ARRAY['province', 'counterpart']) source
WHERE search_key LIKE 'b%%'
"""
FLOOR = """
SELECT s.id, s.code, s.name, s.status, sum(l.proposed_amount) FROM (
    SELECT * FROM programmes_scheme WHERE province_id = %s ORDER BY year DESC, id DESC LIMIT 50) s
JOIN programmes_fundingline l ON l.scheme_id = s.id GROUP BY 1, 2, 3, 4
"""


@pytest.mark.django_db
def test_pages_of_a_long_list(client, staff):
    example = SchemeFactory(province=staff.province, created_by=staff)
    SourceFactory(code="counterpart")
    SourceFactory(code="province")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SCHEMES, [SIZE, example.pk])
        cursor.execute(LINES)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    client.force_login(staff)
    url = reverse("programmes:scheme-list")

    def floor():
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [staff.province_id])
            return json.dumps(cursor.fetchall(), default=str)

    deep = url
    for _ in range(20):
        deep = url + soup(client.get(deep)).select_one("a[rel=next]")["href"]
    least = sum(cost(floor))
    pages = {"first": url, "page 21": deep, "year": f"{url}?year=2020", "search": f"{url}?q=may+moc+29999"}
    costs = {name: cost(lambda address=address: client.get(address)) for name, address in pages.items()}
    ratios = {name: sum(both) / least for name, both in costs.items()}
    for name, (ours, theirs) in costs.items():
        print(f"{name:>8}: {ours:5.1f} + {theirs:5.1f} ms, {ratios[name]:4.0f} x floor of {least:.2f} ms")  # noqa: T201
    assert [name for name, ratio in ratios.items() if ratio > LIMITS[name]] == []
