"""Reports of before keep their period when it gets a code."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import ProvinceFactory, UserFactory

BEFORE, AFTER = ("reports", "0001_initial"), ("reports", "0002_boundaries_and_periods")


def migrated(target):
    """The models as they are after the migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


@pytest.mark.django_db(transaction=True)
def test_years_become_the_code_of_a_period_and_boundaries_those_of_the_time():
    user = UserFactory()
    try:
        Report = migrated(BEFORE).get_model("reports", "Report")  # noqa: N806  a model
        for first, last in ((2016, 2020), (2021, 2021)):
            Report.objects.create(
                kind="giai-doan",
                province_id=ProvinceFactory().pk,
                first_year=first,
                last_year=last,
                cut_off="2026-01-01",
                requested_by_id=user.pk,
            )
        Report = migrated(AFTER).get_model("reports", "Report")  # noqa: N806
        found = Report.objects.order_by("pk").values_list("period_code", "boundaries")
        assert list(found) == [("2016-2020", "as_was"), ("2021", "as_was")]
    finally:
        MigrationExecutor(connection).migrate([AFTER])
