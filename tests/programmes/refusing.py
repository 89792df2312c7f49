"""Acts that the database refuses, by the name of the rule."""

import pytest
from django.db import IntegrityError, connection, transaction

from khuyencong import refusals


def refused(act, name):
    """The sentence with which `act` is refused by the rule `name`."""

    def whole_transaction():
        with transaction.atomic():
            act()
            connection.check_constraints()

    with pytest.raises((IntegrityError, refusals.RefusedError)) as caught:
        whole_transaction()
    refusal = refusals.explain(caught.value)
    assert refusal.code == name, refusal
    return refusal.sentence
