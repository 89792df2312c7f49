"""How the lists of events and certificates grow: `python -m pytest --override-ini=addopts= -s tests/benchmarks/test_fair_lists.py`.

As `test_scheme_list`: multiples of the raw rows of one page, measured in the same run. A page deep in the list may cost
no more than half as much again as the first.
"""

import json

import pytest
from django.db import connection
from django.urls import reverse

from tests.benchmarks.measuring import cost
from tests.fairs.factories import CertificateFactory, ParticipationFactory
from tests.pages import soup

EVENTS, PARTICIPATIONS, CERTIFICATES, PAGES = 5_000, 20_000, 20_000, 20
LIMIT, DEEPER = 1_200, 1.5  # the floor is 50 rows by an index: 0.2 ms
EVENT_FLOOR = """SELECT id, name, starts_on FROM fairs_marketevent WHERE province_id = %s ORDER BY starts_on DESC, id DESC LIMIT 50"""


def copies(table, source, times, **values):
    """`times` further rows of `table`, as the row `source` but for `values`: column -> SQL over the counter n."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall() if name != "id"]
        taken = ", ".join(values.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {taken} FROM {table}, generate_series(1, {times}) n WHERE id = {source}"
        )


def fill(province):
    """Events with facilities, and certificates each of a product of its own, in one province."""
    part = ParticipationFactory(event__province=province)
    certificate = CertificateFactory(entry__round__cycle__province=province)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        day = "DATE '2010-01-01' + n"
        copies("fairs_marketevent", part.event_id, EVENTS, name="'Hội chợ ' || n", starts_on=day, ends_on=day)
        some_event = f"(SELECT min(id) FROM fairs_marketevent) + n % {EVENTS}"
        facilities = {"name": "'F ' || n", "tax_code": "''", "name_key": "'f ' || n", "sort_key": "'f ' || n"}
        copies("facilities_facility", part.facility_id, PARTICIPATIONS, **facilities)
        some_facility = "(SELECT min(id) FROM facilities_facility) + n"
        copies("fairs_participation", part.pk, PARTICIPATIONS, event_id=some_event, facility_id=some_facility)
        copies("fairs_product", certificate.entry.product_id, CERTIFICATES, name="'P ' || n")
        entry = {"product_id": "(SELECT min(id) FROM fairs_product) + n", "number": "n"}
        copies("fairs_entry", certificate.entry_id, CERTIFICATES, **entry)
        own = {"entry_id": f"{certificate.entry_id} + n", "number": "'S ' || n", "issued_on": "issued_on + n % 900"}
        copies("fairs_certificate", certificate.pk, CERTIFICATES, **own)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


@pytest.mark.django_db
def test_lists_of_fairs_and_certificates(client, staff):
    fill(staff.province)
    client.force_login(staff)

    def floor():
        with connection.cursor() as cursor:
            cursor.execute(EVENT_FLOOR, [staff.province_id])
            return json.dumps(cursor.fetchall(), default=str)

    least, wrong = sum(cost(floor)), []
    for name in ("fairs:event-list", "fairs:certificate-list"):
        first = deep = reverse(name)
        for _ in range(PAGES):
            deep = reverse(name) + soup(client.get(deep)).select_one("a[rel=next]")["href"]
        shallow, far = (sum(cost(lambda address=address: client.get(address))) for address in (first, deep))
        print(f"{name}: {shallow:.0f} ms, page {PAGES + 1}: {far:.0f} ms; floor {least:.2f} ms")  # noqa: T201
        wrong += [name] if shallow > LIMIT * least or far > DEEPER * shallow else []
    assert wrong == []
