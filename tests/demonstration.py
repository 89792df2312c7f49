"""The demonstration for a module of tests, loaded once and taken back."""

from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, transaction


@contextmanager
def loaded():
    """Each test's own transaction is a savepoint in this one.

    The room of the rows that were taken back is given free at the end: else the next load of this database, into tables
    that look large and are empty, takes minutes.
    """
    with transaction.atomic():
        call_command("load_demo", verbosity=0)
        connection.check_constraints()
        yield
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
