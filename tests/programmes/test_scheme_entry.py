"""What the scheme form asks beyond the plain facts: kinds, years, ceilings, comments; and that a double click is harmless."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes import services
from programmes.models import CeilingException, ReviewComment, Scheme
from tests.factories import (
    DAY,
    ContentFactory,
    FacilityFactory,
    SchemeFactory,
    SupportRuleFactory,
    UnitFactory,
    UserFactory,
)
from tests.pages import form_data, sentences, soup
from tests.programmes.scheme_typing import NEW, fill, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(client, staff):
    return fill(client, staff)


def edit_url(scheme):
    return reverse("programmes:scheme-edit", args=[scheme.pk])


def opened(client, scheme):
    return form_data(soup(client.get(edit_url(scheme))))


# Kinds, several contents, units that work together ---------------------------------------------------------------------


def test_kinds_contents_and_coordinators_are_saved_and_taken_away(client, filled):
    other, unit = ContentFactory(code="KC03.05", group=ContentFactory(code="KC03")), UnitFactory(name="Hội làng nghề")
    typed = {"is_flagship": "on", "is_group": "on", "selection": "bidding", "kind": "task"}

    client.post(reverse(NEW), filled | typed | {"other_contents": [other.pk], "coordinators": [unit.pk]})

    scheme = Scheme.objects.get()
    assert (scheme.is_flagship, scheme.is_group, scheme.selection, scheme.kind) == (True, True, "bidding", "task")
    assert [one.content for one in scheme.other_contents.all()] == [other]
    assert [one.unit for one in scheme.coordinators.all()] == [unit]

    data = opened(client, scheme)
    assert data["other_contents"] == [str(other.pk)]
    client.post(edit_url(scheme), {key: value for key, value in data.items() if key != "other_contents"})
    assert not scheme.other_contents.exists()
    assert scheme.coordinators.exists()


def test_the_main_content_is_not_one_of_the_others(client, filled):
    page = soup(client.post(reverse(NEW), filled | {"other_contents": [filled["content"]]}))

    assert not Scheme.objects.exists()
    assert "Nội dung chính đã chọn ở trên" in page.select_one("[name=other_contents]").find_parent("div").get_text()


def test_a_flagship_with_one_content_is_saved_and_led_back_to_the_field(client, filled):
    response = client.post(reverse(NEW), filled | {"is_flagship": "on", "submit": "1"})

    scheme = Scheme.objects.get()
    assert scheme.status == "draft"
    assert response.url == f"{edit_url(scheme)}#id_other_contents"
    assert "Đề án điểm phải có từ hai nội dung" in soup(client.get(response.url)).get_text()


# Several years ---------------------------------------------------------------------------------------------------------


def test_money_of_several_years_is_saved_by_source_and_year(client, filled):
    client.post(reverse(NEW), filled)
    scheme = Scheme.objects.get()
    data = opened(client, scheme)

    client.post(edit_url(scheme), data | {"years-national-2020": "1 tỷ", "years-national-2021": "500 triệu"})
    client.post(edit_url(scheme), opened(client, scheme) | {"name": "Tên mới"})

    assert {(row.source_id, row.year): int(row.planned_amount) for row in scheme.years.all()} == {
        ("national", 2020): 1_000_000_000,
        ("national", 2021): 500_000_000,
    }
    client.post(edit_url(scheme), opened(client, scheme) | {"years-national-2020": "", "years-national-2021": ""})
    assert not scheme.years.exists()


def test_years_that_do_not_add_up_are_said_beside_the_proposed_amount_and_stay(client, filled):
    client.post(reverse(NEW), filled)
    scheme = Scheme.objects.get()

    page = soup(client.post(edit_url(scheme), opened(client, scheme) | {"years-national-2020": "1 tỷ"}))

    cell = page.select_one("[name='funding-national-proposed_amount']").find_parent("td")
    said = "Các năm cộng lại là 1.000.000.000 đồng, kinh phí đề nghị là 1.500.000.000 đồng. Hai số phải bằng nhau."
    assert said in cell.get_text()
    assert page.select_one("[name='years-national-2020']")["value"] == "1 tỷ"
    assert page.select_one("#part-years").has_attr("open")
    assert not scheme.years.exists()


def test_a_year_before_the_plan_is_refused_at_its_cell(client, filled):
    client.post(reverse(NEW), filled | {"year": "2019"})
    scheme = Scheme.objects.get()
    data = opened(client, scheme) | {"year": "2020", "years-national-2019": "1,5 tỷ"}

    page = soup(client.post(edit_url(scheme), data))

    assert (
        "Năm 2019 trước năm kế hoạch 2020."
        in page.select_one("[name='years-national-2019']").find_parent("td").get_text()
    )


# Beneficiaries ---------------------------------------------------------------------------------------------------------


def test_what_the_support_pays_for_is_saved_with_its_ground(client, staff, filled):
    facility = FacilityFactory(province=staff.province)
    row = {"facility": facility.pk, "proposed_amount": "250 triệu", "cost_item": "Máy sấy", "base_cost": "600 triệu"}

    page = soup(client.post(reverse(NEW), filled | rows_of("beneficiaries", row | {"is_priority": "on"})))
    assert any("Ghi căn cứ ưu tiên" in said for said in sentences(page))
    assert page.select_one(".row-details").has_attr("open")
    row |= {"is_priority": "on", "priority_ground": "Sản phẩm tiêu biểu"}
    client.post(reverse(NEW), filled | rows_of("beneficiaries", row))

    benefit = Scheme.objects.get().beneficiaries.get()
    assert (benefit.cost_item, int(benefit.base_cost), benefit.is_priority) == ("Máy sấy", 600_000_000, True)


def test_details_that_the_other_changed_are_taken_over(client, staff, filled):
    facility = FacilityFactory(province=staff.province, name="Cơ sở chung")
    client.post(
        reverse(NEW), filled | rows_of("beneficiaries", {"facility": facility.pk, "proposed_amount": "1 triệu"})
    )
    scheme = Scheme.objects.get()
    mine = opened(client, scheme)
    client.post(
        edit_url(scheme), mine | {"beneficiaries-0-cost_item": "Máy sấy", "beneficiaries-0-base_cost": "5 triệu"}
    )

    page = soup(client.post(edit_url(scheme), mine | {"name": "Tên của tôi"}))
    client.post(edit_url(scheme), form_data(page))

    scheme.refresh_from_db()
    assert scheme.name == "Tên của tôi"
    assert (scheme.beneficiaries.get().cost_item, int(scheme.beneficiaries.get().base_cost)) == ("Máy sấy", 5_000_000)


def test_facilities_of_many_rows_are_asked_for_at_once(client, staff, monkeypatch):
    """Also where they are too many to be drawn: rows show no query of their own, a refused save none for its facility."""
    client.force_login(staff)
    shown, refused = [], []
    for few, many in ((300, 1), (300, 3), (0, 1), (0, 3)):
        monkeypatch.setattr("programmes.forms.parts.FEW", few)
        facilities = {FacilityFactory(province=staff.province): 5 for _ in range(many)}
        scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 99}, benefits=facilities)
        data = opened(client, scheme)
        with CaptureQueriesContext(connection) as queries:
            client.get(edit_url(scheme))
        shown.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.post(edit_url(scheme), data | {"name": ""})
        refused.append(len([one for one in queries if "facilities_facility" in one["sql"]]))

    assert len(set(shown)) == 1
    assert len(set(refused)) == 1


# Ceilings --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def over(client, staff, filled):
    """A saved draft that asks 400 triệu for a facility that may get 300."""
    SupportRuleFactory(content=ContentFactory(code="KC03.04"), level="local", document="NQ 5/2018", rate=None)
    facility = FacilityFactory(province=staff.province, name="Cơ sở sấy")
    money = {"funding-national-proposed_amount": "", "funding-province-proposed_amount": "400 triệu"}
    row = rows_of("beneficiaries", {"facility": facility.pk, "proposed_amount": "400 triệu"})
    response = client.post(reverse(NEW), filled | money | row)
    return Scheme.objects.get(), response


SENTENCE = (
    "Cơ sở sấy: hỗ trợ 400.000.000 đồng vượt mức theo NQ 5/2018; còn được hỗ trợ tối đa 300.000.000 đồng. "
    "Giảm số tiền, hoặc ghi lý do vượt mức."
)


def box(page):
    return page.select_one("tr textarea[name^=ceiling-]")


def test_a_draft_above_the_ceiling_comes_back_with_a_box_for_the_reason_at_its_row(client, over):
    scheme, response = over
    page = soup(client.get(response.url))

    assert response.url == f"{edit_url(scheme)}#part-beneficiaries"
    assert SENTENCE in box(page).find_parent("tr").get_text(" ", strip=True)


def test_sending_without_a_reason_is_refused_with_the_sentence_of_the_database(client, over):
    scheme, _ = over

    page = soup(client.post(edit_url(scheme), opened(client, scheme) | {"submit": "1"}, follow=True))

    scheme.refresh_from_db()
    assert scheme.status == "draft"
    assert f"Chưa gửi được: {SENTENCE}" in page.get_text()
    assert SENTENCE in box(page).find_parent("tr").get_text(" ", strip=True)


def test_with_a_reason_it_is_sent_and_waits_for_a_second_person(client, staff, over):
    scheme, _ = over
    name = box(soup(client.get(edit_url(scheme))))["name"]

    client.post(edit_url(scheme), opened(client, scheme) | {name: "Hai dây chuyền", "submit": "1"})

    scheme.refresh_from_db()
    exception = CeilingException.objects.get()
    assert scheme.status == "submitted"
    assert (exception.reason, exception.requested_by, exception.confirmed_by) == ("Hai dây chuyền", staff, None)
    assert (
        "chờ người thứ hai xác nhận" in soup(client.get(scheme.get_absolute_url())).select_one("#ceilings").get_text()
    )


def test_a_typed_reason_survives_a_refusal(client, over):
    scheme, _ = over
    data = opened(client, scheme)
    name = box(soup(client.get(edit_url(scheme))))["name"]

    page = soup(client.post(edit_url(scheme), data | {name: "Hai dây chuyền", "name": ""}))

    assert box(page).get_text(strip=True) == "Hai dây chuyền"
    assert not CeilingException.objects.exists()


# Comments of reviewers -------------------------------------------------------------------------------------------------


@pytest.fixture
def returned(client, staff):
    """A returned scheme with a comment on its name and one on its money."""
    scheme = SchemeFactory(province=staff.province, created_by=staff, money={"province": 9}, state="submitted")
    reviewer = UserFactory(role="reviewer", province=staff.province)
    for field, label, text in (
        ("name", "Tên đề án", "Ghi rõ tên máy"),
        ("line-province", "Kinh phí", "Giải trình số 9"),
    ):
        ReviewComment.objects.create(
            scheme=scheme,
            field=field,
            label=label,
            text=text,
            made_by=reviewer,
            made_at=timezone.now(),
            submitted_at=DAY_TIME,
        )
    services.return_scheme(scheme, by=reviewer, reason="Bổ sung", number="3/TB", on=DAY)
    client.force_login(staff)
    scheme.refresh_from_db()
    return scheme


DAY_TIME = timezone.now()  # the database writes the moment of the sending itself


def test_comments_stand_beside_their_fields_with_a_box_for_the_answer(client, returned):
    page = soup(client.get(edit_url(returned)))

    said = page.select_one("[name=name]").find_parent("div", class_="field").find_next_sibling("div", class_="note")
    money = page.select_one("[name='funding-province-proposed_amount']").find_parent("tr").find_next_sibling("tr")
    assert "Ghi rõ tên máy" in said.get_text()
    assert said.select_one("textarea[name$=-answer]")
    assert "Giải trình số 9" in money.get_text()


def test_answers_are_kept_with_who_gave_them(client, staff, returned):
    first, second = returned.comments.all()
    data = opened(client, returned) | {f"comment-{first.pk}-answer": "Đã ghi tên máy"}

    client.post(edit_url(returned), data)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.answer, first.answered_by) == ("Đã ghi tên máy", staff)
    assert (second.answer, second.answered_by) == ("", None)


def test_unanswered_comments_are_pointed_out_before_sending(client, returned):
    first, second = returned.comments.all()
    page = soup(client.get(returned.get_absolute_url()))
    assert "Còn 2 ý kiến thẩm định chưa có giải trình." in page.select_one("dialog#submit").get_text()

    data = opened(client, returned) | {f"comment-{first.pk}-answer": "Đã ghi", "submit": "1"}
    page = soup(client.post(edit_url(returned), data, follow=True))
    returned.refresh_from_db()
    assert returned.status == "returned"
    assert "chưa gửi: còn 1 ý kiến thẩm định chưa có giải trình" in page.get_text()

    data = opened(client, returned) | {f"comment-{second.pk}-answer": "Theo báo giá", "submit": "1"}
    client.post(edit_url(returned), data)
    returned.refresh_from_db()
    assert returned.status == "submitted"


# Double clicks ---------------------------------------------------------------------------------------------------------


def test_the_same_new_form_sent_twice_makes_one_draft(client, filled):
    client.post(reverse(NEW), filled)
    again = client.post(reverse(NEW), filled)

    scheme = Scheme.objects.get()
    assert again.url == scheme.get_absolute_url()


def test_other_text_in_a_form_that_was_saved_goes_on_as_an_edit_and_nothing_is_lost(client, filled):
    client.post(reverse(NEW), filled)

    page = soup(client.post(reverse(NEW), filled | {"name": "Tên đã sửa"}))
    assert page.select_one("[name=name]")["value"] == "Tên đã sửa"
    client.post(page.select_one("form#scheme")["action"], form_data(page))

    assert Scheme.objects.get().name == "Tên đã sửa"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("opened_forms", "drafts"), [(1, 1), (2, 2)])
def test_two_posts_at_once_of_one_form_make_one_draft(client, staff, opened_forms, drafts):
    """Two forms opened apart are the control: they do make two drafts."""
    data = fill(client, staff)
    forms = [data, data if opened_forms == 1 else data | {"entry": form_data(soup(client.get(reverse(NEW))))["entry"]}]
    barrier, answers = threading.Barrier(2), []

    def send(typed):
        other = Client()
        other.cookies = client.cookies
        barrier.wait()
        try:
            answers.append(other.post(reverse(NEW), typed).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[typed]) for typed in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [302, 302]
    assert Scheme.objects.count() == drafts
