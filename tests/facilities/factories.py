"""Clusters and villages that are valid by default."""

import datetime
from decimal import Decimal

import factory

from facilities.models import ClusterDefinition, ClusterFigures, ClusterProject, CraftVillage, IndustrialCluster
from tests.factories import ProvinceFactory


class ClusterFactory(factory.django.DjangoModelFactory):
    """In the plan of 2021; `operating=True` for one that works on 20 ha of industrial land."""

    class Meta:
        model = IndustrialCluster

    class Params:
        operating = factory.Trait(
            established_on=datetime.date(2022, 3, 1),
            establishment_number="15/QĐ-UBND",
            established_area=Decimal(30),
            detailed_plan_on=datetime.date(2022, 6, 1),
            detailed_plan_area=Decimal(30),
            industrial_land=Decimal(20),
            operating_from=datetime.date(2023, 1, 5),
        )

    name = factory.Sequence(lambda n: f"CCN mẫu {n:02d}")
    province = factory.SubFactory(ProvinceFactory)
    planned_on = datetime.date(2021, 3, 1)
    planned_area = Decimal("30.50")


class FiguresFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClusterFigures

    cluster = factory.SubFactory(ClusterFactory, operating=True)
    year = 2026
    half = 1
    leased_land = Decimal(5)
    projects = 4
    fdi_projects = 1
    operating_projects = 3
    workers = 120


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClusterProject

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Dự án mẫu {n}")


class VillageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CraftVillage

    name = factory.Sequence(lambda n: f"Làng nghề mẫu {n:02d}")
    province = factory.SubFactory(ProvinceFactory)


class DefinitionFactory(factory.django.DjangoModelFactory):
    """As NĐ 32/2024 has it."""

    class Meta:
        model = ClusterDefinition

    valid_from = datetime.date(2024, 3, 15)
    document = "NĐ 32/2024/NĐ-CP"
    least_area = Decimal(10)
    least_area_special = Decimal(5)
    most_area = Decimal(75)
    village_share = Decimal(75)
    is_verified = True
