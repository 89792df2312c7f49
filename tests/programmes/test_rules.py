"""Every rule refuses by name and with its sentence, through the barest door there is: SQL from the ORM's update()."""

import datetime
import unicodedata

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from programmes import services
from programmes.models import FundingLine, Scheme
from tests.factories import (
    DAY,
    BeneficiaryFactory,
    FacilityFactory,
    FundingLineFactory,
    LineageFactory,
    PlanFundingFactory,
    ProvinceFactory,
    SchemeFactory,
    SourceFactory,
    UserFactory,
    appraise,
    settle_lines,
    walk,
)
from tests.programmes.refusing import refused

pytestmark = pytest.mark.django_db
LATE = datetime.date(2025, 7, 1)


def test_scheme_must_start_as_a_draft():
    sentence = refused(lambda: SchemeFactory(status="approved"), "scheme_starts_as_draft")

    assert sentence == "Đề án mới phải bắt đầu từ bản nháp, rồi đi qua từng bước."


def test_a_scheme_that_asks_for_nothing_is_not_submitted():
    scheme = SchemeFactory()

    sentence = refused(lambda: services.submit_scheme(scheme, by=scheme.created_by), "scheme_asks_for_money")

    assert "nhập số tiền ở ít nhất một nguồn" in sentence


@pytest.mark.parametrize("person", ["created_by", "submitted_by"])
def test_who_entered_or_sent_it_does_not_decide_it(person):
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    themself = getattr(scheme, person)
    appraise(scheme)
    themself.role = "reviewer"
    themself.save()

    sentence = refused(
        lambda: services.approve_scheme(scheme, by=themself, reason="tốt", number="1/QĐ", on=DAY), "scheme_four_eyes"
    )

    assert sentence == "Người lập hoặc người gửi đề án không được tự quyết định đề án đó."


def approve(scheme, on=DAY, **options):
    reviewer = UserFactory(role="reviewer", province=scheme.province)
    appraise(scheme)
    return services.approve_scheme(scheme, by=reviewer, reason="Đủ điều kiện", number="15/QĐ-SCT", on=on, **options)


def test_approved_above_proposed_needs_a_reason():
    scheme = SchemeFactory(money={"province": 100}, state="submitted")

    refused(lambda: approve(scheme, amounts={"province": (101, "")}), "funding_line_approved_within_proposed")
    approve(scheme, amounts={"province": (101, "Bổ sung theo thực tế")})

    assert scheme.funding_lines.get().approved_amount == 101


def test_approved_equal_to_proposed_passes():
    assert approve(SchemeFactory(money={"province": 100}, state="submitted")).status == "approved"


def test_settled_above_approved_is_refused():
    scheme = SchemeFactory(money={"province": 100}, state="accepted")

    refused(lambda: scheme.funding_lines.update(settled_amount=101), "funding_line_settled_within_accepted")
    scheme.funding_lines.update(settled_amount=100)


def test_district_money_is_not_decided_after_its_last_day():
    scheme = SchemeFactory(year=2025, money={"province": 100, "district": 50}, state="submitted")

    sentence = refused(lambda: approve(scheme, on=LATE), "scheme_source_open_on_decision")
    approve(scheme, on=LATE - datetime.timedelta(days=1))

    assert sentence.startswith("Ngân sách huyện chỉ được quyết định đến hết ngày 30/06/2025.")


def test_district_money_left_at_nothing_may_be_decided_later():
    scheme = SchemeFactory(year=2025, money={"province": 100, "district": 50}, state="submitted")

    assert approve(scheme, on=LATE, amounts={"province": (100, ""), "district": (0, "")}).status == "approved"


def test_district_money_is_not_asked_for_a_year_after_it_closed():
    scheme = SchemeFactory(year=2026)

    sentence = refused(
        lambda: FundingLineFactory(scheme=scheme, source=SourceFactory(code="district")),
        "funding_line_source_open_in_year",
    )

    assert sentence == "Ngân sách huyện đã đóng từ sau ngày 30/06/2025 nên không dùng cho đề án năm 2026."


def test_plan_money_of_the_district_is_not_decided_after_its_last_day():
    refused(lambda: PlanFundingFactory(year=2025, decision_on=LATE), "plan_funding_source_open")
    PlanFundingFactory(year=2025, decision_on=LATE - datetime.timedelta(days=1))


def test_plan_money_is_confirmed_by_another_and_then_final():
    funding = PlanFundingFactory()
    reviewer = UserFactory(role="reviewer")
    writer = funding.created_by
    writer.role = "reviewer"

    refused(lambda: services.confirm_plan_funding(funding, by=writer), "plan_funding_four_eyes")
    services.confirm_plan_funding(funding, by=reviewer)

    refused(lambda: type(funding).objects.update(approved_amount=1), "plan_funding_confirmed_is_final")


def test_beneficiaries_get_no_more_than_the_support():
    scheme = SchemeFactory(money={"province": 100, "counterpart": 900})
    BeneficiaryFactory(scheme=scheme, proposed_amount=60)

    sentence = refused(lambda: BeneficiaryFactory(scheme=scheme, proposed_amount=41), "beneficiaries_within_support")
    BeneficiaryFactory(scheme=scheme, proposed_amount=40)

    assert sentence == (
        "Tổng hỗ trợ đề nghị cho các đơn vị thụ hưởng là 101 đồng, vượt kinh phí hỗ trợ đề nghị của đề án là 100 đồng."
    )


def test_support_is_not_cut_below_what_beneficiaries_get():
    scheme = SchemeFactory(money={"province": 100})
    BeneficiaryFactory(scheme=scheme, proposed_amount=100)

    refused(lambda: scheme.funding_lines.update(proposed_amount=99), "beneficiaries_within_support")
    refused(lambda: scheme.funding_lines.all().delete(), "beneficiaries_within_support")


def test_what_beneficiaries_get_is_cut_with_the_approved_support():
    scheme = SchemeFactory(money={"province": 100})
    benefit = BeneficiaryFactory(scheme=scheme, proposed_amount=100)
    services.submit_scheme(scheme, by=scheme.created_by)

    refused(lambda: approve(scheme, amounts={"province": (70, "")}), "beneficiaries_within_support")
    approve(scheme, amounts={"province": (70, "")}, benefits={benefit.facility_id: 70})


@pytest.mark.parametrize("state", ["submitted", "approved", "settled"])
def test_a_scheme_that_was_sent_no_longer_changes(state):
    scheme = SchemeFactory(money={"province": 100}, state=state)

    refused(lambda: Scheme.objects.filter(pk=scheme.pk).update(name="Tên khác"), "scheme_locked_once_sent")
    refused(lambda: scheme.funding_lines.update(proposed_amount=5), "funding_line_locked")
    refused(lambda: FundingLineFactory(scheme=scheme, source=SourceFactory(code="sponsor")), "funding_line_locked")
    refused(lambda: scheme.delete(), "" if state == "settled" else "funding_line_locked")  # its books hold it
    refused(lambda: BeneficiaryFactory(scheme=scheme), "beneficiary_locked")


def test_a_returned_scheme_changes_again():
    scheme = SchemeFactory(money={"province": 100}, state="returned")

    Scheme.objects.filter(pk=scheme.pk).update(name="Tên đã sửa")
    scheme.funding_lines.update(proposed_amount=90)


def test_a_decision_is_final():
    scheme = SchemeFactory(money={"province": 100}, state="approved")

    refused(lambda: Scheme.objects.filter(pk=scheme.pk).update(decision_number="99"), "scheme_decision_is_final")


def test_a_decision_has_number_and_day():
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    reviewer = UserFactory(role="reviewer")

    refused(
        lambda: services.reject_scheme(scheme, by=reviewer, reason="Trùng", number=None, on=DAY),
        "scheme_decision_stamp",
    )
    refused(
        lambda: services.reject_scheme(scheme, by=reviewer, reason="Trùng", number=" ", on=DAY),
        "scheme_decision_number_given",
    )
    refused(lambda: services.reject_scheme(scheme, by=reviewer, reason=" ", number="1", on=DAY), "reason")


def test_a_decision_is_not_dated_tomorrow():
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    sentence = refused(lambda: approve(scheme, on=tomorrow), "scheme_decision_not_in_future")

    assert sentence == "Ngày quyết định không được ở tương lai."


def test_dates_follow_one_another():
    scheme = SchemeFactory(money={"province": 100}, state="in_progress")
    before = DAY - datetime.timedelta(days=1)

    refused(
        lambda: services.accept_scheme(scheme, by=scheme.created_by, on=before), "scheme_decision_on_before_accepted_on"
    )
    walk_on = services.accept_scheme(scheme, by=scheme.created_by, on=DAY + datetime.timedelta(days=1))
    settle_lines(walk_on)
    refused(
        lambda: services.settle_scheme(walk_on, by=UserFactory(role="reviewer"), reason="x", number="1", on=DAY),
        "scheme_accepted_on_before_settled_on",
    )


def test_start_and_end_are_in_order():
    refused(lambda: SchemeFactory(start_on=LATE, end_on=DAY), "scheme_start_on_before_end_on")


def test_settlement_needs_every_line_and_another_person():
    scheme = SchemeFactory(money={"province": 100, "counterpart": 5}, state="accepted")
    reviewer = UserFactory(role="reviewer")
    decision = {"reason": "Khớp", "number": "8/QT", "on": DAY}

    refused(lambda: services.settle_scheme(scheme, by=reviewer, **decision), "scheme_every_line_settled")
    settle_lines(scheme)
    author = scheme.created_by
    author.role = "reviewer"
    author.save()
    refused(lambda: services.settle_scheme(scheme, by=author, **decision), "scheme_settled_by_another")

    assert services.settle_scheme(scheme, by=reviewer, **decision).status == "settled"


def test_a_province_takes_schemes_of_its_own_years_only():
    old = ProvinceFactory(code="17", name="Hòa Bình", valid_to=datetime.date(2025, 6, 30))

    SchemeFactory(province=old, year=2025)
    sentence = refused(lambda: SchemeFactory(province=old, year=2026), "scheme_province_of_the_year")

    assert sentence == "Hòa Bình không phải là đơn vị hành chính trong năm 2026. Hãy chọn lại năm hoặc tỉnh."


def test_one_line_a_source_and_one_row_a_facility():
    scheme = SchemeFactory(money={"province": 100})
    benefit = BeneficiaryFactory(scheme=scheme, proposed_amount=1)

    refused(lambda: FundingLineFactory(scheme=scheme), "funding_line_source_once")
    refused(lambda: BeneficiaryFactory(scheme=scheme, facility=benefit.facility), "beneficiary_once")


def test_nothing_is_negative():
    scheme = SchemeFactory(money={"province": 100})

    refused(lambda: scheme.funding_lines.update(proposed_amount=-1), "funding_line_proposed_amount_not_negative")


def test_a_name_in_another_unicode_form_is_stored_in_one_form():
    decomposed = unicodedata.normalize("NFD", "Hỗ trợ máy")

    SchemeFactory(name=decomposed)

    assert decomposed != "Hỗ trợ máy"
    assert Scheme.objects.get().name == "Hỗ trợ máy"


def test_every_version_is_kept_also_through_bulk_updates():
    scheme = SchemeFactory(money={"province": 100})
    FundingLine.objects.filter(scheme=scheme).update(proposed_amount=70)
    FundingLine.objects.filter(scheme=scheme).delete()

    events = FundingLine.pgh_event_model.objects.filter(scheme_id=scheme.pk).order_by("pgh_id")

    assert [(event.pgh_label, event.proposed_amount) for event in events] == [
        ("insert", 100),
        ("update", 70),
        ("delete", 70),
    ]


def test_history_itself_cannot_be_changed():
    scheme = SchemeFactory()

    with pytest.raises(InternalError, match="append_only"), transaction.atomic():
        scheme.events.update(name="Khác")


def test_walk_takes_a_draft_to_the_end():
    scheme = SchemeFactory(money={"province": 100})

    walk(scheme, "settled")

    assert scheme.status == "settled"


def test_a_facility_of_another_province_gets_nothing_from_a_scheme_here():
    scheme = SchemeFactory(money={"province": 100})
    elsewhere = FacilityFactory(name="Cơ sở bên kia", province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    sentence = refused(lambda: BeneficiaryFactory(scheme=scheme, facility=elsewhere), "beneficiary_of_the_place")

    assert sentence == "Cơ sở bên kia thuộc Hà Tĩnh, không thuộc địa bàn của đề án (Nghệ An)."


def test_a_facility_stands_in_the_province_that_its_schemes_province_became():
    old = ProvinceFactory(code="17", name="Hòa Bình")
    new = ProvinceFactory(code="25", name="Phú Thọ")
    LineageFactory(predecessor=old, successor=new)
    scheme = SchemeFactory(province=old, money={"province": 10**9})

    assert BeneficiaryFactory(scheme=scheme, facility=FacilityFactory(province=new)).pk


def test_a_draft_does_not_move_to_a_province_that_its_parts_are_not_of():
    scheme = SchemeFactory(money={"province": 100})
    BeneficiaryFactory(scheme=scheme, proposed_amount=1)
    elsewhere = ProvinceFactory(code="42", name="Hà Tĩnh")

    refused(lambda: Scheme.objects.update(province=elsewhere), "scheme_beneficiaries_of_the_place")


def test_an_approval_passes_after_its_facility_moved_away():
    scheme = SchemeFactory(money={"province": 100})
    facility = BeneficiaryFactory(scheme=scheme, proposed_amount=1).facility
    services.submit_scheme(scheme, by=scheme.created_by)
    type(facility).objects.update(province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    assert approve(scheme).status == "approved"


def test_a_reviewer_of_another_province_decides_nothing_here():
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    stranger = UserFactory(role="reviewer", province=ProvinceFactory(code="42", name="Hà Tĩnh"))

    refused(lambda: services.approve_scheme(scheme, by=stranger, reason="Đủ", number="1", on=DAY), "scheme_scope")


def test_the_reason_of_an_adjustment_is_final():
    scheme = SchemeFactory(money={"province": 100}, state="approved")

    refused(lambda: scheme.funding_lines.update(adjustment_reason="Viết lại"), "funding_line_locked")
