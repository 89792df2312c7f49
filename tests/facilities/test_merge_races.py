"""Two people merge at the same moment, in two real transactions; with controls that fail without the guard."""

import pytest
from django.db import connection, transaction

from facilities.models import Facility, FacilityMerge
from facilities.services import merging
from tests.factories import FacilityFactory, UserFactory
from tests.programmes.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def joining(kept, duplicate, by):
    return lambda: merging.merge(kept, duplicate, by=by, reason="Trùng")


def test_each_into_the_other_at_once_leaves_one_standing():
    staff = UserFactory()
    for _ in range(ROUNDS):
        one, other = FacilityFactory.create_batch(2, province=staff.province)

        ends = together(joining(one, other, staff), joining(other, one, staff))

        assert sorted(getattr(getattr(end, "refusal", None), "code", "") for end in ends) == ["", "merge_of_standing"]
        pair = Facility.objects.filter(pk__in=[one.pk, other.pk])
        assert pair.standing().count() == 1


def test_a_double_click_at_once_makes_one_merge():
    staff = UserFactory()
    for _ in range(ROUNDS):
        one, other = FacilityFactory.create_batch(2, province=staff.province)

        ends = together(joining(one, other, staff), joining(one, other, staff))

        assert ends == [None, None]
        assert FacilityMerge.objects.filter(duplicate=other).count() == 1


def test_a_chain_made_at_once_ends_at_its_root():
    staff = UserFactory()
    for _ in range(ROUNDS):
        one, two, three = FacilityFactory.create_batch(3, province=staff.province)

        together(joining(two, three, staff), joining(one, two, staff))

        roots = Facility.objects.filter(merged_into__isnull=False).values_list("merged_into__merged_into", flat=True)
        assert set(roots) == {None}


def test_two_undos_at_once_are_one():
    staff = UserFactory()
    for _ in range(ROUNDS):
        one, other = FacilityFactory.create_batch(2, province=staff.province)
        merge = joining(one, other, staff)()

        ends = together(*[lambda m=merge: merging.undo(m, by=staff, reason="Nhầm")] * 2)

        assert ends == [None, None]
        assert FacilityMerge.pgh_event_model.objects.filter(pgh_obj=merge, undone_at__isnull=False).count() == 1


def test_control_without_the_locks_one_of_two_clicks_is_an_error():
    """What the guard prevents does happen without it; otherwise the tests above would prove nothing."""
    staff = UserFactory()
    one, other = FacilityFactory.create_batch(2, province=staff.province)

    def bare():
        with transaction.atomic():
            FacilityMerge.objects.create(kept=one, duplicate=other, reason="Trùng", merged_by=staff)
            Facility.objects.filter(pk=other.pk).update(merged_into=one)
            connection.check_constraints()

    ends = together(bare, bare)

    assert sum(end is None for end in ends) == 1
