"""What the database refuses of places, by whatever door, and the sentence that a person reads."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from khuyencong.models import AdministrativeUnit, ProvinceLineage, UnitLineage
from khuyencong.refusals import explain
from khuyencong.services import derive_communes_today
from tests.factories import CommuneFactory, FacilityFactory, ProvinceFactory

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


def test_a_commune_was_there_while_its_district_was():
    above, late = district(valid_to=LAST), begun(name="Diễn Châu")
    answer = ("unit_within_parent", "Khoảng thời gian của Diễn Châu không khớp với đơn vị cấp trên Diễn Châu.")

    assert refused(lambda: begun(name="Diễn Châu", parent=above)) == answer
    assert refused(lambda: Unit.filter(pk=late.pk).update(parent=above)) == answer


def test_a_unit_was_there_while_its_province_was():
    old = ProvinceFactory(code="17", name="Hòa Bình", valid_to=LAST)
    late = begun(name="Đà Bắc")
    answer = ("unit_within_province", "Khoảng thời gian của Đà Bắc không khớp với đơn vị cấp trên Hòa Bình.")

    assert refused(lambda: begun(name="Đà Bắc", province=old)) == answer
    assert refused(lambda: Unit.filter(pk=late.pk).update(province=old)) == answer


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


def test_what_a_person_chose_after_a_division_goes_on_to_the_next_unit():
    place, parts = ended(), [begun(), begun()]
    for part in parts:
        link(place, part, "divided")
    facility = FacilityFactory(commune=place, province=place.province, commune_today=parts[1])
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
