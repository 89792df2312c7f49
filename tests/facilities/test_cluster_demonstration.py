"""The demonstration's clusters: the seed's plan comes out, each within the law, twice changes nothing."""

import datetime
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Sum

from facilities import demonstration
from facilities.demonstration.figures import periods
from facilities.models import ClusterFigures, CraftVillage, Facility, IndustrialCluster
from khuyencong import reference
from khuyencong.reference import read
from tests.factories import FacilityFactory, TradeFactory

TODAY = datetime.date(2026, 11, 22)


def test_the_plan_of_quảng_ninh_is_32_clusters_of_the_legal_size():
    areas = [Decimal(row["planned_area"]) for row in read("demonstration_clusters") if row["territory"] == "22"]

    assert (len(areas), sum(areas)) == (32, Decimal("1712.64"))
    assert sum(areas) / len(areas) == Decimal("53.52")
    assert all(10 <= area <= 75 for area in areas)


def test_every_cluster_of_the_file_is_in_order():
    for row in read("demonstration_clusters"):
        areas = [
            Decimal(row[name])
            for name in ("planned_area", "established_area", "detailed_plan_area", "industrial_land")
            if row[name]
        ]
        days = [
            row[name]
            for name in ("established_on", "detailed_plan_on", "infrastructure_on", "operating_from")
            if row[name]
        ]
        assert areas == sorted(areas, reverse=True), row["number"]
        assert days == sorted(days), row["number"]
        assert row["planned_on"] < "2021-12-14" or row["territory"] == "40"


def test_figures_are_of_2021_and_of_the_last_four_closed_half_years():
    codes = [half.code for half in periods(TODAY)]

    assert codes == ["2021-H1", "2021-H2", "2024-H2", "2025-H1", "2025-H2", "2026-H1"]
    assert periods(datetime.date(2026, 12, 15))[-1].code == "2026-H2"


@pytest.mark.django_db(transaction=True)
def test_the_demonstration_is_loaded_once_and_the_report_shows_the_seeds_plan():
    reference.load()
    village = FacilityFactory(
        name="Làng nghề minh họa 01", legal_form="village", is_illustrative=True, trade=TradeFactory(), workers=80
    )

    assert demonstration.load(TODAY) is True
    counted = IndustrialCluster.objects.count(), ClusterFigures.objects.count()
    assert demonstration.load(TODAY) is False

    assert (IndustrialCluster.objects.count(), ClusterFigures.objects.count()) == counted
    assert counted[0] == 38
    assert not IndustrialCluster.objects.filter(is_illustrative=False).exists()
    assert not IndustrialCluster.objects.exclude(name__startswith="CCN minh họa ").exists()
    assert not IndustrialCluster.objects.filter(commune_today=None).exists()
    assert CraftVillage.objects.get().facility == village
    assert Facility.objects.count() == 1

    out = StringIO()
    call_command("build_report", "ccn", "--province", "22", "--period", "2021", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert found["plan"] == {"clusters": 32, "area": 1712.64, "average_area": 53.52}
    assert found["territory"] == {"code": "22", "name": "tỉnh Quảng Ninh"}
    assert found["illustrative"] is True
    assert IndustrialCluster.objects.filter(province__code="22").aggregate(a=Sum("planned_area"))["a"] == Decimal(
        "1712.64"
    )
