"""Two people at the same moment, in two real transactions. Each guard has a control that fails without it."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from khuyencong.refusals import RefusedError
from programmes import services
from programmes.models import Scheme, SchemeBeneficiary
from tests.factories import DAY, FacilityFactory, SchemeFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def together(*acts):
    """Run each in its own thread and connection, started at once; the exceptions they end with, None for success."""
    barrier, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            act()
        except (DatabaseError, RefusedError) as error:
            ends[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_two_reviewers_decide_once():
    for _ in range(ROUNDS):
        scheme = SchemeFactory(money={"province": 100}, state="submitted")
        one, two = UserFactory(role="reviewer"), UserFactory(role="reviewer")
        decision = {"reason": "Đủ", "number": "1", "on": DAY}

        ends = together(
            lambda s=scheme, by=one, d=decision: services.approve_scheme(s, by=by, **d),
            lambda s=scheme, by=two, d=decision: services.reject_scheme(s, by=by, **d),
        )

        assert sum(end is None for end in ends) == 1
        assert scheme.events.filter(status__in=["approved", "rejected"]).count() == 1


def test_two_saves_of_one_version_keep_the_first():
    for _ in range(ROUNDS):
        scheme = SchemeFactory()

        def save(name, scheme=scheme):
            with transaction.atomic():
                locked = services.lock_scheme(scheme.pk, version=1)
                locked.name = name
                locked.save()

        ends = together(lambda save=save: save("Một"), lambda save=save: save("Hai"))

        assert sorted(getattr(getattr(end, "refusal", None), "code", None) or "" for end in ends) == ["", "stale"]
        scheme.refresh_from_db()
        assert scheme.version == 2


def test_control_without_the_version_check_both_saves_win():
    """What the guard prevents does happen without it; otherwise the test above would prove nothing."""
    scheme = SchemeFactory()

    def save(name):
        with transaction.atomic():
            locked = services.lock_scheme(scheme.pk)
            locked.name = name
            locked.save()

    ends = together(lambda: save("Một"), lambda: save("Hai"))

    assert ends == [None, None]
    assert Scheme.objects.get().version == 3


def test_codes_are_never_given_twice():
    users = [UserFactory() for _ in range(4)]
    example = SchemeFactory(created_by=users[0], province=users[0].province)

    def create(user):
        with transaction.atomic():
            Scheme.objects.create(
                code=services.next_code(example.province, 2021),
                name="Đề án",
                year=2021,
                province=example.province,
                content=example.content,
                implementing_unit=example.implementing_unit,
                created_by=user,
                status_by=user,
                status_at=timezone.now(),
            )

    ends = together(*(lambda user=user: create(user) for user in users))

    assert ends == [None] * 4
    codes = Scheme.objects.filter(year=2021).values_list("code", flat=True)
    assert sorted(codes) == [f"KC-40-2021-00{n}" for n in (1, 2, 3, 4)]


def test_control_without_the_lock_a_code_is_given_twice():
    example = SchemeFactory()
    seen, barrier = [], threading.Barrier(2)

    def peek():
        codes = Scheme.objects.filter(code__startswith="KC-40-2021-").count()
        barrier.wait()
        seen.append(codes + 1)

    together(peek, peek)

    assert example.pk
    assert seen == [1, 1]


def test_two_writers_do_not_give_more_than_the_support_between_them():
    scheme = SchemeFactory(money={"province": 100}, benefits={FacilityFactory(): 40})
    other = FacilityFactory()

    def cut():
        with transaction.atomic():
            scheme.funding_lines.update(proposed_amount=60)

    def add():
        with transaction.atomic():
            SchemeBeneficiary.objects.create(scheme_id=scheme.pk, facility=other, proposed_amount=50)

    ends = together(cut, add)

    given = sum(benefit.proposed_amount for benefit in scheme.beneficiaries.all())
    assert given <= scheme.funding_lines.get().proposed_amount
    assert sum(end is None for end in ends) == 1
