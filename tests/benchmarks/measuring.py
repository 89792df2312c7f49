"""What something costs, whatever else the machine does: CPU time of Python and the database's own time."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 7


def cost(act):
    """Milliseconds of this process's CPU and of the database for `act`, the least of some rounds: what a quiet machine pays."""
    act()
    ours = min(_cpu(act) for _ in range(ROUNDS))
    with CaptureQueriesContext(connection) as context:
        act()
    statements = [query["sql"] for query in context.captured_queries]
    return ours, min(sum(map(_database, statements)) for _ in range(ROUNDS))


def _cpu(act):
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def _database(sql):
    """Planning and running, as PostgreSQL measures it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        [plan] = cursor.fetchone()[0]
    return plan["Planning Time"] + plan["Execution Time"]
