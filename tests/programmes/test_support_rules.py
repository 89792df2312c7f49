"""Rules of support: what they allow, which are in force, what is left, and how an office keeps them."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from khuyencong.enums import Role
from programmes import reference, rules
from programmes.enums import Level
from programmes.models import ActivityContent, SupportRule
from tests.factories import ContentFactory, FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import form_data, rows, soup

DAY = datetime.date(2020, 6, 1)
LIST, ADD, CHANGE = (f"admin:programmes_supportrule_{page}" for page in ("changelist", "add", "change"))


def rule(**fields):
    """A rule of 2018 for machines, saved."""
    given = {"document": "TT 28/2018/TT-BTC", "rate": 50, "ceiling": 300_000_000, "valid_from": "2018-05-12"} | fields
    return SupportRule.objects.create(content=given.pop("content", None) or ContentFactory(), **given)


@pytest.mark.parametrize(
    ("fields", "asked", "expected"),
    [
        ({"rate": 50, "ceiling": 300}, {"base_cost": 500}, 250),
        ({"rate": 50, "ceiling": 300}, {"base_cost": 900}, 300),
        ({"rate": 50, "ceiling": 300}, {"base_cost": 900, "is_priority": True}, 450),
        ({"rate": 50, "ceiling": 300}, {"base_cost": 9000, "is_priority": True, "count": 3}, 1350),
        ({"rate": 30}, {"base_cost": 101}, 30),
        ({"rate": 30}, {}, None),
        ({"ceiling": 300}, {"base_cost": 10_000}, 300),
        ({"rate": 30, "ceiling": 300}, {}, 300),
    ],
)
def test_the_most_that_a_rule_allows(fields, asked, expected):
    allowed = {name: Decimal(value) for name, value in fields.items()}

    assert rules.max_support(SupportRule(priority_factor=Decimal("1.5"), **allowed), **asked) == expected


@given(st.integers(0, 10**13), st.integers(1, 100), st.integers(0, 10**12), st.booleans(), st.integers(1, 9))
def test_support_never_passes_its_rate_nor_its_ceiling(cost, rate, ceiling, is_priority, count):
    one = SupportRule(rate=Decimal(rate), ceiling=Decimal(ceiling), priority_factor=Decimal("1.5"))

    most = rules.max_support(one, cost, is_priority, count)

    assert 0 <= most * 100 <= cost * rate
    assert most * 10 <= ceiling * count * (15 if is_priority else 10)


@pytest.mark.django_db
def test_rules_in_force_are_of_the_day_the_level_and_the_content_or_its_clause():
    clause = ContentFactory(code="KC03", name="Mô hình")
    leaf = ContentFactory(group=clause)
    province = ProvinceFactory()
    old = rule(content=leaf, document="TTLT 26/2014", valid_from="2014-04-08", valid_to="2018-05-11")
    new, of_clause = rule(content=leaf), rule(content=clause)
    rule(content=leaf, level=Level.LOCAL)
    rule(content=ContentFactory(code="KC05", name="Tư vấn"))

    assert set(rules.rules_in_force(leaf, Level.NATIONAL, province, DAY)) == {new, of_clause}
    assert rules.rules_in_force(leaf, Level.NATIONAL, province, datetime.date(2018, 5, 11)) == [old]


@pytest.mark.django_db
def test_a_provinces_own_rule_goes_before_the_shared_one_and_binds_nobody_else():
    own, other = ProvinceFactory(), ProvinceFactory(code="42", name="Hà Tĩnh")
    shared = rule(level=Level.LOCAL)
    ours = rule(level=Level.LOCAL, province=own, document="NQ 01/2019/NQ-HĐND")

    assert rules.rules_in_force(shared.content, Level.LOCAL, own, DAY) == [ours]
    assert rules.rules_in_force(shared.content, Level.LOCAL, other, DAY) == [shared]


@pytest.mark.django_db
def test_what_is_left_counts_decided_money_of_the_content_and_level_since_the_rule():
    facility = FacilityFactory()
    machines = rule(level=Level.LOCAL, priority_factor="1.5", valid_from="2019-01-01")
    other = ContentFactory(code="KC05.01", name="Tư vấn")
    money = {"money": {"province": 900_000_000}, "province": facility.province}
    SchemeFactory(benefits={facility: 180_000_000}, state="approved", **money)
    SchemeFactory(benefits={facility: 1}, state="submitted", **money)
    SchemeFactory(benefits={facility: 2}, state="approved", content=other, **money)
    SchemeFactory(benefits={facility: 4}, state="approved", province=facility.province, money={"national": 9})
    SchemeFactory(benefits={FacilityFactory(): 8}, state="approved", **money)

    [left] = rules.left_for(facility, machines.content, DAY)

    assert (left.rule, left.received, left.amount) == (machines, 180_000_000, 120_000_000)
    assert (left.ceiling_with_priority, left.amount_with_priority) == (450_000_000, 270_000_000)
    assert rules.left_for(facility, other, DAY) == []
    assert [one.received for one in rules.all_left(facility, datetime.date(2020, 3, 1))] == [0]


@pytest.mark.django_db
def test_a_ceiling_counts_the_money_of_its_level_however_the_scheme_is_managed():
    facility = FacilityFactory()
    rule(level=Level.NATIONAL), rule(level=Level.LOCAL)
    SchemeFactory(
        level=Level.NATIONAL,
        province=facility.province,
        money={"national": 420_000_000, "commune": 30_000_000, "counterpart": 500_000_000},
        benefits={facility: 225_000_000},
        state="approved",
    )

    left = {one.rule.level: one.received for one in rules.all_left(facility, DAY)}

    assert left == {Level.NATIONAL: 210_000_000, Level.LOCAL: 15_000_000}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 4])
def test_what_is_left_costs_as_many_queries_for_one_scheme_as_for_four(count, django_assert_num_queries):
    facility = FacilityFactory()
    rule(level=Level.LOCAL)
    for _ in range(count):
        SchemeFactory(money={"province": 9}, benefits={facility: 1}, state="approved", province=facility.province)

    with django_assert_num_queries(5):
        rules.all_left(facility, DAY)


@pytest.mark.django_db
def test_what_is_left_is_never_below_zero():
    facility = FacilityFactory()
    SchemeFactory(money={"province": 900}, benefits={facility: 180}, state="approved", province=facility.province)
    rule(level=Level.LOCAL, ceiling=100)  # written down after the decision that it binds

    assert [one.amount for one in rules.all_left(facility, DAY)] == [0]


@pytest.mark.django_db
def test_the_loader_is_idempotent_and_leaves_what_an_office_corrected():
    reference.load()
    corrected = SupportRule.objects.get(content__code="KC07.04", document="TT 28/2018/TT-BTC")
    corrected.ceiling, corrected.is_verified, corrected.valid_from = 5_000_000_000, True, datetime.date(2018, 5, 15)
    corrected.save()
    count = SupportRule.objects.count()

    assert reference.load() == 0
    corrected.refresh_from_db()
    assert (corrected.ceiling, corrected.is_verified) == (5_000_000_000, True)
    assert SupportRule.objects.count() == count


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("KC03.04", "2018-05-11", [(50, 200_000_000, True)]),
        ("KC03.04", "2018-05-12", [(50, 300_000_000, True)]),
        ("KC03.05", "2018-05-12", [(None, 450_000_000, True)]),
        ("KC03.01", "2026-11-02", [(30, 1_000_000_000, True)]),
        ("KC05.06", "2026-11-02", [(50, 35_000_000, False)]),
        ("KC07.01", "2026-11-02", []),
    ],
)
def test_the_loaded_rules_say_what_the_circulars_say(code, day, expected):
    reference.load()
    content = ActivityContent.objects.get(code=code)

    found = rules.rules_in_force(content, Level.NATIONAL, ProvinceFactory(), datetime.date.fromisoformat(day))

    assert [(one.rate, one.ceiling, one.is_verified) for one in found] == expected


@pytest.mark.django_db
def test_the_list_of_rules_says_how_much_and_whether_it_was_checked(client):
    rule(clause="Điều 8 khoản 4", is_verified=True)
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, province=None))

    [row] = rows(soup(client.get(reverse(LIST))), "#result_list tbody tr")

    assert "TT 28/2018/TT-BTC Điều 8 khoản 4" in row
    assert "50 %; 300.000.000 đồng mỗi cơ sở" in row
    assert "đã kiểm chứng" in row


@pytest.mark.django_db
def test_national_rules_are_changed_only_by_people_of_all_provinces(client, administrator):
    shared = rule()
    own = rule(level=Level.LOCAL, province=administrator.province)
    foreign = rule(level=Level.LOCAL, province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    client.force_login(administrator)

    pages = [client.get(reverse(CHANGE, args=[one.pk])) for one in (shared, own, foreign)]

    assert [page.status_code for page in pages] == [200, 200, 404]
    assert [len(soup(page).select("[name=document]")) for page in pages[:2]] == [0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"level": "national"}, "Mức của tỉnh chỉ áp dụng cho kinh phí địa phương."),
        ({"rate": "120"}, "Tỷ lệ phải lớn hơn 0 và không quá 100 phần trăm."),
        ({"rate": "", "ceiling": ""}, "Ghi tỷ lệ tối đa hoặc mức tối đa."),
        ({"valid_to": "01/01/2018"}, "Ngày cuối không được trước ngày đầu."),
    ],
)
def test_a_wrong_rule_is_refused_with_a_sentence(client, administrator, typed, sentence):
    content = ContentFactory()
    client.force_login(administrator)
    data = form_data(soup(client.get(reverse(ADD))), "#supportrule_form") | {
        "content": content.pk,
        "document": "NQ 01/2019/NQ-HĐND",
        "ceiling": "200 triệu",
        "valid_from": "01/01/2019",
    }

    page = soup(client.post(reverse(ADD), data | typed))

    assert sentence in page.get_text()
    assert not SupportRule.objects.exists()
    client.post(reverse(ADD), data)
    assert SupportRule.objects.get().province == administrator.province
