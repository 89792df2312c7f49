"""What the database refuses of places, by whatever door, and the sentence that a person reads."""

import datetime

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from khuyencong.models import AdministrativeUnit, ProvinceLineage, UnitLineage
from khuyencong.refusals import explain
from khuyencong.services import COMMUNE_CHOSEN, derive_communes_today, rebuild_keys_of_places
from tests.factories import CommuneFactory, FacilityFactory, ProvinceFactory, SchemeFactory

LAST, FIRST = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
pytestmark = pytest.mark.django_db
Unit = AdministrativeUnit.objects


def refused(action):
    """What the database says to `action`, at once or at the end of the transaction."""
    with pytest.raises(DatabaseError) as caught:
        committed(action)
    refusal = explain(caught.value)
    return refusal.code, refusal.sentence


@transaction.atomic
def committed(action):
    """As if the transaction ended after it."""
    action()
    connection.check_constraints()


def district(**fields):
    return CommuneFactory(**{"code": "425", "level": "district", "kind": "huyen", "name": "Diễn Châu"} | fields)


def ended(**fields):
    return CommuneFactory(valid_to=LAST, **fields)


def begun(**fields):
    return CommuneFactory(valid_from=FIRST, **fields)


def link(old, new, kind="merged"):
    return UnitLineage.objects.create(predecessor=old, successor=new, kind=kind)


def insert_link(old, new, kind="merged"):
    """The same, without any model."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO khuyencong_unitlineage (predecessor_id, successor_id, kind) VALUES (%s, %s, %s)",
            [old.pk, new.pk, kind],
        )


BOTH_DOORS = pytest.mark.parametrize("add", [link, insert_link])
IN_USE = "Mã này đã là của một đơn vị khác trong khoảng thời gian đó. Hãy ghi ngày hết hiệu lực của đơn vị cũ trước."


# One unit


def test_a_code_names_one_unit_at_a_time():
    ended(code="17434")
    later = begun(code="17434")

    assert refused(lambda: CommuneFactory(code="17434", valid_from=LAST)) == ("unit_code_validity_apart", IN_USE)
    assert refused(lambda: Unit.filter(pk=later.pk).update(valid_from=LAST)) == ("unit_code_validity_apart", IN_USE)


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"code": "425"}, "unit_code_form", "Mã cấp huyện gồm ba chữ số, mã cấp xã gồm năm chữ số."),
        ({"code": "1743A"}, "unit_code_form", "Mã cấp huyện gồm ba chữ số, mã cấp xã gồm năm chữ số."),
        ({"kind": "huyen"}, "unit_kind_of_level", "Loại đơn vị không thuộc cấp này."),
        ({"name": ""}, "unit_name_given", "Nhập tên đơn vị."),
    ],
)
def test_a_unit_that_cannot_be_is_refused(changes, code, sentence):
    known = CommuneFactory()

    assert refused(lambda: CommuneFactory(**changes)) == (code, sentence)
    assert refused(lambda: Unit.filter(pk=known.pk).update(**changes)) == (code, sentence)


def test_a_ward_is_no_kind_of_district():
    assert refused(lambda: district(kind="phuong")) == ("unit_kind_of_level", "Loại đơn vị không thuộc cấp này.")


# Within


def test_only_a_commune_lies_in_a_district():
    above = district()

    answer = refused(lambda: district(code="426", parent=above))

    assert answer == ("unit_parent_of_commune", "Chỉ đơn vị cấp xã mới có huyện ở trên.")


def test_what_lies_above_a_commune_is_a_district():
    above, below = CommuneFactory(name="Diễn Kỷ"), CommuneFactory()
    answer = ("unit_parent_is_district", "Diễn Kỷ không phải là đơn vị cấp huyện.")

    assert refused(lambda: CommuneFactory(parent=above)) == answer
    assert refused(lambda: Unit.filter(pk=below.pk).update(parent=above)) == answer


def test_a_commune_lies_in_the_province_of_its_district():
    above, elsewhere = district(), CommuneFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    sentence = "Diễn Châu thuộc Nghệ An, không thuộc Hà Tĩnh. Hãy chọn đơn vị của đúng tỉnh."

    code, said = refused(lambda: Unit.filter(pk=elsewhere.pk).update(parent=above))

    assert (code, said) == ("unit_parent_of_province", sentence)


def test_a_commune_ends_while_its_district_is_there():
    above, late = district(valid_to=LAST), begun(name="Diễn Kỷ")
    answer = (
        "unit_within_parent",
        "Diễn Châu phải còn hiệu lực đến khi Diễn Kỷ hết hiệu lực. Hãy kiểm tra ngày của hai đơn vị.",
    )

    assert refused(lambda: begun(name="Diễn Kỷ", parent=above)) == answer
    assert refused(lambda: CommuneFactory(name="Diễn Kỷ", parent=above)) == answer
    assert refused(lambda: Unit.filter(pk=late.pk).update(parent=above)) == answer
    assert refused(lambda: Unit.filter(pk=ended(name="Diễn Kỷ", parent=above).pk).update(valid_to=FIRST)) == answer


def test_a_unit_ends_while_its_province_is_there():
    old = ProvinceFactory(code="17", name="Hòa Bình", valid_to=LAST)
    late = begun(name="Đà Bắc")
    answer = (
        "unit_within_province",
        "Hòa Bình phải còn hiệu lực đến khi Đà Bắc hết hiệu lực. Hãy kiểm tra ngày của hai đơn vị.",
    )

    assert refused(lambda: begun(name="Đà Bắc", province=old, valid_to=None)) == answer
    assert refused(lambda: CommuneFactory(name="Đà Bắc", province=old, valid_to=None)) == answer
    assert refused(lambda: Unit.filter(pk=late.pk).update(province=old)) == answer
    early = {"valid_from": datetime.date(2000, 1, 1), "valid_to": datetime.date(2001, 1, 1)}
    assert refused(lambda: CommuneFactory(name="Đà Bắc", province=old, **early)) == answer


def test_a_province_does_not_end_before_its_units():
    old, answer = ProvinceFactory(code="17", name="Hòa Bình"), "unit_within_province"
    unit = CommuneFactory(name="Đà Bắc", province=old)
    provinces = type(old).objects.filter(pk=old.pk)

    assert refused(lambda: provinces.update(valid_to=LAST))[0] == answer
    assert (
        refused(lambda: (Unit.filter(pk=unit.pk).update(valid_to=LAST), provinces.update(valid_from=FIRST)))[0]
        == answer
    )


def test_a_district_does_not_end_before_its_communes():
    above = district()
    CommuneFactory(name="Diễn Kỷ", parent=above)

    assert refused(lambda: Unit.filter(pk=above.pk).update(valid_to=LAST)) == (
        "unit_within_parent",
        "Diễn Châu phải còn hiệu lực đến khi Diễn Kỷ hết hiệu lực. Hãy kiểm tra ngày của hai đơn vị.",
    )


def test_a_province_its_districts_and_communes_end_together_in_whatever_order_they_may():
    old = ProvinceFactory(code="17", name="Hòa Bình")
    above = district(province=old)
    commune = CommuneFactory(province=old, parent=above)

    def end():
        type(old).objects.filter(pk=old.pk).update(valid_to=LAST)
        Unit.filter(pk=above.pk).update(valid_to=LAST)
        Unit.filter(pk=commune.pk).update(valid_to=LAST)

    committed(end)

    commune.refresh_from_db()
    assert commune.valid_to == LAST


# Lineage


@BOTH_DOORS
def test_lineage_has_no_cycle(add):
    first, second, third = CommuneFactory(name="A"), CommuneFactory(name="B"), CommuneFactory(name="C")
    for unit, begins, ends in ((first, 2020, 2021), (second, 2022, 2023), (third, 2024, 2025)):
        Unit.filter(pk=unit.pk).update(valid_from=datetime.date(begins, 1, 1), valid_to=datetime.date(ends, 1, 1))
    link(first, second)
    link(second, third)

    assert refused(lambda: add(third, first)) == (
        "lineage_without_cycle",
        "Quan hệ này tạo thành vòng: A vừa có trước vừa có sau C.",
    )


@BOTH_DOORS
def test_nothing_follows_from_itself(add):
    unit = ended(name="A")

    code, _ = refused(lambda: add(unit, unit))

    assert code in {"unit_lineage_not_itself", "lineage_without_cycle"}


@BOTH_DOORS
def test_a_predecessor_ends_before_its_successor_begins(add):
    old, new = CommuneFactory(name="Cũ"), begun(name="Mới")
    sentence = "Cũ phải hết hiệu lực trước khi Mới bắt đầu. Hãy kiểm tra ngày của hai đơn vị."

    assert refused(lambda: add(old, new)) == ("lineage_in_order", sentence)


@pytest.mark.parametrize("which", ["old", "new"])
def test_days_that_change_later_keep_lineage_in_order(which):
    units = {"old": ended(name="Cũ"), "new": begun(name="Mới")}
    link(units["old"], units["new"])
    day = {"valid_to": None} if which == "old" else {"valid_from": LAST}

    code, sentence = refused(lambda: Unit.filter(pk=units[which].pk).update(**day))

    assert (code, sentence[:26]) == ("lineage_in_order", "Cũ phải hết hiệu lực trước")


@BOTH_DOORS
@pytest.mark.parametrize("kinds", [("merged", "divided"), ("merged", "merged"), ("divided", "renamed")])
def test_a_unit_went_over_whole_or_was_divided(add, kinds):
    old, new = ended(name="Cũ"), [begun(), begun()]

    def both():
        for one, kind in zip(new, kinds, strict=True):
            add(old, one, kind)

    code, sentence = refused(both)
    assert code == "lineage_whole_or_divided"
    assert sentence == (
        "Cũ đã chia tách thì mọi quan hệ kế thừa của nó đều phải là chia tách; "
        "không chia tách thì chỉ có một đơn vị kế thừa."
    )


def test_a_division_into_two_and_a_merger_of_two_are_accepted(at_once):
    whole, divided, new = ended(), ended(), [begun(), begun()]
    link(whole, new[0])
    link(divided, new[0], "divided")
    link(divided, new[1], "divided")

    at_once()

    assert (whole.today(), divided.today()) == (new[0], None)


@BOTH_DOORS
def test_a_link_is_written_once(add):
    old, new = ended(), begun()
    link(old, new)

    assert refused(lambda: add(old, new)) == ("unit_lineage_once", "Quan hệ kế thừa này đã có.")


@BOTH_DOORS
def test_what_follows_a_unit_is_a_commune(add):
    old, new = ended(), district(valid_from=FIRST)

    assert refused(lambda: add(old, new)) == (
        "lineage_of_communes",
        "Diễn Châu là đơn vị cấp huyện, không phải cấp xã. Hãy chọn xã, phường, đặc khu.",
    )


@BOTH_DOORS
def test_a_district_with_communes_is_followed_by_nothing_itself(add):
    above = district(valid_to=LAST)
    ended(parent=above)

    assert refused(lambda: add(above, begun())) == (
        "lineage_of_communes",
        "Diễn Châu có các xã của mình. Hãy ghi quan hệ kế thừa của từng xã.",
    )


@BOTH_DOORS
def test_an_island_district_becomes_a_commune_and_takes_no_communes_after_that(add):
    island, new = district(name="Lý Sơn", valid_to=LAST), begun(kind="dac-khu", name="Lý Sơn")
    add(island, new)

    assert new.predecessor_links.get().predecessor == island
    assert refused(lambda: ended(parent=island)) == (
        "unit_parent_is_no_predecessor",
        "Lý Sơn đã có quan hệ kế thừa của cả huyện nên không nhận thêm xã.",
    )


@BOTH_DOORS
def test_lineage_of_units_keeps_to_that_of_their_provinces(add):
    hoa_binh = ProvinceFactory(code="17", name="Hòa Bình", valid_to=LAST)
    phu_tho = ProvinceFactory(code="25", name="Phú Thọ", valid_from=FIRST)
    old, new = ended(name="Tu Lý", province=hoa_binh), begun(name="Đà Bắc", province=phu_tho)

    assert refused(lambda: add(old, new)) == (
        "lineage_within_province",
        "Tu Lý thuộc Hòa Bình, còn Đà Bắc thuộc Phú Thọ: hai tỉnh này không phải là một và không sáp nhập vào nhau.",
    )
    ProvinceLineage.objects.create(predecessor=hoa_binh, successor=phu_tho, kind="merged")
    add(old, new)
    assert old.today() == new


def test_lineage_of_provinces_keeps_the_same_rules():
    old = ProvinceFactory(code="17", name="Hòa Bình")
    new = ProvinceFactory(code="25", name="Phú Thọ", valid_from=FIRST)

    code, sentence = refused(lambda: ProvinceLineage.objects.create(predecessor=old, successor=new, kind="merged"))

    assert code == "lineage_in_order"
    assert sentence.startswith("Hòa Bình phải hết hiệu lực trước khi Phú Thọ bắt đầu.")


# Records


def today_of(facility):
    facility.refresh_from_db()
    return facility.commune_today


def test_records_follow_a_unit_that_went_over_whole(at_once):
    place = CommuneFactory()
    facility = FacilityFactory(commune=place, province=place.province)
    Unit.filter(pk=place.pk).update(valid_to=LAST)
    new = begun()
    link(place, new)

    before = today_of(facility)
    changed = derive_communes_today()

    assert (before, changed, today_of(facility)) == (place, 1, new)
    assert derive_communes_today() == 0


def test_records_of_a_divided_unit_wait_for_a_person():
    place = CommuneFactory()
    facility = FacilityFactory(commune=place, province=place.province)
    Unit.filter(pk=place.pk).update(valid_to=LAST)
    for part in (begun(), begun()):
        link(place, part, "divided")

    assert derive_communes_today() == 1
    assert today_of(facility) is None


def choose(facility, unit):
    """As the queue of records that wait for a person does."""
    facility.refresh_from_db()
    facility.commune_today = unit
    with pghistory.context(reason=COMMUNE_CHOSEN):
        facility.save()


def divide(place):
    """From now on `place` went to two communes, not whole to one."""
    place.successor_links.all().delete()
    parts = [begun(name="Phần một"), begun(name="Phần hai")]
    for part in parts:
        link(place, part, "divided")
    return parts


def test_records_of_a_unit_whose_lineage_is_corrected_to_a_division_wait_for_a_person():
    place, whole = ended(), begun()
    link(place, whole)
    facility = FacilityFactory(commune=place, province=place.province)
    known_before = today_of(facility)
    place.successor_links.update(kind="divided")
    link(place, begun(), "divided")

    assert (known_before, derive_communes_today(), today_of(facility)) == (whole, 1, None)


def test_what_a_person_chose_is_kept_while_it_is_among_the_successors():
    place = ended()
    parts = divide(place)
    facility = FacilityFactory(commune=place, province=place.province)
    choose(facility, parts[1])

    assert (derive_communes_today(), today_of(facility)) == (0, parts[1])
    divide(place)
    assert (derive_communes_today(), today_of(facility)) == (1, None)


def test_a_choice_is_forgotten_when_the_record_stood_elsewhere_since():
    place, elsewhere = ended(), CommuneFactory()
    parts = divide(place)
    facility = FacilityFactory(commune=place, province=place.province)
    choose(facility, parts[1])
    for commune in (elsewhere, place):
        facility.commune = commune
        facility.save()
        facility.refresh_from_db()

    assert (derive_communes_today(), today_of(facility)) == (0, None)


def test_records_that_moved_are_found_by_their_unit_of_today():
    place = CommuneFactory(name="Diễn Kỷ")
    facility = FacilityFactory(commune=place, province=place.province)
    Unit.filter(pk=place.pk).update(valid_to=LAST)
    link(place, begun(name="Đức Châu"))

    derive_communes_today()

    assert today_of(facility).name == "Đức Châu"
    assert "duc chau" in facility.search_key


def test_what_a_person_chose_after_a_division_goes_on_to_the_next_unit():
    place, parts = ended(), [begun(), begun()]
    for part in parts:
        link(place, part, "divided")
    facility = FacilityFactory(commune=place, province=place.province)
    choose(facility, parts[1])
    Unit.filter(pk=parts[1].pk).update(valid_to=datetime.date(2026, 4, 29))
    ward = CommuneFactory(kind="phuong", valid_from=datetime.date(2026, 4, 30))
    link(parts[1], ward, "status")

    assert derive_communes_today() == 1
    assert today_of(facility) == ward


def test_records_of_a_unit_that_ended_without_successor_are_left_empty():
    place = CommuneFactory()
    facility = FacilityFactory(commune=place, province=place.province)
    Unit.filter(pk=place.pk).update(valid_to=LAST)

    assert derive_communes_today() == 1
    assert today_of(facility) is None


def test_a_settled_scheme_is_found_by_the_new_name_of_its_commune_and_nothing_else_of_it_changes(at_once):
    place = CommuneFactory(name="Diễn Kỷ")
    scheme = SchemeFactory(commune=place, money={"province": 100}, state="settled")
    versions = scheme.events.count()
    Unit.filter(pk=place.pk).update(name="Diễn Thịnh")

    changed = rebuild_keys_of_places(Unit.filter(pk=place.pk))
    at_once()
    scheme.refresh_from_db()
    assert (changed, scheme.status, scheme.events.count()) == (2, "settled", versions)
    assert "dien thinh" in scheme.search_key


def test_a_record_is_found_by_the_new_name_of_the_province_that_its_commune_was_in():
    hoa_binh = ProvinceFactory(code="17", name="Hòa Bình", valid_to=LAST)
    phu_tho = ProvinceFactory(code="25", name="Phú Thọ", valid_from=FIRST)
    ProvinceLineage.objects.create(predecessor=hoa_binh, successor=phu_tho, kind="merged")
    facility = FacilityFactory(commune=ended(province=hoa_binh), province=phu_tho)
    provinces = type(hoa_binh).objects.filter(pk=hoa_binh.pk)
    provinces.update(name="Mường")

    assert rebuild_keys_of_places(provinces) == 3
    facility.refresh_from_db()
    assert "muong" in facility.search_key


@pytest.mark.parametrize("make", [ProvinceFactory, CommuneFactory])
def test_reversed_days_are_told_as_such(make):
    row = make()

    code, sentence = refused(lambda: type(row).objects.filter(pk=row.pk).update(valid_from=FIRST, valid_to=LAST))

    assert code.endswith("valid_from_before_valid_to")
    assert sentence == "Ngày hết hiệu lực phải sau ngày bắt đầu."


@pytest.mark.parametrize("make", [ProvinceFactory, CommuneFactory])
def test_a_form_tells_reversed_days_too(make):
    row = make()
    row.valid_from, row.valid_to = FIRST, LAST

    with pytest.raises(ValidationError, match="Ngày hết hiệu lực phải sau ngày bắt đầu"):
        row.full_clean()
