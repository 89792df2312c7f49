"""The search box."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from facilities.models import CraftVillage, FacilityMerge, IndustrialCluster
from khuyencong.enums import Role
from khuyencong.models import AdministrativeUnit, UnitLineage
from khuyencong.search import Query, Rank, rank_of, search
from khuyencong.search.marking import marked
from tests.factories import (
    FacilityFactory,
    LineageFactory,
    PlanFundingFactory,
    ProvinceFactory,
    SchemeFactory,
    UserFactory,
)
from tests.pages import soup

REFORM = datetime.date(2025, 7, 1)
TAX_CODE = "0101248141"
VIEW_SCHEME = "programmes.view_scheme"


def titles(typed, user):
    """{label: titles} of what is found."""
    return {group.label: [hit.title for hit in group.hits] for group in search(Query.read(typed), user)}


def facilities(typed, user):
    return titles(typed, user).get("Cơ sở CNNT", [])


def notes(typed, user, label):
    return [hit.note for group in search(Query.read(typed), user) if group.label == label for hit in group.hits]


@pytest.fixture
def communes(staff):
    """Diễn Kỷ of the former district Diễn Châu, and the commune that it went into."""
    unit, ended = AdministrativeUnit.objects, REFORM - datetime.timedelta(1)
    rest = {"province": staff.province}
    district = unit.create(code="425", level="district", kind="huyen", name="Diễn Châu", valid_to=ended, **rest)
    old = unit.create(code="17443", level="commune", kind="xa", name="Diễn Kỷ", parent=district, valid_to=ended, **rest)
    new = unit.create(code="17416", level="commune", kind="xa", name="Đức Châu", valid_from=REFORM, **rest)
    UnitLineage.objects.create(predecessor=old, successor=new, kind="merged")
    return district, old, new


def test_the_exact_name_stands_before_longer_ones_and_phrases(staff):
    for name in ("Chè An Bình", "An Bình Phát", "An Bình", "An Khang Bình Minh"):
        FacilityFactory(name=name, province=staff.province)

    assert facilities("an bình", staff) == ["An Bình", "An Bình Phát", "Chè An Bình", "An Khang Bình Minh"]


def test_the_group_with_the_exact_match_stands_first(staff):
    FacilityFactory(name="Máy xay KC-40-2020-0007 cũ", province=staff.province)
    SchemeFactory(code="KC-40-2020-0007", province=staff.province, created_by=staff)

    assert list(titles("kc-40-2020-0007", staff)) == ["Đề án", "Cơ sở CNNT"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Đồ gỗ Đại Đồng", "do go dai dong"),
        ("Do Go Dai Dong", "đồ gỗ đại đồng"),
        ("Cơ sở Thuỷ Hoà", "cơ sở thủy hòa"),
        ("Cơ sở Thuỷ Hoà", "THUY HOA"),
        ("Kỹ nghệ Mỹ Lý", "kĩ nghệ mĩ lí"),
        ("Cơ khí A&B – Vinh", "a b vinh"),
        ("Xà phòng Vinh", "xà phòng vinh"),
    ],
)
def test_names_are_found_however_they_are_typed(staff, name, typed):
    FacilityFactory(name=name, province=staff.province)

    assert facilities(typed, staff) == [name]


def test_what_is_spelled_as_typed_stands_first(staff):
    for name in ("Hoa Sen", "Hóa Sen", "Hòa Sen"):
        FacilityFactory(name=name, province=staff.province)

    assert facilities("hòa sen", staff)[0] == "Hòa Sen"


@pytest.mark.parametrize("typed", [TAX_CODE, f" {TAX_CODE} ", TAX_CODE[:6], TAX_CODE[3:]])
def test_a_tax_code_finds_its_facility_and_is_told(staff, typed):
    FacilityFactory(name="Cơ khí Vinh", tax_code=TAX_CODE, province=staff.province)
    FacilityFactory(name="Cơ khí khác", tax_code="2900000001", province=staff.province)

    assert facilities(typed, staff) == ["Cơ khí Vinh"]


def test_a_former_commune_finds_its_facilities_and_itself_with_its_successor(staff, communes):
    _, old, _ = communes
    FacilityFactory(name="Nước mắm Vạn Phần", commune=old, province=staff.province)
    FacilityFactory(name="Nước mắm nơi khác", province=staff.province)

    for typed in ("Diễn Kỷ", "xã Diễn Kỷ", "xa dien ky", "dien ky dien chau"):
        assert facilities(typed, staff) == ["Nước mắm Vạn Phần"]
        assert titles(typed, staff)["Địa bàn"] == ["Xã Diễn Kỷ"]
    assert notes("Diễn Kỷ", staff, "Cơ sở CNNT") == ["xã Diễn Kỷ cũ, Diễn Châu, nay là xã Đức Châu, Nghệ An"]
    assert notes("Diễn Kỷ", staff, "Địa bàn") == ["Diễn Châu, Nghệ An, đến 30/06/2025, nay là xã Đức Châu"]


def test_a_place_as_typed_stands_before_one_that_only_begins_so_and_before_scattered_words(staff, communes):
    district, old, _ = communes
    beside = AdministrativeUnit.objects.create(
        code="17440",
        level="commune",
        kind="xa",
        name="Diễn Kim",
        parent=district,
        province=staff.province,
        valid_to=old.valid_to,
    )
    FacilityFactory(name="Kim A", commune=beside, province=staff.province)
    FacilityFactory(name="Nước mắm Vạn Phần", commune=old, province=staff.province)

    assert facilities("diễn kỷ", staff) == ["Nước mắm Vạn Phần", "Kim A"]


def test_a_former_district_and_a_code_of_a_unit_are_found(staff, communes):
    _, old, _ = communes
    FacilityFactory(name="Nước mắm Vạn Phần", commune=old, province=staff.province)

    assert facilities("huyện Diễn Châu", staff) == ["Nước mắm Vạn Phần"]
    assert titles("huyện Diễn Châu", staff)["Địa bàn"] == ["Huyện Diễn Châu"]
    assert titles("17443", staff)["Địa bàn"] == ["Xã Diễn Kỷ"]


@pytest.fixture
def merged_province(staff):
    """Hà Tĩnh, that became a part of the person's province, with a district that had ended with it."""
    former = ProvinceFactory(code="42", name="Hà Tĩnh")
    LineageFactory(predecessor=former, successor=staff.province)
    district = AdministrativeUnit.objects.create(
        code="436", level="district", kind="huyen", name="Đức Thọ", valid_to=former.valid_to, province=former
    )
    commune = AdministrativeUnit.objects.create(
        code="18229",
        level="commune",
        kind="xa",
        name="Tùng Ảnh",
        valid_to=former.valid_to,
        province=former,
        parent=district,
    )
    return former, district, commune


def test_a_former_province_finds_its_facilities_and_leads_to_its_lists(client, staff, merged_province):
    former, _, commune = merged_province
    for name in ("Gốm Trúc Lâm", "Mộc Thái Yên"):
        FacilityFactory(name=name, commune=commune, province=staff.province)
    FacilityFactory(name="Nơi khác", province=staff.province)
    for _ in range(2):
        SchemeFactory(province=former)
    SchemeFactory(province=staff.province)
    client.force_login(staff)

    for typed in ("hà tĩnh", "tinh ha tinh"):
        found = {group.label: group.hits for group in search(Query.read(typed), staff)}
        listed, *others = found["Cơ sở CNNT"]
        assert listed.title == "2 cơ sở ở Hà Tĩnh (đến 30/06/2020)"
        assert {hit.title for hit in others} == {"Gốm Trúc Lâm", "Mộc Thái Yên"}
        assert len(soup(client.get(listed.url)).select("#facilities tbody tr")) == 2
        [schemes] = found["Đề án"]
        assert (schemes.title, schemes.note) == ("Đề án của Hà Tĩnh (đến 30/06/2020)", "2 đề án, theo địa giới lúc đó")
        assert len(soup(client.get(schemes.url)).select("#schemes tbody tr")) == 2


@pytest.mark.parametrize("typed", ["huyện Đức Thọ", "đức thọ", "xã Tùng Ảnh"])
def test_a_former_district_or_commune_leads_to_the_list_of_its_facilities(client, staff, merged_province, typed):
    _, district, commune = merged_province
    for _ in range(2):
        FacilityFactory(commune=commune, former_district=district, province=staff.province)
    client.force_login(staff)

    [group] = [group for group in search(Query.read(typed), staff) if group.label == "Cơ sở CNNT"]

    assert group.hits[0].title in {"2 cơ sở ở huyện Đức Thọ cũ", "2 cơ sở ở xã Tùng Ảnh cũ"}
    assert len(soup(client.get(group.hits[0].url)).select("#facilities tbody tr")) == 2


def test_another_kind_of_that_name_or_of_another_province_leads_to_no_list(staff, merged_province):
    _, district, commune = merged_province
    for _ in range(2):
        FacilityFactory(commune=commune, former_district=district, province=staff.province)
    stranger = UserFactory(province=ProvinceFactory(code="44", name="Quảng Trị"))

    assert not [title for title in facilities("thị xã Đức Thọ", staff) if "cơ sở ở" in title]
    assert titles("đức thọ", stranger) == titles("hà tĩnh", stranger) == {}


def test_all_of_a_place_typed_with_its_kind_are_in_the_list_it_leads_to(client, staff, communes):
    for number in range(10):
        FacilityFactory(name=f"Nước mắm {number}", commune=communes[1], province=staff.province)
    client.force_login(staff)

    [more] = soup(client.get(reverse("search"), {"q": "xã Diễn Kỷ"})).select(".found .card-head a")

    assert len(soup(client.get(more["href"])).select("#facilities tbody tr")) == 10


@pytest.mark.parametrize(
    ("typed", "name"),
    [("xã Diễn Kỷ", "Diễn Kỷ"), ("thị xã Hoàng Mai", "Hoàng Mai"), ("Xà phòng Vinh", "Xà phòng Vinh"), ("A&B", "A&B")],
)
def test_lists_are_asked_for_the_name_without_its_kind(typed, name):
    assert Query.read(typed).name == name


def test_the_former_name_of_a_merged_facility_leads_to_the_one_that_was_kept(staff):
    kept = FacilityFactory(name="Mộc Phúc Lộc", province=staff.province)
    duplicate = FacilityFactory(name="Mộc Ông Ba", province=staff.province)
    FacilityMerge.objects.create(kept=kept, duplicate=duplicate, reason="Một cơ sở", merged_by=staff)
    duplicate.merged_into = kept
    duplicate.save()

    [group] = search(Query.read("mộc ông ba"), staff)

    assert [(hit.title, hit.url) for hit in group.hits] == [("Mộc Phúc Lộc", kept.get_absolute_url())]
    assert group.hits[0].note.startswith("tên cũ: Mộc Ông Ba")


@pytest.mark.parametrize("typed", ["15/QĐ-SCT", "15 qd sct", "quyết định số 15/QĐ-SCT", "15/qđ"])
def test_the_number_of_a_decision_finds_its_scheme(staff, typed):
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 100}, state="approved")

    [group] = [group for group in search(Query.read(typed), staff) if group.label == "Quyết định"]

    assert [(hit.title, hit.url) for hit in group.hits] == [("15/QĐ-SCT ngày 02/03/2020", scheme.get_absolute_url())]
    assert group.hits[0].note == f"phê duyệt {scheme}"


def test_a_decision_on_many_schemes_is_one_hit_that_leads_to_their_list(staff):
    for _ in range(3):
        SchemeFactory(province=staff.province, created_by=staff, money={"province": 100}, state="approved")

    [group] = [group for group in search(Query.read("15/QĐ-SCT"), staff) if group.label == "Quyết định"]

    assert len(group.hits) == 1
    assert group.hits[0].note.endswith("và 2 đề án khác")
    assert group.hits[0].url.startswith(reverse("programmes:scheme-list"))


def test_settlements_clusters_villages_and_plan_money_are_found_by_their_numbers(staff):
    day, province = datetime.date(2021, 5, 4), staff.province
    IndustrialCluster.objects.create(
        name="CCN Diễn Hồng",
        province=province,
        established_on=day,
        established_area=10,
        establishment_number="771/QĐ-UBND",
    )
    CraftVillage.objects.create(name="Làng mây", province=province, recognition_number="772/QĐ-UBND")
    PlanFundingFactory(province=province, decision_number="773/QĐ-UBND", created_by=staff)
    SchemeFactory(province=province, created_by=staff, money={"province": 100}, state="settled")

    assert titles("771/qd-ubnd", staff)["Quyết định"] == ["771/QĐ-UBND ngày 04/05/2021"]
    assert titles("772/qd-ubnd", staff)["Quyết định"] == ["772/QĐ-UBND"]
    assert titles("773/qd-ubnd", staff)["Quyết định"] == ["773/QĐ-UBND ngày 02/03/2020"]
    assert "quyết toán" in " ".join(notes("15/QĐ-SCT", staff, "Quyết định"))
    assert titles("dien hong", staff) == {"Cụm công nghiệp": ["CCN Diễn Hồng"]}
    assert titles("lang may", staff) == {"Làng nghề": ["Làng mây"]}


def test_nothing_of_another_province_appears(staff):
    other = ProvinceFactory(code="42", name="Hà Tĩnh")
    FacilityFactory(name="Hương Sơn", tax_code=TAX_CODE, province=other)
    SchemeFactory(name="Hương Sơn", province=other, money={"province": 1}, state="settled")
    IndustrialCluster.objects.create(name="Hương Sơn", province=other, establishment_number="15/QĐ-SCT")
    CraftVillage.objects.create(name="Hương Sơn", province=other, recognition_number="15/QĐ-SCT")
    PlanFundingFactory(province=other, decision_number="15/QĐ-SCT")
    AdministrativeUnit.objects.create(
        code="18133", level="commune", kind="xa", name="Hương Sơn", province=other, valid_from=REFORM
    )
    everyone = UserFactory(role=Role.LEADER, province=None)

    for typed in ("hương sơn", "hà tĩnh", TAX_CODE, "15/QĐ-SCT"):
        assert titles(typed, staff) == {}
        assert titles(typed, everyone) != {}


def test_each_source_asks_for_its_permission(staff, monkeypatch):
    FacilityFactory(name="Hương Sơn", province=staff.province)
    SchemeFactory(name="Hương Sơn", province=staff.province, created_by=staff)
    assert set(titles("hương sơn", staff)) == {"Cơ sở CNNT", "Đề án"}

    monkeypatch.setattr("khuyencong.backends.RoleBackend.has_perm", lambda *args, **_: args[2] != VIEW_SCHEME)

    assert set(titles("hương sơn", staff)) == {"Cơ sở CNNT"}


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_costs_the_same_for_one_hit_and_thirty(client, staff, count, django_assert_num_queries):
    for number in range(count):
        FacilityFactory(name=f"Hương Sơn {number}", province=staff.province)
        SchemeFactory(name=f"Hương Sơn {number}", province=staff.province, created_by=staff)
    client.force_login(staff)

    with django_assert_num_queries(19):
        client.get(reverse("search"), {"q": "hương sơn"})


def test_eight_of_a_kind_are_shown_and_the_rest_is_a_link_to_the_list(client, staff):
    for number in range(10):
        FacilityFactory(name=f"Hương Sơn {number}", province=staff.province)
    client.force_login(staff)

    page = soup(client.get(reverse("search"), {"q": "hương sơn"}))

    assert len(page.select(".found li")) == 8
    more = page.select_one(".found .card-head a")["href"]
    assert len(soup(client.get(more)).select("#facilities tbody tr")) == 10


def test_the_page_marks_what_matched_and_escapes_the_rest(client, staff):
    FacilityFactory(name="Hòa <script>alert(1)</script> & Bình", province=staff.province)
    client.force_login(staff)

    body = client.get(reverse("search"), {"q": "hoa <script>"}).content.decode()

    assert "<mark>Hòa &lt;script</mark>&gt;alert(1)" in body
    assert "<script>alert" not in body


@given(shown=st.text(max_size=40), typed=st.text(max_size=12))
def test_marking_changes_no_letter(shown, typed):
    from khuyencong.text import nfc  # noqa: PLC0415

    written = marked(shown, Query.read(typed).keys)

    assert html.unescape(re.sub("</?mark>", "", written)) == nfc(shown)


@pytest.mark.parametrize(
    ("shown", "typed", "written"),
    [
        ("Công ty Đại Đồng", "dai dong", "Công ty <mark>Đại Đồng</mark>"),
        ("Mỹ – Lý", "mi li", "<mark>Mỹ – Lý</mark>"),
        ("Thuỷ", "thủy", "<mark>Thuỷ</mark>"),
        ("xã Diễn Kỷ cũ", "xã diễn kỷ", "<mark>xã Diễn Kỷ</mark> cũ"),
        ("Bình và An", "an bình", "<mark>Bình</mark> và <mark>An</mark>"),
        ("Thanh Hà", "anh", "Thanh Hà"),
        ("Hộ kinh doanh", "diễn kỷ", "Hộ kinh doanh"),
        ("mã số thuế 0101248141", "48141", "mã số thuế 01012<mark>48141</mark>"),
    ],
)
def test_what_matched_is_marked_whatever_its_diacritics(shown, typed, written):
    assert marked(shown, Query.read(typed).keys) == written


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("", "Tìm trong toàn cổng"),
        ("a", "Gõ thêm ít nhất một chữ"),
        ("?!… –", "Không tìm thấy gì"),
        ("không có gì như thế", "Không tìm thấy gì"),
        ("\x00\x00", "Tìm trong toàn cổng"),
        ("an\x00 bình", "Không tìm thấy gì"),
        ("%_\\'\"; --", "Không tìm thấy gì"),
        ("\U0010ffff\u0301\u202eẳ́́ 🙂🙂 b", "Không tìm thấy gì"),
        ("ab" * 5000, "Không tìm thấy gì"),
    ],
)
def test_what_cannot_be_found_gets_a_hint(client, staff, typed, heading):
    client.force_login(staff)

    page = soup(client.get(reverse("search"), {"q": typed}))

    assert page.select_one(".empty h2").get_text() == heading


@pytest.mark.django_db
@given(typed=st.text(max_size=120))
def test_any_text_may_be_searched(typed):
    user = UserFactory.build(role=Role.STAFF, province=None)

    assert search(Query.read(typed), user) == []


def test_only_a_hundred_characters_are_read():
    assert len(Query.read("ă" * 500).text) == 100


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("An Bình", Rank.EXACT),
        ("An Bình Phát", Rank.BEGINS),
        ("Chè An Bình", Rank.PHRASE),
        ("Bình Minh An", Rank.WORDS),
        ("Thanh Bình", Rank.ELSEWHERE),
    ],
)
def test_ranks(name, rank):
    assert rank_of(Query.read("an bình"), name) == rank


def test_suggestions_are_options_of_a_listbox(client, staff):
    facility = FacilityFactory(name="Hương Sơn", province=staff.province)
    client.force_login(staff)

    fragment = soup(client.get(reverse("search"), {"q": "huong"}, headers={"HX-Request": "true"}))

    assert fragment.select_one("html") is None
    options = fragment.select("[role=option]")
    assert [option["href"] for option in options] == [facility.get_absolute_url(), f"{reverse('search')}?q=huong"]
    assert len({option["id"] for option in options}) == 2


def test_the_box_of_every_page_is_a_plain_form(client, staff):
    client.force_login(staff)

    form = soup(client.get(reverse("search"), {"q": "hương sơn"})).select_one("header form[role=search]")

    assert (form["action"], form.get("method", "get")) == (reverse("search"), "get")
    assert form.select_one("input[name=q]")["value"] == "hương sơn"
    assert form.select_one(f"#{form.select_one('input')['hx-target'][1:]}")["role"] == "listbox"
