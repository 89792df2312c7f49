"""Figures after support and decisions about warnings, valid by default."""

from decimal import Decimal

import factory

from khuyencong.enums import Role
from programmes.models import MonitoringRecord, WarningDecision
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory

MILLION = 1_000_000


def supported(state="accepted", facility=None, amount=100 * MILLION, **values):
    """What a facility gets from a scheme of 2020 that stands in `state`."""
    facility = facility or FacilityFactory(**({"province": values["province"]} if "province" in values else {}))
    scheme = SchemeFactory(money={"province": amount}, benefits={facility: amount}, state=state, **values)
    return scheme.beneficiaries.get()


class MonitoringFactory(factory.django.DjangoModelFactory):
    """What a facility told of 2021, the year after its scheme."""

    class Meta:
        model = MonitoringRecord

    benefit = factory.LazyFunction(supported)
    year = 2021
    revenue = Decimal(1_200 * MILLION)
    jobs = 12
    figures_source = "Báo cáo của cơ sở"
    recorded_by = factory.LazyAttribute(lambda o: o.benefit.scheme.created_by)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WarningDecision

    kind = "late"
    key = factory.Sequence(lambda n: f"dau-{n}")
    sentence = "Đề án mẫu chậm tiến độ."
    province = factory.SubFactory(ProvinceFactory)
    verdict = "valid"
    reason = "Đã xem hồ sơ gia hạn."
    by = factory.SubFactory(UserFactory, role=Role.REVIEWER)
