"""Decisions that change an approved scheme, as reviewers record them."""

import pytest
from django.urls import reverse

from programmes import services
from programmes.models import AdjustmentAuthority, FundingLine
from tests.factories import DAY, FacilityFactory, ProvinceFactory, SchemeFactory, SourceFactory, UserFactory
from tests.pages import sentences, soup
from tests.programmes.reviewing import MISSING, MONEY, NATIONAL, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(db):
    """An approved scheme with one beneficiary."""
    return SchemeFactory(money=MONEY, benefits={FacilityFactory(): 100_000_000}, state="approved")


def url(scheme, **query):
    return reverse("admin:programmes_scheme_adjust", args=[scheme.pk], query=query)


def decision(scheme, kind, **changes):
    """What the form sends when nothing is changed, but for `changes`."""
    data = {"kind": kind, "version": scheme.version, "authority": "chair", "number": "20/QĐ-UBND"}
    data |= {"decided_on": "03/03/2020", "reason": "Theo thực tế", "end_on": ""}
    data |= {"changes-TOTAL_FORMS": "0", "changes-INITIAL_FORMS": "0"}
    for line in scheme.funding_lines.all():
        data[f"line-{line.source_id}-after"] = str(line.agreed_amount)
    for benefit in scheme.beneficiaries.all():
        data[f"benefit-{benefit.facility_id}-after"] = str(benefit.approved_amount)
    return data | changes


def test_the_kind_is_chosen_first_and_narrows_who_may_decide_with_the_clause(reading):
    scheme = SchemeFactory(level="national", money=NATIONAL, state="approved")
    law = {"level": "national", "clause": "TT 36/2013/TT-BCT, Điều 11", "is_verified": True, "valid_from": DAY}
    AdjustmentAuthority.objects.create(kind="increase", authority="minister", **law)
    AdjustmentAuthority.objects.create(kind="decrease", authority="agency", **law)
    AdjustmentAuthority.objects.create(kind="decrease", authority="department", is_group=True, **law)

    kinds = soup(reading.get(url(scheme)))
    increase, decrease = (soup(reading.get(url(scheme, kind=kind))) for kind in ("increase", "decrease"))

    assert len(kinds.select("[name=kind]")) == 10
    assert [one.get_text(strip=True) for one in increase.select("#adjust_authority label")] == [
        "Bộ trưởng Bộ Công Thương (TT 36/2013/TT-BCT, Điều 11)"
    ]
    assert [one.get_text(strip=True) for one in decrease.select("#adjust_authority label")] == [
        "Cục Công Thương địa phương (TT 36/2013/TT-BCT, Điều 11)"
    ]


def test_amounts_go_from_what_is_in_force_to_what_the_decision_says(reading, reviewer, approved):
    facility = approved.beneficiaries.get().facility_id
    changes = {"line-province-after": "120 triệu", f"benefit-{facility}-after": "90 triệu"}

    response = reading.post(url(approved), decision(approved, "decrease", **changes))

    made = approved.adjustments.get()
    assert response["Location"] == page_of(approved)
    assert (made.number, made.made_by, made.get_authority_display()) == (
        "20/QĐ-UBND",
        reviewer,
        "Chủ tịch UBND tỉnh",
    )
    assert list(made.lines.values_list("source", "before_amount", "after_amount")) == [
        ("province", 150_000_000, 120_000_000)
    ]
    assert list(made.benefits.values_list("before_amount", "after_amount")) == [(100_000_000, 90_000_000)]
    line = approved.funding_lines.get(source="province")
    assert (line.approved_amount, line.adjusted_amount) == (150_000_000, 120_000_000)


def test_a_source_and_a_facility_are_added_in_one_decision(reading, approved):
    SourceFactory(code="sponsor")
    new = FacilityFactory()
    changes = {
        "new-line-part": "sponsor",
        "new-line-after": "10 triệu",
        "new-benefit-part": new.pk,
        "new-benefit-after": "40 triệu",
    }

    reading.post(url(approved), decision(approved, "beneficiary", **changes))

    line = approved.funding_lines.get(source="sponsor")
    assert (line.proposed_amount, line.approved_amount, line.adjusted_amount) == (0, 0, 10_000_000)
    assert approved.beneficiaries.get(facility=new).adjusted_amount == 40_000_000
    assert approved.adjustments.count() == 1


def test_changes_in_words_and_a_new_end_are_kept(reading, approved):
    changes = {
        "end_on": "31/12/2020",
        "changes-TOTAL_FORMS": "1",
        "changes-0-label": "Địa điểm",
        "changes-0-before": "xóm 1",
        "changes-0-after": "xóm 2",
    }

    reading.post(url(approved), decision(approved, "time", **changes))

    approved.refresh_from_db()
    made = approved.adjustments.get()
    assert f"{approved.adjusted_end_on:%d/%m/%Y}" == "31/12/2020"
    assert list(made.changes.values_list("label", "before", "after")) == [("Địa điểm", "xóm 1", "xóm 2")]


def test_a_second_click_is_told_and_records_nothing(reading, approved):
    data = decision(approved, "decrease", **{"line-province-after": "120 triệu"})

    reading.post(url(approved), data)
    again = soup(reading.post(url(approved), data))

    assert services.STALE in sentences(again)
    assert approved.adjustments.count() == 1


@pytest.mark.parametrize(
    ("kind", "changes", "field", "sentence"),
    [
        ("time", {}, "end_on", MISSING),
        ("decrease", {"number": ""}, "number", MISSING),
        (
            "decrease",
            {"decided_on": "01/03/2020", "line-province-after": "1"},
            "decided_on",
            "Ngày quyết định điều chỉnh phải từ ngày phê duyệt đề án đến hôm nay.",
        ),
    ],
)
def test_a_refusal_stands_beside_its_field(reading, approved, kind, changes, field, sentence):
    page = soup(reading.post(url(approved), decision(approved, kind, **changes)))

    assert page.find(id=f"adjust_{field}_error").get_text(strip=True) == sentence
    assert not approved.adjustments.exists()


def test_more_support_is_only_of_its_own_kind_and_leaves_no_new_line(reading, approved):
    SourceFactory(code="commune")
    changes = {"new-line-part": "commune", "new-line-after": "10 triệu"}

    page = soup(reading.post(url(approved), decision(approved, "decrease", **changes)))

    assert "Tổng hỗ trợ tăng từ 0 lên 10.000.000 đồng" in sentences(page)[0]
    assert not FundingLine.objects.filter(scheme=approved, source="commune").exists()


def test_an_amount_for_nothing_is_told(reading, approved):
    page = soup(reading.post(url(approved), decision(approved, "decrease", **{"new-line-after": "10 triệu"})))

    assert page.find(id="id_new-line-part_error").get_text(strip=True) == "Chọn nguồn được thêm."


def test_a_scheme_that_is_not_approved_or_accepted_already_is_not_adjusted(reading, submitted):
    for scheme in (submitted, SchemeFactory(money=MONEY, state="accepted")):
        answer = soup(reading.get(url(scheme), follow=True))
        assert "Chỉ điều chỉnh đề án đã phê duyệt và chưa nghiệm thu." in answer.select_one(".messagelist").get_text()


def test_others_and_other_provinces_do_not_adjust(client, auditor, approved):
    client.force_login(auditor)
    refused = client.post(url(approved), decision(approved, "decrease"))
    client.force_login(UserFactory(role="reviewer", province=ProvinceFactory(code="01", name="Hà Nội")))
    elsewhere = client.get(url(approved))

    assert (refused.status_code, elsewhere.status_code) == (403, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_for_one_beneficiary_and_three(reading, count, django_assert_num_queries):
    benefits = dict.fromkeys(FacilityFactory.create_batch(count), 1_000_000)
    scheme = SchemeFactory(money=MONEY, benefits=benefits, state="approved")

    with django_assert_num_queries(12):
        reading.get(url(scheme, kind="decrease"))
