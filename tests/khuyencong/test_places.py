"""The files of places in the database: complete, loaded once and the same ever after, and compared both ways."""

import datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from khuyencong import reference
from khuyencong.boundaries import Boundaries, LineageMap
from khuyencong.models import AdministrativeUnit, AgencyName, Province, ProvinceLineage, UnitLineage
from tests.factories import FacilityFactory

BEFORE, AFTER = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
COMMUNES = {
    "01": 126, "04": 56, "08": 124, "11": 45, "12": 38, "14": 75, "15": 99, "19": 92, "20": 65, "22": 54, "24": 99,
    "25": 148, "31": 114, "33": 104, "37": 129, "38": 166, "40": 130, "42": 69, "44": 78, "46": 40, "48": 94, "51": 96,
    "52": 135, "56": 65, "66": 102, "68": 124, "75": 95, "79": 168, "80": 96, "82": 102, "86": 124, "91": 102,
    "92": 103, "96": 64,
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def places(django_db_setup, django_db_blocker):
    """All places, loaded once for this module; each test's own transaction is a savepoint in this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load()
        yield
        transaction.set_rollback(True)


def communes(day):
    return AdministrativeUnit.objects.communes().on(day)


def check():
    """What `load_places --check` prints, and the sentence it ends with ('' when all is well)."""
    out = StringIO()
    try:
        call_command("load_places", check=True, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


# What is there


def test_so_many_units_were_there_before_and_are_there_after_the_reform():
    units = AdministrativeUnit.objects

    assert (units.districts().on(BEFORE).count(), communes(BEFORE).count()) == (696, 10_035)
    assert (units.districts().on(AFTER).count(), communes(AFTER).count(), units.current().count()) == (0, 3_321, 3_321)


def test_each_province_of_today_has_its_number_of_communes():
    current = AdministrativeUnit.objects.current().values_list("province__code").annotate(Count("pk")).order_by()

    assert dict(current) == COMMUNES


def test_communes_of_today_belong_to_provinces_of_today():
    assert not AdministrativeUnit.objects.current().filter(province__valid_to__isnull=False).exists()


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("15", "Yên Bái", "Lào Cai"),
        ("24", "Bắc Giang", "Bắc Ninh"),
        ("44", "Quảng Bình", "Quảng Trị"),
        ("52", "Bình Định", "Gia Lai"),
        ("80", "Long An", "Tây Ninh"),
        ("82", "Tiền Giang", "Đồng Tháp"),
        ("91", "Kiên Giang", "An Giang"),
    ],
)
def test_communes_under_a_code_that_was_given_away_belong_to_the_province_of_their_time(code, before, after):
    names = [
        set(communes(day).filter(province__code=code).values_list("province__name", flat=True))
        for day in (BEFORE, AFTER)
    ]

    assert names == [{before}, {after}]


def test_a_code_of_a_commune_names_one_unit_at_a_time():
    for day in (BEFORE, AFTER, datetime.date(2026, 11, 22)):
        assert communes(day).values("code").distinct().count() == communes(day).count()
    assert {unit.name for unit in AdministrativeUnit.objects.filter(code="00634")} == {"Đại Mỗ", "Tây Mỗ"}


@pytest.mark.parametrize(
    ("day", "wards"),
    [
        (datetime.date(2026, 4, 29), 687),
        (datetime.date(2026, 4, 30), 697),
        (datetime.date(2026, 9, 19), 697),
        (datetime.date(2026, 9, 20), 709),
    ],
)
def test_communes_became_wards_when_their_province_became_a_city(day, wards):
    assert communes(day).count() == 3_321
    assert communes(day).filter(kind="phuong").count() == wards


# Lineage


def test_every_former_commune_has_a_successor_and_every_district_only_its_communes():
    ended = AdministrativeUnit.objects.filter(valid_to__isnull=False, successor_links=None)

    assert not ended.communes().exists()
    assert ended.districts().filter(administrativeunit=None).count() == 0


def test_every_commune_of_today_came_from_somewhere():
    assert not AdministrativeUnit.objects.current().filter(predecessor_links=None).exists()


def test_so_many_links_are_there_of_each_kind():
    kinds = UnitLineage.objects.values_list("kind").annotate(Count("pk")).order_by()

    assert dict(kinds) == {"merged": 9_462, "divided": 973, "unchanged": 127, "status": 30, "renamed": 2}


def test_lineage_of_communes_keeps_to_that_of_their_provinces():
    today = LineageMap.of_provinces().today
    pairs = set(UnitLineage.objects.values_list("predecessor__province", "successor__province"))

    assert [pair for pair in pairs if today(pair[0]) != today(pair[1])] == []


def test_a_successor_begins_the_day_after():
    days = UnitLineage.objects.values_list("predecessor__valid_to", "successor__valid_from").distinct()

    assert {later - earlier for earlier, later in days} == {datetime.timedelta(days=1)}


def test_communes_of_today_and_the_divided_ones_cover_all_communes_once():
    lineage = LineageMap.of_units()
    current = AdministrativeUnit.objects.current().values_list("pk", flat=True)
    everything = AdministrativeUnit.objects.communes().values_list("pk", flat=True)
    islands = UnitLineage.objects.filter(predecessor__level="district").values_list("predecessor", flat=True)

    members = [pk for one in current for pk in lineage.members(one, Boundaries.TODAY)]
    undecided = [pk for pk in everything if lineage.today(pk) is None]

    assert sorted(members + undecided) == sorted([*everything, *islands])
    assert (len(undecided), len(islands)) == (441, 5)


# Loading


def test_loading_again_changes_nothing_and_writes_no_history():
    rows = {model: model.objects.count() for model in apps.get_app_config("khuyencong").get_models()}

    assert reference.load() == 0
    assert {model: model.objects.count() for model in apps.get_app_config("khuyencong").get_models()} == rows


def test_loading_again_repairs_a_name_and_keeps_what_the_office_said_of_a_commune():
    AdministrativeUnit.objects.filter(code="16681", valid_to=None).update(name="Tên gõ nhầm", is_difficult=True)

    assert reference.load() == 1
    unit = AdministrativeUnit.objects.get(code="16681", valid_to=None)
    assert (unit.full_name, unit.is_difficult) == ("phường Thành Vinh", True)
    assert unit.search_key.startswith("phuong thanh vinh")


def end_a_commune():
    AdministrativeUnit.objects.filter(code="16681", valid_to=None).update(valid_to=datetime.date(2027, 1, 1))


def give_a_district():
    commune = AdministrativeUnit.objects.filter(code="00001")
    other = AdministrativeUnit.objects.districts().filter(province=commune.get().province).exclude(code="001").first()
    commune.update(parent=other)


def begin_a_commune():
    AdministrativeUnit.objects.filter(code="00001").update(valid_from=datetime.date(2020, 1, 1))


def end_a_name():
    AgencyName.objects.filter(name="Cục Công nghiệp").update(valid_to=datetime.date(2030, 1, 1))


def begin_a_province_later():
    Province.objects.filter(code="46", valid_to=datetime.date(2024, 12, 31)).update(
        valid_from=datetime.date(2010, 1, 1)
    )


@pytest.mark.parametrize("spoil", [end_a_commune, give_a_district, begin_a_commune, end_a_name, begin_a_province_later])
def test_loading_again_repairs_also_what_the_files_leave_empty(spoil):
    spoil()
    failure_before = check()[1]

    assert reference.load() == 1
    assert (bool(failure_before), check()[1]) == (True, "")


def test_loading_again_repairs_the_keys_of_records_too():
    unit = AdministrativeUnit.objects.get(code="16681", valid_to=None)
    unit.name = "Tên gõ nhầm"
    unit.save()
    facility = FacilityFactory(commune=unit, province=unit.province)

    reference.load()
    facility.refresh_from_db()
    assert "thanh vinh" in facility.search_key
    assert "ten go nham" not in facility.search_key


def test_a_unit_is_found_by_its_district_and_province():
    found = AdministrativeUnit.objects.matching("dien loc dien chau nghe an")

    assert [str(unit) for unit in found] == ["xã Diễn Lộc (đến 30/06/2025)"]


def test_records_follow_a_lineage_that_became_known():
    link = UnitLineage.objects.filter(kind="merged", predecessor__province__code="40").first()
    place, successor = link.predecessor, link.successor
    link.delete()
    facility = FacilityFactory(commune=place, province=successor.province)
    facility.refresh_from_db()
    known_before = facility.commune_today

    assert reference.load() == 1
    facility.refresh_from_db()
    assert (known_before, facility.commune_today) == (None, successor)


# Comparing


def test_the_check_finds_no_difference_and_prints_the_counts():
    printed, failure = check()

    counts = {line[:36].strip(): line[36:].split() for line in printed.splitlines()[1:] if line[36:].strip()}
    assert failure == ""
    assert counts["Tỉnh, thành phố hiện nay"] == ["34", "34"]
    assert counts["Đơn vị cấp xã hiện nay"] == ["3.321", "3.321"]
    assert counts["Tỉnh, thành phố trước 01/7/2025"] == ["63", "63"]
    assert counts["Đơn vị cấp huyện cũ"] == ["696", "696"]
    assert counts["Đơn vị cấp xã cũ"] == ["10.035", "10.035"]
    assert counts["chia tách (cấp xã)"] == ["973", "973"]
    assert printed.endswith("Cơ sở dữ liệu khớp với các tệp.\n")


def forget_a_link():
    UnitLineage.objects.get(predecessor__code="00001").delete()


def rename_a_commune():
    AdministrativeUnit.objects.filter(code="00001").update(name="Phúc Xã")


def make_a_province_a_city():
    Province.objects.filter(code="40", valid_to=None).update(kind="city")


def add_a_district():
    province = Province.objects.on(BEFORE).get(code="40")
    AdministrativeUnit.objects.create(
        code="999", level="district", kind="huyen", name="Thêm", province=province, valid_to=BEFORE
    )


def change_a_kind_of_lineage():
    ProvinceLineage.objects.filter(successor__code="40", successor__valid_to=None).update(kind="renamed")


def rename_an_agency():
    AgencyName.objects.filter(name="Cục Công nghiệp").update(name="Cục Khác")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (forget_a_link, "unit_lineage.csv, 00001 00097 2025-07-01: thiếu trong cơ sở dữ liệu."),
        (rename_a_commune, "communes.csv, 00001: name là “Phúc Xã”, trong tệp là “Phúc Xá”."),
        (make_a_province_a_city, "provinces.csv, 40 2025-07-01: kind là “city”, trong tệp là “province”."),
        (add_a_district, "districts.csv, 999: không có trong tệp."),
        (
            change_a_kind_of_lineage,
            "lineage.csv, 40 2008-08-01 40 2025-07-01: kind là “renamed”, trong tệp là “unchanged”.",
        ),
        (rename_an_agency, "agencies.csv, national_agency Cục Công nghiệp: thiếu trong cơ sở dữ liệu."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_check_finds_a_difference_and_fails(spoil, sentence):
    spoil()

    printed, failure = check()

    assert [line for line in printed.splitlines() if ".csv" in line] == [sentence]
    assert failure == "Cơ sở dữ liệu khác các tệp ở 1 điểm."


def test_the_check_shows_fifty_differences_and_counts_the_rest():
    AdministrativeUnit.objects.districts().update(decision="Văn bản khác")

    printed, failure = check()

    assert len([line for line in printed.splitlines() if "districts.csv" in line]) == 50
    assert "… và 646 điểm khác nữa." in printed
    assert failure == "Cơ sở dữ liệu khác các tệp ở 696 điểm."


def test_a_name_that_an_office_added_for_itself_is_no_difference():
    AgencyName.objects.create(
        kind="centre", province=Province.objects.current().get(code="40"), name="Trung tâm Khuyến công Nghệ An"
    )

    assert check()[1] == ""


# Agencies


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (datetime.date(2016, 5, 1), "Cục Công nghiệp địa phương"),
        (datetime.date(2021, 5, 1), "Cục Công Thương địa phương"),
        (datetime.date(2025, 2, 26), "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"),
        (datetime.date(2026, 9, 30), "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"),
        (datetime.date(2026, 10, 1), "Cục Công nghiệp"),
    ],
)
def test_the_ministrys_agency_bears_the_name_of_the_day(day, name):
    assert AgencyName.objects.of("national_agency", day) == name


def test_a_province_has_its_own_centre_or_the_name_of_every_province():
    day = datetime.date(2021, 11, 1)
    quang_ninh, nghe_an = (Province.objects.on(day).get(code=code) for code in ("22", "40"))
    city = Province.objects.current().get(code="22")

    assert AgencyName.objects.of("centre", day, nghe_an) == "Trung tâm Khuyến công"
    assert AgencyName.objects.of("centre", day, quang_ninh) == "Trung tâm Xúc tiến và Phát triển Công Thương"
    assert AgencyName.objects.of("centre", day, city) == "Trung tâm Xúc tiến và Phát triển Công Thương"
    assert AgencyName.objects.of("department", day, city) == "Sở Công Thương"


def test_a_name_of_a_province_goes_before_the_name_of_every_province_only_on_its_days():
    province = Province.objects.current().get(code="40")
    AgencyName.objects.create(kind="department", province=province, name="Sở Mới", valid_from=datetime.date(2026, 1, 1))

    assert AgencyName.objects.of("department", datetime.date(2025, 12, 31), province) == "Sở Công Thương"
    assert AgencyName.objects.of("department", datetime.date(2026, 1, 1), province) == "Sở Mới"
    assert AgencyName.objects.of("department", datetime.date(2026, 1, 1)) == "Sở Công Thương"
