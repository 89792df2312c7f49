"""Facilities that are one: no đồng moves, none is lost, and the way back is exact."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from facilities import merged
from facilities.models import ClusterProject, Facility, FacilityMerge, FacilityYear
from facilities.services import merging
from khuyencong.refusals import RefusedError, explain
from tests.facilities.factories import ClusterFactory
from tests.factories import FacilityFactory, LineageFactory, ProvinceFactory, SchemeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(staff):
    """(kept, duplicate) of the person's province."""
    return [
        FacilityFactory(name="Mộc An Bình", province=staff.province),
        FacilityFactory(name="Mộc An Bình cũ", province=staff.province, tax_code="0101248141", phone="0912345678"),
    ]


def join(kept, duplicate, by, **more):
    return merging.merge(kept, duplicate, by=by, reason="Cùng giấy đăng ký", **more)


def part(merge, by):
    return merging.undo(merge, by=by, reason="Nhầm")


def support(facility, amount, **scheme):
    return SchemeFactory(province=facility.province, money={"province": amount}, benefits={facility: amount}, **scheme)


def counted():
    """{facility id: đồng proposed} by the facility that counts."""
    found = {}
    for row in Facility.objects.with_counted_id().prefetch_related("benefits"):
        for benefit in row.benefits.all():
            found[row.counted_id] = found.get(row.counted_id, 0) + int(benefit.proposed_amount)
    return found


def rows_now():
    """Every facility with every column but its version."""
    columns = [field.attname for field in Facility._meta.concrete_fields if field.attname != "version"]
    return list(Facility.objects.order_by("pk").values(*columns))


def test_what_the_duplicate_received_counts_for_the_kept_one(staff, pair):
    kept, duplicate = pair
    support(kept, 70)
    support(duplicate, 30)

    join(kept, duplicate, staff)

    assert counted() == {kept.pk: 100}
    assert duplicate.benefits.count() == 1  # nothing moved


def test_the_preview_adds_up_to_the_dong_by_status(staff, pair):
    kept, duplicate = pair
    support(kept, 70, state="approved")
    support(duplicate, 30, state="approved")
    support(duplicate, 5)

    preview = merged.preview(kept, duplicate, staff)

    assert [(row.label, row.together) for row in preview.rows] == [
        ("Bản nháp", merged.Amounts(1, 5, 0)),
        ("Đã phê duyệt", merged.Amounts(2, 100, 100)),
    ]
    assert preview.total.together == merged.Amounts(3, 105, 100)
    assert (preview.total.kept, preview.total.duplicate) == (merged.Amounts(1, 70, 70), merged.Amounts(2, 35, 30))


def test_the_preview_warns_of_schemes_and_years_that_both_have(staff, pair):
    kept, duplicate = pair
    scheme = SchemeFactory(province=staff.province, money={"province": 10}, benefits={kept: 4, duplicate: 6})
    for facility, revenue in zip(pair, (1, 2), strict=True):
        FacilityYear.objects.create(facility=facility, year=2024, revenue=revenue)
    FacilityYear.objects.create(facility=duplicate, year=2023, revenue=3)
    ClusterProject.objects.create(cluster=ClusterFactory(province=staff.province), name="Dự án", facility=duplicate)

    preview = merged.preview(kept, duplicate, staff)

    assert preview.schemes_of_both == [scheme]
    assert [(mine.revenue, other.revenue) for mine, other in preview.years] == [(1, 2)]
    assert [project.name for project in preview.projects] == ["Dự án"]
    join(kept, duplicate, staff)
    assert [(row.year, row.revenue) for row in merged.years_of(kept)] == [(2024, 1), (2023, 3)]


def test_the_kept_one_takes_chosen_values_and_gives_them_back(staff, pair):
    kept, duplicate = pair
    before = rows_now()

    merge = join(kept, duplicate, staff, take=["tax_code", "phone", "name"])

    kept.refresh_from_db()
    assert (kept.name, kept.tax_code, kept.phone) == ("Mộc An Bình cũ", "0101248141", "0912345678")
    assert kept.search_key.startswith("moc an binh cu")
    part(merge, staff)
    assert rows_now() == before


def test_a_value_changed_since_stays_when_the_merge_is_undone(staff, pair):
    kept, duplicate = pair
    merge = join(kept, duplicate, staff, take=["phone"])
    kept.refresh_from_db()
    kept.phone = "0987654321"
    kept.save()

    part(merge, staff)

    kept.refresh_from_db()
    assert kept.phone == "0987654321"


def test_former_merges_are_carried_along_and_come_back(staff, pair):
    kept, duplicate = pair
    older = FacilityFactory(name="Mộc cũ hơn", province=staff.province)
    support(older, 40)
    first = join(duplicate, older, staff)
    before = rows_now()

    second = join(kept, duplicate, staff)
    assert counted() == {kept.pk: 40}
    part(second, staff)
    assert rows_now() == before

    second = join(kept, duplicate, staff)
    part(first, staff)  # the older one stands alone, whatever became of the one it was merged into
    part(second, staff)
    assert set(Facility.objects.values_list("merged_into", flat=True)) == {None}


def test_values_go_back_in_the_order_in_which_they_came(staff, pair):
    kept, duplicate = pair
    third = FacilityFactory(province=staff.province, phone="0900000000")
    first, second = (join(kept, other, staff, take=["phone"]) for other in (duplicate, third))

    with pytest.raises(RefusedError, match="Hãy hoàn tác lần đó trước"):
        part(first, staff)

    part(second, staff)
    part(first, staff)
    kept.refresh_from_db()
    assert kept.phone == ""


def test_an_undo_is_refused_when_the_tax_code_has_another_owner(staff, pair):
    kept, duplicate = pair
    merge = join(kept, duplicate, staff)
    FacilityFactory(province=staff.province, tax_code=duplicate.tax_code)
    before = rows_now()

    with pytest.raises(RefusedError, match="Mã số thuế này đã có ở một cơ sở khác"):
        part(merge, staff)

    assert rows_now() == before
    merge.refresh_from_db()
    assert merge.undone_at is None


def test_a_second_click_changes_nothing(staff, pair):
    kept, duplicate = pair
    first = join(kept, duplicate, staff, take=["phone"])
    assert join(kept, duplicate, staff, take=["phone"]) == first

    once = part(first, staff)
    assert part(first, UserFactory()).undone_by == once.undone_by
    assert FacilityMerge.objects.count() == 1


def test_merging_the_other_way_round_or_into_a_merged_one_is_refused(staff, pair):
    kept, duplicate = pair
    third = FacilityFactory(province=staff.province)
    join(kept, duplicate, staff)

    for into, gone in ((duplicate, kept), (duplicate, third), (third, duplicate)):
        with pytest.raises(RefusedError, match="đã gộp vào Mộc An Bình"):
            join(into, gone, staff)
    assert FacilityMerge.objects.count() == 1


def test_another_province_is_refused_with_and_without_the_right(staff, pair):
    kept, _ = pair
    elsewhere = FacilityFactory(name="Nơi khác", province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    with pytest.raises(RefusedError, match="không được gộp"):
        join(kept, elsewhere, staff)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        join(kept, elsewhere, UserFactory(province=None))
    assert explain(refused.value).sentence == (
        "Nơi khác thuộc Hà Tĩnh, không cùng tỉnh với Mộc An Bình. Chỉ gộp các cơ sở của cùng một tỉnh."
    )
    assert not FacilityMerge.objects.exists()


def test_facilities_of_a_province_and_its_predecessor_may_be_one(staff, pair):
    old = ProvinceFactory(code="41", name="Tỉnh cũ")
    LineageFactory(predecessor=old, successor=staff.province)
    staff = UserFactory(province=staff.province)

    assert join(pair[0], FacilityFactory(province=old), staff).pk


@pytest.mark.parametrize("role", ["reviewer", "leader", "auditor", "administrator"])
def test_only_staff_merge(pair, role):
    with pytest.raises(RefusedError):
        join(*pair, UserFactory(role=role))


def test_a_facility_is_not_merged_with_itself_nor_without_a_reason(staff, pair):
    with pytest.raises(RefusedError, match="chính nó"):
        join(pair[0], pair[0], staff)
    with pytest.raises(RefusedError, match="lý do"):
        merging.merge(*pair, by=staff, reason="  ")


def test_a_stale_page_is_refused(staff, pair):
    kept, duplicate = pair
    seen = (kept.version, duplicate.version)
    kept.save()

    with pytest.raises(RefusedError, match="vừa sửa"):
        join(kept, duplicate, staff, versions=seen)


@pytest.mark.parametrize("door", ["year", "project"])
def test_nothing_new_is_written_to_a_merged_facility(staff, pair, door):
    kept, duplicate = pair
    join(kept, duplicate, staff)
    doors = {
        "year": lambda: FacilityYear.objects.create(facility=duplicate, year=2024),
        "project": lambda: ClusterProject.objects.create(cluster=ClusterFactory(), name="Dự án", facility=duplicate),
    }

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        doors[door]()

    assert explain(refused.value).sentence == "Mộc An Bình cũ đã gộp vào Mộc An Bình. Hãy chọn Mộc An Bình."


def test_a_stale_save_does_not_split_what_was_merged(staff, pair):
    kept, duplicate = pair
    stale = Facility.objects.get(pk=duplicate.pk)
    join(kept, duplicate, staff)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        stale.save()

    assert "hãy hoàn tác lần gộp" in explain(refused.value).sentence


def test_the_row_and_its_merge_never_disagree(staff, pair):
    kept, duplicate = pair
    with pytest.raises(IntegrityError), transaction.atomic():
        Facility.objects.filter(pk=duplicate.pk).update(merged_into=kept)  # without a merge
    with pytest.raises(IntegrityError):
        _record_only(kept, duplicate, staff)


@transaction.atomic
def _record_only(kept, duplicate, staff):
    """A merge without its row pointing to the kept one."""
    FacilityMerge.objects.create(kept=kept, duplicate=duplicate, reason="Trùng", merged_by=staff)
    connection.check_constraints()


def test_the_history_of_the_kept_one_holds_that_of_its_duplicates(staff, pair):
    kept, duplicate = pair
    join(kept, duplicate, staff)

    subjects = {entry.subject for entry in merged.history_of(kept)}

    assert subjects == {"cơ sở CNNT", "lần gộp cơ sở", "cơ sở CNNT: Mộc An Bình cũ (đã gộp)"}


def test_two_that_were_told_apart_keep_their_reason(staff, pair):
    kept, duplicate = pair
    told = merging.tell_apart(duplicate, kept, by=staff, reason="Hai anh em")

    again = merging.tell_apart(kept, duplicate, by=staff, reason="Khác")

    assert again == told
    assert model_to_dict(told, ["first", "second", "reason"]) == {
        "first": kept.pk,
        "second": duplicate.pk,
        "reason": "Hai anh em",
    }


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "merge", "undo"]),
        st.integers(0, 1),  # few are kept, so that merges meet in one
        st.integers(0, 4),
        st.sets(st.sampled_from(["name", "phone", "tax_code", "workers"]), min_size=1),
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(1, 10**12), min_size=5, max_size=5), acts=ACTS)
@example(
    amounts=[1, 2, 3, 4, 5],  # a value that was handed on: the merge it came from is not undone before the later one
    acts=[
        ("merge", 1, 4, {"tax_code"}),
        ("merge", 0, 1, {"tax_code"}),
        ("merge", 0, 2, {"tax_code"}),
        ("undo", 1, 0, {"name"}),
    ],
)
def test_merges_and_undos_in_any_order_keep_every_dong_and_every_byte(staff, amounts, acts):
    with transaction.atomic():
        facilities = [_facility(staff, number) for number in range(5)]
        for facility, amount in zip(facilities, amounts, strict=True):
            support(facility, amount)
        before = rows_now()

        for verb, one, other, take in acts:
            _act(staff, verb, facilities[one], facilities[other], take)
            assert sum(counted().values()) == sum(amounts)
            assert counted().keys() == set(Facility.objects.standing().values_list("pk", flat=True))
        _undo_all(staff)

        assert rows_now() == before
        assert counted() == {facility.pk: amount for facility, amount in zip(facilities, amounts, strict=True)}
        transaction.set_rollback(True)


def _facility(staff, number):
    return FacilityFactory(
        province=staff.province,
        name=f"Cơ sở {number}",
        tax_code=f"010124814{number}",
        phone=f"09{number}",
        workers=number,
    )


def _act(staff, verb, one, other, take):
    try:
        with transaction.atomic():
            if verb == "merge":
                join(one, other, staff, take=take)
            else:
                oldest = FacilityMerge.objects.standing().filter(kept=one).order_by("pk").first()
                if oldest:
                    part(oldest, staff)
    except (RefusedError, IntegrityError):
        pass  # refused: nothing done


def _undo_all(staff):
    """Newest first, as every refusal of an undo asks."""
    for merge in FacilityMerge.objects.standing().order_by("-pk"):
        part(merge, staff)
