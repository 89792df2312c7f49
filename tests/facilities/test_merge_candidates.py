"""Which facilities are suspected to be one, and how strongly."""

import pytest

from facilities import duplicates
from facilities.models import Facility
from facilities.services import merging
from tests.factories import CommuneFactory, FacilityFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


def found(**options):
    pairs, count = duplicates.candidates(Facility.objects.all(), **options)
    assert count == len(pairs)
    return [({pair.first.name, pair.second.name}, pair.reasons) for pair in pairs]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"tax_code": "0101248141"}, {"tax_code": "0101248141-001"}, "Cùng mã số thuế 0101248141"),
        ({"phone": "0912 345 678"}, {"phone": "+84912345678"}, "Cùng điện thoại 0912 345 678"),
        (
            {"registration_number": "29A-8001.234"},
            {"registration_number": "29a8001234"},
            "Cùng số đăng ký kinh doanh 29A-8001.234",
        ),
    ],
)
def test_an_equal_number_is_a_sign(one, other, reason):
    FacilityFactory(name="Mộc Hùng", **one)
    FacilityFactory(name="Gốm Lan", **other)

    [(names, reasons)] = found()

    assert names == {"Mộc Hùng", "Gốm Lan"}
    assert reasons[0].startswith(reason)


def test_an_equal_name_is_a_sign_however_it_is_abbreviated():
    commune = CommuneFactory(name="Diễn Kỷ")
    FacilityFactory(name="Công ty TNHH Hòa Phát", commune=commune)
    FacilityFactory(name="Cty Trách nhiệm hữu hạn Hoà Phát", commune=commune, tax_code="0101248141")

    assert found()[0][1] == ("Cùng tên (không kể cách viết tắt, chữ hoa), nay cùng xã Diễn Kỷ",)


@pytest.mark.parametrize(
    ("one", "other", "is_pair"),
    [
        ("Mộc An Bình Phát", "Mộc An Bìn Phát", True),
        ("HTX Chè Thanh Chương", "Công ty TNHH Chè Thanh Chương", True),
        ("Công ty TNHH Mộc An Bình", "Công ty TNHH Gốm Tân Hải", False),
        ("Xưởng dệt số 1", "Xưởng dệt số 2", False),
    ],
)
def test_similar_names_are_a_sign_within_one_commune(one, other, is_pair):
    commune = CommuneFactory()
    FacilityFactory(name=one, commune=commune)
    second = FacilityFactory(name=other, commune=commune)

    assert len(found()) == is_pair
    assert found(names=False) == []

    second.commune = CommuneFactory()
    second.save()
    assert found() == []


def test_what_shares_nothing_is_no_pair_nor_is_the_number_of_an_office():
    for number in range(duplicates.SHARED_PHONE + 1):
        FacilityFactory(name=f"Cơ sở {'abcdefg'[number] * 5}", phone="02383844000")

    assert found() == []


def test_the_strongest_come_first_and_can_be_asked_for_by_sign():
    FacilityFactory(name="Mộc Hùng", phone="0912345678")
    FacilityFactory(name="Gốm Lan", phone="0912345678", tax_code="0101248141")
    FacilityFactory(name="Gốm Lan", tax_code="0101248141-002")

    assert [names for names, _ in found()] == [{"Gốm Lan"}, {"Mộc Hùng", "Gốm Lan"}]
    assert [names for names, _ in found(sign="phone")] == [{"Mộc Hùng", "Gốm Lan"}]


def test_merged_and_told_apart_stay_away(staff):
    kept, merged, other = (FacilityFactory(name=name, phone="0912345678") for name in ("Một", "Hai", "Ba"))
    assert len(found()) == 3

    merging.merge(kept, merged, by=staff, reason="Trùng")
    assert [names for names, _ in found()] == [{"Một", "Ba"}]
    merging.tell_apart(other, kept, by=staff, reason="Hai anh em dùng chung máy")
    assert found() == []


def test_pages_of_pairs_do_not_overlap(monkeypatch):
    monkeypatch.setattr(duplicates, "SHARED_PHONE", 99)
    for number in range(duplicates.PAGE_SIZE + 5):
        for suffix in ("", "-001"):
            FacilityFactory(name=f"Cơ sở {number}{suffix}", tax_code=f"01012481{number:02d}{suffix}")

    pages = [duplicates.candidates(Facility.objects.all(), offset=offset) for offset in (0, duplicates.PAGE_SIZE)]

    assert [(len(pairs), count) for pairs, count in pages] == [(20, 25), (5, 25)]
    assert len({pair.first.pk for pairs, _ in pages for pair in pairs}) == 25


@pytest.mark.parametrize("count", [1, 3])
def test_candidates_cost_the_same_for_one_pair_and_three(count, django_assert_num_queries):
    for number in range(count):
        FacilityFactory(name=f"Mộc {number}", tax_code=f"010124814{number}", commune=CommuneFactory())
        FacilityFactory(name=f"Gốm {number}", tax_code=f"010124814{number}-001", commune=CommuneFactory())

    with django_assert_num_queries(2):
        assert duplicates.candidates(Facility.objects.all())[1] == count


def similar(name, **more):
    return [one.name for one in duplicates.similar_to(name=name, province_id=ProvinceFactory().pk, **more)]


def test_a_new_facility_is_compared_with_the_register(staff):
    commune = CommuneFactory(name="Diễn Kỷ")
    FacilityFactory(name="Gốm Lan", tax_code="0101248141")
    FacilityFactory(name="Cty TNHH Mộc An Bình", commune=commune)
    FacilityFactory(name="Mộc An Bình", province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert similar("Tên khác", tax_code="0101248141-001") == ["Gốm Lan"]
    assert similar("CÔNG TY TNHH MỘC AN BÌNH") == ["Cty TNHH Mộc An Bình"]
    assert similar("HTX Mộc An Bìn", commune_id=commune.pk) == ["Cty TNHH Mộc An Bình"]
    assert similar("HTX Mộc An Bìn") == []
    assert similar("Dệt Hải Châu", commune_id=commune.pk) == []


def test_a_facility_is_not_similar_to_itself_nor_to_one_told_apart(staff):
    one, other = FacilityFactory(name="Mộc An Bình"), FacilityFactory(name="Mộc An Bình", tax_code="0101248141")

    assert similar("Mộc An Bình", exclude=one.pk) == ["Mộc An Bình"]
    merging.tell_apart(one, other, by=staff, reason="Hai anh em")
    assert similar("Mộc An Bình", exclude=one.pk) == []


def test_a_former_name_leads_to_the_kept_one(staff):
    kept, gone = FacilityFactory(name="Mộc An Bình"), FacilityFactory(name="Xưởng ông Bình")
    merging.merge(kept, gone, by=staff, reason="Trùng")

    assert similar("xưởng Ông Bình") == ["Mộc An Bình"]
