"""Rounds: page, form, steps, people, announcement."""

import datetime

import pytest
from django.urls import reverse

from fairs.models import RoundMember, SelectionRound
from tests.facilities.builders import district_of
from tests.factories import FacilityFactory, ProvinceFactory
from tests.fairs.factories import (
    CycleFactory,
    EntryFactory,
    MemberFactory,
    ProductFactory,
    RoundFactory,
    complete,
    conclude,
    level,
    region,
)
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
FORM = "main form[data-kc-unsaved]"


def opened(client, url, **typed):
    return form_data(soup(client.get(url)), FORM) | typed


def lacks(client, round):
    return [one.get_text(" ", strip=True) for one in soup(client.get(round.get_absolute_url())).select("#next li")]


def step(client, round, status):
    return client.post(reverse("fairs:round-step", args=[round.pk]), {"status": status}, follow=True)


def product(round, name, group="food"):
    return ProductFactory(facility=FacilityFactory(province=round.cycle.province), name=name, group=group)


@pytest.fixture
def mine(staff):
    """A round of the staff's province that takes dossiers, scored by sheets."""
    return RoundFactory(cycle__province=staff.province, scoring="sheets", created_by=staff)


# the form


def test_staff_write_a_round_down(client, staff):
    cycle = CycleFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("fairs:round-create", args=[cycle.pk])

    client.post(url, opened(client, url, level=level().pk, opens_on="02/03/2020", closes_on="30/06/2020"))

    round = SelectionRound.objects.get()
    assert (round.cycle, round.level, round.status, round.created_by) == (cycle, level(), "preparing", staff)
    assert (round.opens_on, round.closes_on) == (datetime.date(2020, 3, 2), datetime.date(2020, 6, 30))


def test_levels_that_are_no_longer_in_force_are_not_offered(client, staff):
    client.force_login(staff)

    def offered(year):
        cycle = CycleFactory(province=staff.province, year=year)
        page = soup(client.get(reverse("fairs:round-create", args=[cycle.pk])))
        return [option.get_text() for option in page.select("#id_level option")[1:]]

    assert offered(2020) == ["Cấp huyện (đến 30/06/2025)", "Cấp tỉnh", "Cấp khu vực", "Cấp quốc gia"]
    assert offered(2027) == ["Cấp tỉnh", "Cấp khu vực", "Cấp quốc gia"]


def test_only_regions_of_the_province_are_offered(client, staff):
    region(staff.province, "bac")
    region(ProvinceFactory(code="60"), "nam")
    cycle = CycleFactory(province=staff.province)
    client.force_login(staff)

    page = soup(client.get(reverse("fairs:round-create", args=[cycle.pk])))

    assert [option.get_text() for option in page.select("#id_region option")[1:]] == ["Phía Bắc"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"level": "district"}, "unit", "Cấp huyện cần chọn huyện"),
        ({"level": "region"}, "region", "Cấp khu vực cần chọn khu vực"),
        ({"closes_on": "01/03/2020"}, "closes_on", "Ngày hết nhận hồ sơ không được trước ngày bắt đầu."),
        ({"opens_on": "30/02/2020"}, "opens_on", "Không có ngày này."),
        ({"level": "district", "opens_on": "01/02/2026"}, "level", "không nhận kỳ bình chọn mới vào ngày 01/02/2026"),
    ],
)
def test_what_the_law_refuses_stands_beside_its_field(client, staff, typed, field, said):
    district_of(staff.province, "Huyện Diễn Châu")
    cycle = CycleFactory(province=staff.province)
    client.force_login(staff)
    url = reverse("fairs:round-create", args=[cycle.pk])
    typed = {"level": "province", "opens_on": "02/03/2020"} | typed
    typed["level"] = level(typed["level"]).pk

    page = soup(client.post(url, opened(client, url, **typed)))

    assert said in page.select_one(f"#id_{field}_error").get_text()
    assert not SelectionRound.objects.exists()


def test_the_same_level_twice_is_refused_beside_the_level(client, staff, mine):
    client.force_login(staff)
    url = reverse("fairs:round-create", args=[mine.cycle_id])

    page = soup(client.post(url, opened(client, url, level=level().pk, opens_on="02/03/2020")))

    assert page.select_one("#id_level_error").get_text(strip=True) == "Đợt này đã có kỳ bình chọn của cấp đó."


def test_a_concluded_round_shows_only_its_note(client, staff):
    entry = EntryFactory(round__cycle__province=staff.province)
    round = conclude(entry.round, entry)
    client.force_login(staff)
    url = reverse("fairs:round-edit", args=[round.pk])

    assert set(opened(client, url)) == {"csrfmiddlewaretoken", "seen", "note"}
    client.post(url, opened(client, url, note="Ghi thêm"))
    round.refresh_from_db()
    assert round.note == "Ghi thêm"


# steps


def test_the_page_says_what_the_next_step_lacks(client, staff, mine):
    MemberFactory.create_batch(2, round=mine)
    complete(EntryFactory(round=mine))
    EntryFactory(round=mine)
    client.force_login(staff)

    assert lacks(client, mine) == [
        "Hội đồng cấp tỉnh phải có 7 hoặc 9 thành viên; danh sách đang có 0. phải có",
        "Ban giám khảo phải có số thành viên lẻ; danh sách đang có 2. phải có",
        "1 hồ sơ chưa ghi hợp lệ: sang bước chấm điểm thì không bổ sung được nữa. lưu ý",
    ]
    assert "Hội đồng cấp tỉnh phải có 7 hoặc 9 thành viên; đang có 0" in " ".join(
        sentences(soup(step(client, mine, "scoring")))
    )
    mine.refresh_from_db()
    assert mine.status == "open"


def test_a_round_moves_on_when_nothing_lacks(client, staff, mine):
    MemberFactory.create_batch(7, round=mine, body="council")
    jury = MemberFactory.create_batch(3, round=mine)
    complete(EntryFactory(round=mine))
    client.force_login(staff)
    assert lacks(client, mine) == []

    step(client, mine, "scoring")

    assert lacks(client, mine) == [
        f"Còn {len(jury)} phiếu chấm chưa nhập: mỗi giám khảo chấm mọi hồ sơ hợp lệ. phải có",
        "Chưa ghi số và ngày biên bản họp hội đồng. phải có",
    ]


def test_a_second_click_changes_nothing_and_says_nothing_wrong(client, staff, mine):
    client.force_login(staff)
    step(client, mine, "preparing")

    page = soup(step(client, mine, "preparing"))

    assert sentences(page) == []
    mine.refresh_from_db()
    assert mine.status == "preparing"


@pytest.mark.parametrize("status", ["concluded", "scoring", "", "nonsense"])
def test_staff_cannot_conclude_nor_reopen(client, staff, status):
    entry = EntryFactory(round__cycle__province=staff.province)
    round = conclude(entry.round, entry)
    client.force_login(staff)

    step(client, round, status)

    round.refresh_from_db()
    assert (round.status, round.concluded_by is None) == ("concluded", False)


def test_a_round_that_waits_for_its_conclusion_sends_a_reviewer_to_the_admin(client, staff, reviewer):
    reviewer.province = staff.province
    reviewer.save()
    round = RoundFactory(cycle__province=staff.province, status="scoring")
    link = reverse("admin:fairs_selectionround_change", args=[round.pk])

    client.force_login(staff)
    assert soup(client.get(round.get_absolute_url())).select(f'a[href="{link}"]') == []
    client.force_login(reviewer)
    page = soup(client.get(round.get_absolute_url()))
    assert len(page.select(f'a[href="{link}"]')) == 1
    assert page.select("#next form") == []


# its dossiers


def test_the_table_shows_points_against_the_mark(client, staff):
    round = RoundFactory(cycle__province=staff.province)
    good = EntryFactory(round=round, number=1, average_score="82.5", product=product(round, "Chè"))
    poor = EntryFactory(round=round, number=2, average_score="69.99", product=product(round, "Miến"))
    conclude(round, good)
    client.force_login(staff)

    page = soup(client.get(round.get_absolute_url()))

    shown = rows(page, "#dossiers tbody tr")
    assert [row[0].split(" Chế")[0] for row in shown] == ["1. Chè", "2. Miến"]
    assert [row[3:5] for row in shown] == [["Được công nhận", "82,50 đạt"], ["Không được công nhận", "69,99 chưa đạt"]]
    assert poor.product.facility.name in shown[1][1]


def test_facilities_are_counted_once_and_withdrawn_dossiers_not_at_all(client, staff):
    round = RoundFactory(cycle__province=staff.province)
    first = EntryFactory(round=round)
    EntryFactory(round=round, product=ProductFactory(facility=first.product.facility, group="craft"))
    gone = EntryFactory(round=round)
    gone.status = "withdrawn"
    gone.save()
    client.force_login(staff)

    strip = soup(client.get(round.get_absolute_url())).select(".totals > div")

    assert [one.get_text(" ", strip=True) for one in strip] == [
        "Hồ sơ 2", "Cơ sở 1", "Thủ công mỹ nghệ 1", "Chế biến nông, lâm, thủy sản và thực phẩm 1",
    ]  # fmt: skip


def test_dossiers_are_found_by_words_group_and_status(client, staff):
    round = RoundFactory(cycle__province=staff.province)
    tea = EntryFactory(round=round, product=product(round, "Trà hoa vàng"))
    EntryFactory(round=round, product=product(round, "Nón lá", "craft"))
    complete(tea)
    client.force_login(staff)

    def found(**asked):
        return [a.get_text() for a in soup(client.get(round.get_absolute_url(), asked)).select("#dossiers a.title")]

    assert found(q="tra hoa") == found(group="food") == found(status="complete") == ["Trà hoa vàng"]
    assert found(q="khong co") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_dossier_and_three(client, staff, count, django_assert_num_queries):
    round = RoundFactory(cycle__province=staff.province)
    EntryFactory.create_batch(count, round=round)
    client.force_login(staff)

    with django_assert_num_queries(13):
        assert len(rows(soup(client.get(round.get_absolute_url())), "#dossiers tbody tr")) == count


# its people


def people(client, round, *members):
    """What a browser sends of the list of people: those there and `members` (dicts)."""
    url = reverse("fairs:round-members", args=[round.pk])
    data = opened(client, url)
    start = int(data["members-INITIAL_FORMS"])
    for i, member in enumerate(members, start):
        data |= {f"members-{i}-{name}": value for name, value in member.items()}
    data["members-TOTAL_FORMS"] = max(start + len(members), int(data["members-TOTAL_FORMS"]))
    return url, data


def person(name, body="jury", position="member"):
    return {"name": name, "body": body, "position": position, "office": "Sở Công Thương"}


def test_a_new_list_begins_with_the_rows_that_the_law_asks_for(client, staff, mine):
    client.force_login(staff)

    data = opened(client, reverse("fairs:round-members", args=[mine.pk]))

    bodies = [data[f"members-{i}-body"] for i in range(int(data["members-TOTAL_FORMS"]))]
    assert (bodies.count("council"), bodies.count("jury")) == (7, 3)


def test_people_are_saved_together_and_rows_left_empty_are_not(client, staff, mine):
    client.force_login(staff)
    url, data = people(client, mine, person("Người thứ nhất", "council", "chair"), person("Người thứ hai"))

    client.post(url, data)

    assert sorted(mine.members.values_list("name", "body", "position")) == [
        ("Người thứ hai", "jury", "member"),
        ("Người thứ nhất", "council", "chair"),
    ]


def test_another_may_become_chair_in_one_go(client, staff, mine):
    old = MemberFactory(round=mine, position="chair", name="Chủ tịch cũ")
    new = MemberFactory(round=mine, name="Chủ tịch mới")
    client.force_login(staff)
    url, data = people(client, mine)

    client.post(url, data | {"members-0-position": "member", "members-1-position": "chair"})

    assert set(mine.members.values_list("pk", "position")) == {(old.pk, "member"), (new.pk, "chair")}


def test_the_same_person_twice_is_refused_beside_the_name(client, staff, mine):
    client.force_login(staff)
    url, data = people(client, mine, person("Một người"), person("Một người"))

    page = soup(client.post(url, data))

    assert page.select_one("#id_members-1-name_error").get_text(strip=True).startswith("Người này ghi hai lần")
    assert not mine.members.exists()


def test_two_chairs_are_refused_by_the_database_and_said(client, staff, mine):
    client.force_login(staff)
    url, data = people(client, mine, person("Một", position="chair"), person("Hai", position="chair"))

    assert "Đã có chủ tịch hoặc trưởng ban." in sentences(soup(client.post(url, data)))
    assert not mine.members.exists()


def test_who_did_not_see_the_newest_list_is_told(client, staff, mine):
    client.force_login(staff)
    url, data = people(client, mine, person("Tôi thêm"))
    MemberFactory(round=mine, name="Người khác thêm")

    assert any("Người khác vừa sửa" in one for one in sentences(soup(client.post(url, data))))
    assert list(mine.members.values_list("name", flat=True)) == ["Người khác thêm"]


def test_the_people_of_a_concluded_round_stay(client, staff):
    entry = EntryFactory(round__cycle__province=staff.province)
    MemberFactory(round=entry.round)
    round = conclude(entry.round, entry)
    client.force_login(staff)

    page = soup(client.post(reverse("fairs:round-members", args=[round.pk]), {}, follow=True))

    assert sentences(page) == ["Kỳ bình chọn đã kết luận nên không sửa được."]
    assert RoundMember.objects.count() == 1


# the announcement


def test_the_announcement_opens_the_time_for_complaints(client, staff):
    entry = EntryFactory(round__cycle__province=staff.province)
    round = conclude(entry.round, entry)
    client.force_login(staff)
    url = reverse("fairs:round-announce", args=[round.pk])
    seen = soup(client.get(url)).select_one("[name=seen]")["value"]

    early = soup(client.post(url, {"seen": seen, "announced_on": "14/09/2020"}))
    client.post(url, {"seen": seen, "announced_on": "16/09/2020"})

    said = early.select_one("#id_announced_on_error").get_text(strip=True)
    assert said == "Ngày công bố không được trước ngày quyết định."
    round.refresh_from_db()
    assert round.complaints_until == datetime.date(2020, 10, 7)
    assert "07/10/2020" in soup(client.get(round.get_absolute_url())).select_one("main").get_text()


def test_nothing_is_announced_before_the_conclusion(client, staff, mine):
    client.force_login(staff)

    page = soup(
        client.post(reverse("fairs:round-announce", args=[mine.pk]), {"announced_on": "16/09/2020"}, follow=True)
    )

    assert sentences(page) == ["Kỳ bình chọn chưa được kết luận nên chưa có kết quả để công bố."]
    mine.refresh_from_db()
    assert mine.announced_on is None


def test_another_provinces_round_does_not_exist(client, staff):
    round = RoundFactory(cycle__province=ProvinceFactory(code="42"))
    client.force_login(staff)

    for name in ("detail", "edit", "history", "members", "announce", "scores", "sheets", "products"):
        address = "fairs:entry-products" if name == "products" else f"fairs:round-{name}"
        assert client.get(reverse(address, args=[round.pk])).status_code == 404, name
    assert step(client, round, "preparing").status_code == 404
