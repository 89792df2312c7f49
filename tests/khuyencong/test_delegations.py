"""Who stands in for whom: in Python, in SQL, and what the database refuses."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from khuyencong.delegations import acts_for, end, may_act
from khuyencong.enums import Role
from khuyencong.models import Delegation, Notice
from khuyencong.models.delegations import acts_for_sql
from khuyencong.refusals import RefusedError, explain
from tests.factories import LineageFactory, ProvinceFactory, UserFactory
from tests.faults.calendar import delegation
from tests.pages import rows, sentences, soup

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def in_sql(person, assigned_to, day):
    numbers = [str(who.pk) if who else "NULL::bigint" for who in (person, assigned_to)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {acts_for_sql(*numbers, '%s::date')}", [day, day])
        return cursor.fetchone()[0]


def test_on_which_days_one_acts_for_the_other(today):
    given = delegation(first_day=today, last_day=today + 3 * DAY)
    giver, taker, other = given.from_person, given.to_person, UserFactory(role=Role.REVIEWER)
    days = [today - DAY, today, today + 3 * DAY, today + 4 * DAY]

    assert [acts_for(taker, day) == {taker.pk, giver.pk} for day in days] == [False, True, True, False]
    for day in days:
        for person in (giver, taker, other):
            for assigned in (None, giver, taker, other):
                assert may_act(person, assigned, day) == in_sql(person, assigned, day), (person, assigned, day)


def test_from_the_day_it_is_ended_on_nobody_acts_for_the_other(today):
    given = delegation(first_day=today - 3 * DAY, last_day=today + 3 * DAY)

    end(given, by=given.from_person, on=today)

    assert acts_for(given.to_person, today - DAY) == {given.to_person.pk, given.from_person.pk}
    assert acts_for(given.to_person, today) == {given.to_person.pk}
    assert not in_sql(given.to_person, given.from_person, today)
    with pytest.raises(RefusedError, match="hết hạn hoặc đã được kết thúc"):
        end(given, by=given.from_person, on=today)


def test_days_after_an_early_end_may_be_given_again(today):
    first = delegation()
    end(first, by=first.from_person, on=today + 2 * DAY)

    with pytest.raises(IntegrityError, match="delegation_days_apart"), transaction.atomic():
        delegation(from_person=first.from_person, first_day=today + DAY)
    delegation(from_person=first.from_person, first_day=today + 2 * DAY)


@pytest.mark.parametrize(
    ("rule", "make"),
    [
        ("delegation_not_to_oneself", lambda giver: delegation(from_person=giver, to_person=giver)),
        ("delegation_same_role", lambda giver: delegation(from_person=giver, to_person=UserFactory())),
        ("delegation_same_place", lambda giver: delegation(from_person=giver, to_person=stranger())),
        ("delegation_same_place", lambda giver: delegation(from_person=giver, to_person=national())),
        ("delegation_to_active", lambda giver: delegation(from_person=giver, to_person=locked())),
        ("delegation_no_chain", lambda giver: delegation(from_person=giver, to_person=delegation().from_person)),
        ("delegation_no_chain_back", lambda giver: delegation(from_person=delegation(to_person=giver).to_person)),
        ("delegation_days_apart", lambda giver: [delegation(from_person=giver), delegation(from_person=giver)]),
        (
            "delegation_first_day_before_last_day",
            lambda giver: delegation(from_person=giver, last_day=datetime.date(2020, 1, 1)),
        ),
    ],
)
def test_what_the_database_refuses(rule, make):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make(UserFactory(role=Role.REVIEWER))

    assert explain(refused.value).code == rule


def stranger():
    return UserFactory(role=Role.REVIEWER, province=ProvinceFactory(code="42", name="Hà Tĩnh"))


def national():
    return UserFactory(role=Role.REVIEWER, province=None)


def locked():
    return UserFactory(role=Role.REVIEWER, is_active=False)


def test_a_colleague_of_the_province_before_a_merger_may_stand_in():
    old, new = ProvinceFactory(code="41", name="Tỉnh cũ"), ProvinceFactory()
    LineageFactory(predecessor=old, successor=new)

    given = delegation(from_person=UserFactory(province=old), to_person=UserFactory(province=new))

    assert given.pk


def test_what_was_given_is_ended_but_never_edited():
    given = delegation()

    for change in ({"last_day": given.last_day + DAY}, {"to_person": UserFactory(role=Role.REVIEWER)}):
        with pytest.raises(IntegrityError, match="chỉ được kết thúc sớm"), transaction.atomic():
            Delegation.objects.filter(pk=given.pk).update(**change)


# Pages


def test_a_person_writes_an_absence_and_the_colleague_is_told(client, today):
    person, colleague = UserFactory(role=Role.REVIEWER), UserFactory(role=Role.REVIEWER, full_name="Người xử lý thay")
    UserFactory(role=Role.REVIEWER, full_name="Người tỉnh khác", province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(person)
    page = soup(client.get(reverse("delegations:list")))
    offered = [option.get_text() for option in page.select("select[name=to_person] option")]
    assert offered == ["Chọn…", "Người xử lý thay"]

    typed = {
        "to_person": colleague.pk,
        "first_day": f"{today:%d/%m/%Y}",
        "last_day": f"{today:%d/%m/%Y}",
        "document": "Giấy phép 5",
    }
    client.post(reverse("delegations:list"), typed)

    given = Delegation.objects.get()
    assert (given.from_person, given.to_person, given.created_by) == (person, colleague, person)
    assert [(notice.user, notice.kind) for notice in Notice.objects.all()] == [(colleague, "delegation")]
    page = soup(client.get(reverse("delegations:list")))
    assert rows(page, "#delegations tbody tr")[0][0] == "Bạn ủy quyền cho Người xử lý thay"
    again = soup(client.post(reverse("delegations:list"), typed))
    assert "Người này đã có ủy quyền trong những ngày đó." in sentences(again)


def test_only_ones_own_is_ended_and_a_second_click_changes_nothing(client):
    given = delegation()
    client.force_login(given.to_person)
    assert client.post(reverse("delegations:end"), {"delegation": given.pk}).status_code == 404

    client.force_login(given.from_person)
    for _ in range(2):
        assert client.post(reverse("delegations:end"), {"delegation": given.pk}).status_code == 302

    given.refresh_from_db()
    assert (given.ended_by, given.events.count()) == (given.from_person, 2)


def test_an_administrator_writes_and_ends_the_absence_of_another(client, administrator, today):
    giver, taker = UserFactory(role=Role.REVIEWER), UserFactory(role=Role.REVIEWER)
    client.force_login(administrator)
    days = {"first_day": f"{today:%d/%m/%Y}", "last_day": f"{today:%d/%m/%Y}"}

    add = reverse("admin:khuyencong_delegation_add")
    client.post(add, {"from_person": giver.pk, "to_person": taker.pk, "document": "Quyết định cử đi học", **days})

    given = Delegation.objects.get()
    assert (given.created_by, given.from_person) == (administrator, giver)
    assert set(Notice.objects.values_list("user", flat=True)) == {giver.pk, taker.pk}
    changelist = reverse("admin:khuyencong_delegation_changelist")
    client.post(changelist, {"action": "end_selected", "_selected_action": [given.pk]})
    given.refresh_from_db()
    assert (given.ended_on, given.ended_by) == (today, administrator)
