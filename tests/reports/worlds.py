"""Provinces that were merged on 1/7/2025, with schemes and money of before and after."""

import datetime

from khuyencong.enums import Role
from tests.factories import LineageFactory, PlanFundingFactory, ProvinceFactory, SchemeFactory, UserFactory

LAST_DAY, FIRST_DAY = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
BEFORE = {"17": "Hòa Bình", "25": "Phú Thọ", "26": "Vĩnh Phúc"}


def merged():
    """(Phú Thọ of now, {code: a former province}): code 25 names both the old and the new Phú Thọ."""
    former = {code: ProvinceFactory(code=code, name=name, valid_to=LAST_DAY) for code, name in BEFORE.items()}
    now = ProvinceFactory(code="25", name="Phú Thọ", valid_from=FIRST_DAY)
    for one in former.values():
        LineageFactory(predecessor=one, successor=now)
    return now, former


def decided(place, **money):
    """An approved scheme of 2020; `national=5` is what that source gives."""
    columns = {name: money.pop(name) for name in ("year", "code", "name") if name in money}
    return SchemeFactory(province=place, money=money, state="approved", **columns)


def confirmed(place, amount, **columns):
    """Money of the district's budget that belongs to no scheme."""
    columns |= {"proposed_amount": amount, "approved_amount": amount}
    funding = PlanFundingFactory(province=place, created_by=UserFactory(province=place), **columns)
    funding.confirmed_by = UserFactory(role=Role.REVIEWER, province=place)
    funding.confirmed_at = funding.created_at
    funding.save()
    return funding
