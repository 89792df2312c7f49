"""The files of fixtures/ as rows: provinces through time, contents, sources; loading them again changes nothing."""

import datetime

import pytest
from django.apps import apps
from django.db import transaction

from facilities.models import Trade
from khuyencong.boundaries import with_predecessors
from khuyencong.models import Province, ProvinceLineage
from programmes.models import ActivityContent, FundingSource, Indicator, Programme
from reports.management.commands.load_reference_data import load_reference_data

BEFORE, AFTER = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
NOW = datetime.date(2026, 11, 22)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def reference(django_db_setup, django_db_blocker):
    """Reference data, loaded once for this module; each test's own transaction is a savepoint in this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data()
        yield
        transaction.set_rollback(True)


def names_by_code(day):
    return dict(Province.objects.on(day).values_list("code", "name"))


@pytest.mark.parametrize(
    ("day", "provinces", "cities"),
    [
        (datetime.date(2016, 1, 1), 63, 5),
        (datetime.date(2024, 12, 31), 63, 5),
        (datetime.date(2025, 1, 1), 63, 6),
        (BEFORE, 63, 6),
        (AFTER, 34, 6),
        (datetime.date(2026, 4, 29), 34, 6),
        (datetime.date(2026, 4, 30), 34, 7),
        (datetime.date(2026, 9, 1), 34, 8),
        (datetime.date(2026, 9, 20), 34, 9),
        (NOW, 34, 9),
    ],
)
def test_so_many_provinces_and_cities_are_in_force_on_a_day(day, provinces, cities):
    in_force = Province.objects.on(day)

    assert in_force.count() == in_force.values("code").distinct().count() == provinces
    assert in_force.filter(kind=Province.Kind.CITY).count() == cities


def test_seven_codes_name_another_province_since_the_reform():
    before, after = names_by_code(BEFORE), names_by_code(AFTER)

    assert {code: (before[code], name) for code, name in after.items() if before[code] != name} == {
        "15": ("Yên Bái", "Lào Cai"),
        "24": ("Bắc Giang", "Bắc Ninh"),
        "44": ("Quảng Bình", "Quảng Trị"),
        "52": ("Bình Định", "Gia Lai"),
        "80": ("Long An", "Tây Ninh"),
        "82": ("Tiền Giang", "Đồng Tháp"),
        "91": ("Kiên Giang", "An Giang"),
    }


def test_every_former_province_reaches_exactly_one_present_province():
    reached = [pk for now in Province.objects.on(NOW) for pk in with_predecessors(now.pk)]

    assert sorted(reached) == sorted(Province.objects.values_list("pk", flat=True))


def test_a_merged_city_descends_from_each_province_that_was_merged_into_it():
    bac_ninh = Province.objects.on(NOW).get(code="24")

    ancestors = Province.objects.filter(pk__in=with_predecessors(bac_ninh.pk)).order_by("valid_from", "code")

    assert [(row.full_name, row.valid_from.year) for row in ancestors] == [
        ("tỉnh Bắc Giang", 2008),
        ("tỉnh Bắc Ninh", 2008),
        ("tỉnh Bắc Ninh", 2025),
        ("thành phố Bắc Ninh", 2026),
    ]


def test_a_successor_begins_the_day_after_its_predecessor_ends():
    gaps = {link.successor.valid_from - link.predecessor.valid_to for link in _links()}

    assert gaps == {datetime.timedelta(days=1)}


def test_a_province_is_merged_when_it_has_more_than_one_predecessor():
    for link in _links():
        siblings = link.successor.predecessor_links.count()
        assert (link.kind == ProvinceLineage.Kind.MERGED) == (siblings > 1), link


def _links():
    return ProvinceLineage.objects.select_related("predecessor", "successor")


def test_the_clauses_of_the_decree_are_groups_and_every_leaf_has_its_indicators():
    groups = ActivityContent.objects.filter(group=None).order_by("code")

    assert [group.code for group in groups] == [*(f"KC{n:02d}" for n in range(1, 11)), "KC90", "X"]
    assert not ActivityContent.objects.exclude(group=None).filter(indicators=None).exists()
    assert not Indicator.objects.filter(activitycontent=None).exists()


def test_contents_whose_wording_is_unknown_wait_for_the_administrator():
    inactive = ActivityContent.objects.filter(is_active=False)

    assert {content.code[:4] for content in inactive} == {"KC10"}


def test_what_is_counted_without_repetition_says_so():
    distinct = Indicator.objects.exclude(counting=Indicator.Counting.SUM).order_by("position")

    assert list(distinct.values_list("unit", "counting")) == [("cơ sở", "facilities"), ("làng nghề", "villages")]


def test_only_budgets_are_support_and_the_district_closed_with_the_districts():
    sources = FundingSource.objects.values_list("short_name", "is_support", "valid_to")

    assert list(sources) == [
        ("Quốc gia", True, None),
        ("Tỉnh", True, None),
        ("Huyện", True, BEFORE),
        ("Xã", True, None),
        ("Đối ứng", False, None),
        ("Tài trợ", False, None),
        ("Khác", False, None),
    ]


def test_the_national_programmes_follow_each_other():
    years = Programme.objects.order_by("first_year").values_list("first_year", "last_year")

    assert list(years) == [(2014, 2020), (2021, 2025), (2026, 2030)]
    assert list(Trade.objects.values_list("code", flat=True)) == ["a", "b", "c", "d", "dd", "e", "g"]


def test_loading_again_changes_nothing_and_writes_no_history():
    rows = {model: model.objects.count() for model in apps.get_models()}

    assert load_reference_data() == 0
    assert {model: model.objects.count() for model in apps.get_models()} == rows


def test_loading_again_keeps_what_the_office_switched_on_and_repairs_a_name():
    content = ActivityContent.objects.get(code="KC10.01")
    content.name, content.is_active = "Tên gõ nhầm", True
    content.save()
    content.indicators.add(Indicator.objects.get(code="may"))

    assert load_reference_data() == 1
    content.refresh_from_db()
    assert (content.name, content.is_active) == ("Chuyển đổi số trong sản xuất công nghiệp nông thôn", True)
    assert set(content.indicators.values_list("code", flat=True)) == {"co-so", "may"}


def test_loading_again_does_not_reopen_a_source_that_the_office_closed():
    FundingSource.objects.filter(code="commune").update(valid_to=NOW)

    assert load_reference_data() == 0
    assert FundingSource.objects.get(code="commune").valid_to == NOW
