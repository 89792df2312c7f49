"""The pages on which a person finds duplicates, merges them and takes a merge back."""

import pytest
from django.urls import reverse

from facilities.models import FacilityMerge, NotDuplicate
from facilities.services import merging
from tests.factories import FacilityFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import form_data, rows, sentences, soup

pytestmark = pytest.mark.django_db
LIST, PREVIEW = reverse("facilities:duplicate-list"), reverse("facilities:merge-preview")
CREATE, MERGES, DISMISS = (
    reverse(f"facilities:{name}") for name in ("merge-create", "merge-list", "duplicate-dismiss")
)
FORM = "main form[data-kc-unsaved]"


@pytest.fixture
def pair(staff, client):
    client.force_login(staff)
    return [
        FacilityFactory(name="Mộc An Bình", province=staff.province, phone="0912345678", workers=12),
        FacilityFactory(name="Gỗ An Bình", province=staff.province, phone="0912345678", tax_code="0101248141"),
    ]


def preview(client, kept, duplicate):
    return client.get(PREVIEW, {"kept": kept.pk, "duplicate": duplicate.pk})


def test_a_pair_is_shown_with_its_reason_and_leads_to_the_preview(client, pair):
    page = soup(client.get(LIST))

    [row] = page.select("#pairs tbody tr")
    assert [link.get_text() for link in row.select("a.title")] == ["Mộc An Bình", "Gỗ An Bình"]
    assert "Cùng điện thoại 0912345678" in row.get_text()
    assert client.get(row.select_one("a.btn")["href"].replace("&amp;", "&")).status_code == 200


def test_an_empty_list_says_what_would_stand_in_it(client, staff):
    client.force_login(staff)

    assert "Không thấy cơ sở nào trùng" in soup(client.get(LIST)).get_text()


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "99999999999"}, {"page": "x"}, {"sign": "x"}, {"page": "7"}])
def test_a_strange_query_is_still_a_page(client, pair, query):
    assert client.get(LIST, query).status_code == 200


def test_a_person_of_all_provinces_is_asked_for_one_before_similar_names_are_sought(client, pair):
    client.force_login(UserFactory(province=None))
    province = pair[0].province_id

    assert "Chọn một tỉnh" in soup(client.get(LIST)).get_text()
    assert "Chọn một tỉnh, thành phố để tìm" not in soup(client.get(LIST, {"province": province})).get_text()


def test_the_preview_shows_money_before_and_after_and_writes_nothing(client, pair):
    for facility, amount in zip(pair, (70, 30), strict=True):
        SchemeFactory(province=facility.province, money={"province": amount}, benefits={facility: amount})

    page = soup(preview(client, *pair))

    assert rows(page, "#money tfoot tr") == [["Tổng (1 + 1)", "70", "30", "100", "0", "0", "0"]]
    assert not FacilityMerge.objects.exists()


def test_the_preview_offers_what_differs_and_fills_what_is_empty(client, pair):
    data = form_data(soup(preview(client, *pair)), FORM)

    chosen = {name: value for name, value in data.items() if name.startswith("take_")}
    assert chosen == {"take_name": "kept", "take_tax_code": "duplicate", "take_workers": "kept"}


def test_merging_takes_the_chosen_values_and_shows_the_kept_one(client, pair):
    kept, duplicate = pair
    data = form_data(soup(preview(client, *pair)), FORM)

    response = client.post(CREATE, data | {"reason": "Cùng giấy đăng ký", "take_name": "duplicate"}, follow=True)

    kept.refresh_from_db()
    duplicate.refresh_from_db()
    assert (kept.name, kept.tax_code, duplicate.merged_into) == ("Gỗ An Bình", "0101248141", kept)
    page = soup(response)
    assert "Tên cũ, hồ sơ đã gộp" in page.get_text()
    assert "Đã gộp" in page.select_one(".messages").get_text()


def test_the_page_of_the_duplicate_leads_to_the_kept_one(client, staff, pair):
    merging.merge(*pair, by=staff, reason="Trùng")

    note = soup(client.get(pair[1].get_absolute_url())).select_one("main .note")

    assert note.select_one("a")["href"] == pair[0].get_absolute_url()


def test_without_a_reason_nothing_happens_and_the_choice_stays(client, pair):
    data = form_data(soup(preview(client, *pair)), FORM) | {"take_name": "duplicate"}

    page = soup(client.post(CREATE, data))

    assert sentences(page)
    assert form_data(page, FORM)["take_name"] == "duplicate"
    assert not FacilityMerge.objects.exists()


def test_a_page_that_is_out_of_date_is_shown_again_and_then_merges(client, pair):
    data = form_data(soup(preview(client, *pair)), FORM) | {"reason": "Trùng"}
    pair[0].save()

    page = soup(client.post(CREATE, data))
    assert any("vừa sửa" in sentence for sentence in sentences(page))

    assert client.post(CREATE, form_data(page, FORM)).status_code == 302
    assert FacilityMerge.objects.count() == 1


def test_a_double_post_makes_one_merge(client, pair):
    data = form_data(soup(preview(client, *pair)), FORM) | {"reason": "Trùng"}

    ends = [client.post(CREATE, data) for _ in range(2)]

    assert [end.url for end in ends] == [pair[0].get_absolute_url()] * 2
    assert FacilityMerge.objects.count() == 1


@pytest.mark.parametrize("take", ["", "another"])
def test_a_choice_that_was_not_offered_is_refused(client, pair, take):
    data = form_data(soup(preview(client, *pair)), FORM) | {"reason": "Trùng", "take_name": take}

    assert sentences(soup(client.post(CREATE, data)))
    assert not FacilityMerge.objects.exists()


def test_a_merged_or_equal_pair_has_no_preview(client, staff, pair):
    kept, duplicate = pair
    assert preview(client, kept, kept).status_code == 302
    merging.merge(kept, duplicate, by=staff, reason="Trùng")

    assert preview(client, FacilityFactory(province=staff.province), duplicate).url == kept.get_absolute_url()


def test_another_provinces_facility_does_not_exist(client, pair):
    elsewhere = FacilityFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    both = {"kept": pair[0].pk, "duplicate": elsewhere.pk}

    assert client.get(PREVIEW, both).status_code == 404
    assert client.post(CREATE, both).status_code == 404
    assert client.post(DISMISS, {"first": pair[0].pk, "second": elsewhere.pk, "reason": "x"}).status_code == 404
    assert client.get(PREVIEW, {"kept": "x", "duplicate": "9" * 30}).status_code == 404


def test_another_provinces_merge_cannot_be_undone(client, staff):
    other = UserFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    merge = merging.merge(*FacilityFactory.create_batch(2, province=other.province), by=other, reason="Trùng")
    client.force_login(staff)

    response = client.post(reverse("facilities:merge-undo", args=[merge.pk]), {"reason": "Nhầm"})

    assert response.status_code == 404
    assert rows(soup(client.get(MERGES)), "#merges tbody tr") == []


def test_told_apart_with_a_reason_the_pair_goes(client, pair):
    first, second = pair
    both = {"first": first.pk, "second": second.pk}

    refused = client.post(DISMISS, both, follow=True)
    assert "Ghi lý do." in soup(refused).select_one(".messages").get_text()
    assert not NotDuplicate.objects.exists()

    page = soup(client.post(DISMISS, both | {"reason": "Hai anh em"}, follow=True))
    assert page.select("#pairs") == []
    assert NotDuplicate.objects.get().reason == "Hai anh em"


def test_an_undo_needs_a_reason_and_stands_in_the_list(client, staff, pair):
    merge = merging.merge(*pair, by=staff, reason="Trùng")
    url = reverse("facilities:merge-undo", args=[merge.pk])

    assert "Ghi lý do." in soup(client.post(url, follow=True)).select_one(".messages").get_text()
    page = soup(client.post(url, {"reason": "Nhầm"}, follow=True))

    assert "Đã hoàn tác" in page.select_one("#merges").get_text()
    pair[1].refresh_from_db()
    assert pair[1].merged_into is None


def test_an_undo_that_cannot_be_says_why(client, staff, pair):
    merge = merging.merge(*pair, by=staff, reason="Trùng")
    FacilityFactory(tax_code=pair[1].tax_code, province=staff.province)

    page = soup(client.post(reverse("facilities:merge-undo", args=[merge.pk]), {"reason": "Nhầm"}, follow=True))

    assert "Mã số thuế này đã có" in page.select_one(".messages").get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_one_row_and_three(client, staff, count, django_assert_num_queries):
    for number in range(count):
        for suffix in ("", "-001"):
            FacilityFactory(province=staff.province, tax_code=f"010124814{number}{suffix}")
        merging.merge(*FacilityFactory.create_batch(2, province=staff.province), by=staff, reason="Trùng")
    client.force_login(staff)

    with django_assert_num_queries(6):
        assert len(soup(client.get(LIST)).select("#pairs tbody tr")) == count
    with django_assert_num_queries(6):
        assert len(soup(client.get(MERGES)).select("#merges tbody tr")) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_for_one_scheme_and_three(client, pair, count, django_assert_num_queries):
    for _ in range(count):
        SchemeFactory(province=pair[0].province, money={"province": 9}, benefits={pair[0]: 4, pair[1]: 5})

    with django_assert_num_queries(13):
        preview(client, *pair)


@pytest.mark.parametrize("role", ["leader", "reviewer", "auditor", "administrator"])
def test_only_staff_open_the_pages(client, role):
    client.force_login(UserFactory(role=role))

    assert [client.get(url).status_code for url in (LIST, MERGES, PREVIEW)] == [403, 403, 403]


@pytest.mark.parametrize("role", ["reviewer", "auditor"])
def test_reviewers_and_auditors_read_merges_in_the_admin(client, staff, pair, role):
    merge = merging.merge(*pair, by=staff, reason="Cùng giấy đăng ký")
    client.force_login(UserFactory(role=role))

    page = client.get(reverse("admin:facilities_facilitymerge_changelist"))
    change = client.get(reverse("admin:facilities_facilitymerge_change", args=[merge.pk]))

    assert "Cùng giấy đăng ký" in page.content.decode()
    assert "_save" not in change.content.decode()
