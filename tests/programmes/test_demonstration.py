"""The demonstration: what Nghệ An's closing conference of 2020 made public comes out of the rows, exactly."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from facilities.models import Facility
from khuyencong.demo import ACCOUNTS
from khuyencong.models import Province, User
from programmes.enums import Level, Status
from programmes.models import (
    ActivityContent,
    CeilingException,
    FundingLine,
    PlanFunding,
    Scheme,
    SchemeBeneficiary,
    SchemeResult,
)
from tests.demonstration import loaded

YEARS = range(2016, 2021)
TOLD = {  # names of the article
    "Hỗ trợ ứng dụng máy móc, thiết bị tiên tiến trong sản xuất thực phẩm, đồ uống",
    "Hỗ trợ ứng dụng máy móc, thiết bị tiên tiến trong sản xuất gỗ ghép thanh xuất khẩu",
    "Công ty TNHH MTV Nước khoáng Công đoàn Quang Hanh",
    "Công ty CP Sữa Đông Triều",
    "Công ty TNHH Sản xuất và Thương mại Thủy sản Quảng Ninh",
    "Công ty CP Chế biến lâm sản Quảng Ninh",
}
PAST = {"scheme__province__code": "40", "scheme__year__in": YEARS}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for this module; each test's own transaction is a savepoint in this one."""
    with django_db_blocker.unblock(), loaded():
        yield


def nghe_an():
    return Scheme.objects.in_years(YEARS).filter(province__code="40")


def test_there_are_452_schemes_417_local_and_35_national():
    assert Counter(nghe_an().values_list("level", flat=True)) == {Level.LOCAL: 417, Level.NATIONAL: 35}


def test_the_money_of_each_source_is_what_was_published():
    approved = FundingLine.objects.filter(**PAST).support().totals_by_source()
    districts = PlanFunding.objects.filter(province__code="40").in_years(YEARS).confirmed()

    assert approved == {"province": 22_000_000_000, "national": 14_745_000_000}
    assert districts.aggregate(total=Sum("approved_amount"))["total"] == 2_250_000_000
    assert sorted(districts.values_list("source", "year")) == [("district", year) for year in YEARS]


def test_local_schemes_have_province_money_and_national_ones_national_money():
    lines = FundingLine.objects.filter(**PAST).support()

    assert set(lines.values_list("scheme__level", "source")) == {("local", "province"), ("national", "national")}
    assert lines.count() == 452


def test_every_past_scheme_is_settled_at_what_was_approved():
    assert set(nghe_an().values_list("status", flat=True)) == {Status.SETTLED}
    assert not FundingLine.objects.filter(**PAST).exclude(settled_amount=F("approved_amount")).exists()


@pytest.mark.parametrize(
    ("contents", "indicator", "actual"),
    [
        (["KC03.01"], "mo-hinh", 9),
        (["KC01.01", "KC01.02"], "lop", 44),
        (["KC01.01", "KC01.02"], "lao-dong", 1370),
        (["KC02.01", "KC02.02", "KC02.05", "KC02.07"], "hoi-nghi", 32),
        (["KC02.01", "KC02.02", "KC02.05", "KC02.07"], "luot-nguoi", 4490),
        (["KC02.03"], "doan-khao-sat", 17),
        (["KC07.03"], "quy-hoach-ccn", 8),
        (["KC04.01"], "dot-binh-chon", 3),
        (["KC04.01"], "san-pham-huyen", 113),
        (["KC04.01"], "san-pham-tinh", 51),
        (["KC04.01"], "san-pham-khu-vuc", 16),
        (["KC04.01"], "san-pham-quoc-gia", 8),
        (["KC04.05"], "ky-hoi-cho", 25),
        (["KC04.05"], "luot-doanh-nghiep", 500),
        (["KC04.08"], "phong-trung-bay", 1),
    ],
)
def test_a_result_is_what_was_published_and_no_other_content_counts_in_it(contents, indicator, actual):
    results = SchemeResult.objects.filter(**PAST, indicator__code=indicator)

    assert set(results.values_list("scheme__content__code", flat=True)) == set(contents)
    assert results.aggregate(total=Sum("actual"))["total"] == actual


def test_71_facilities_got_a_production_line_and_7_villages_equipment():
    def supported(content, **which):
        return SchemeBeneficiary.objects.filter(**PAST, scheme__content__code=content, **which)

    village = {"facility__legal_form": Facility.LegalForm.VILLAGE}

    assert supported("KC03.05").values("facility").distinct().count() == 71
    assert not supported("KC03.05", **village).exists()
    assert supported("KC03.04", **village).values("facility").distinct().count() == 7


def test_results_stand_in_indicators_of_their_content():
    allowed = set(ActivityContent.objects.values_list("pk", "indicators"))
    used = set(SchemeResult.objects.values_list("scheme__content", "indicator"))

    assert used
    assert used <= allowed


@pytest.mark.parametrize(
    ("content", "to_2018", "since_2019"),
    [
        ("KC03.01", 500, 1000),
        ("KC03.04", 200, 300),
        ("KC03.05", 200, 450),
        ("KC03.06", 50, 50),
        ("KC04.07", 35, 35),
        ("KC05.03", 35, 35),
        ("KC05.06", 35, 35),
        ("KC07.09", 300, 300),
    ],
)
def test_no_facility_gets_more_than_the_ceiling_of_its_year(content, to_2018, since_2019):
    benefits = SchemeBeneficiary.objects.filter(**PAST, scheme__content__code=content)
    over = Q(scheme__year__lte=2018, approved_amount__gt=to_2018 * 1_000_000) | Q(
        approved_amount__gt=since_2019 * 1_000_000
    )

    assert benefits.exists()
    assert not benefits.filter(over).exists()


def test_beneficiaries_share_the_whole_support_and_add_more_themselves():
    supported = nghe_an().filter(beneficiaries__isnull=False).distinct()
    lines = {(line.scheme_id, line.source.is_support): line for line in _lines_of(supported)}
    shares = (
        SchemeBeneficiary.objects.filter(scheme__in=supported).values_list("scheme").annotate(Sum("approved_amount"))
    )

    assert dict(shares) == {scheme.pk: lines[scheme.pk, True].approved_amount for scheme in supported}
    assert all(lines[s.pk, False].approved_amount > lines[s.pk, True].proposed_amount for s in supported)


def _lines_of(schemes):
    return FundingLine.objects.filter(scheme__in=schemes).select_related("source")


def test_all_was_decided_and_finished_before_the_conference_in_the_order_of_the_steps():
    for scheme in nghe_an():
        days = [scheme.decision_on, scheme.start_on, scheme.end_on, scheme.accepted_on, scheme.settled_on]
        assert days == sorted(days), scheme
        assert scheme.created_at < scheme.submitted_at < scheme.decided_at < scheme.status_at, scheme
        assert (scheme.end_on.year, scheme.settled_on.year) == (scheme.year, scheme.year), scheme
        assert scheme.settled_on < timezone.datetime(2020, 11, 18).date(), scheme


def test_the_history_tells_each_step_and_why_the_rows_are_there():
    events = nghe_an().first().events.order_by("pgh_id")

    steps = list(dict.fromkeys(events.values_list("status", flat=True)))
    reasons = {event.pgh_context.metadata["reason"] for event in events.select_related("pgh_context")}

    assert steps == ["draft", "submitted", "approved", "in_progress", "accepted", "settled"]
    assert reasons == {"Nạp dữ liệu trình diễn"}


def test_a_year_is_under_way_in_every_state():
    now = timezone.localtime()
    current = Scheme.objects.filter(year=now.year, province__code="40")

    assert Counter(current.values_list("status", flat=True)) == {
        Status.DRAFT: 3,
        Status.SUBMITTED: 4,
        Status.RETURNED: 2,
        Status.REJECTED: 1,
        Status.APPROVED: 4,
        Status.IN_PROGRESS: 2,
        Status.ACCEPTED: 1,
        Status.TERMINATED: 1,
    }
    assert current.awaiting_decision().filter(submitted_at__lt=now - timedelta(days=7)).count() == 2
    assert set(current.values_list("province__valid_to", flat=True)) == {None}
    assert not current.filter(status__in=[Status.RETURNED, Status.REJECTED], status_reason="").exists()


def quang_ninh(**which):
    return Scheme.objects.filter(province__code="22", year=2021, **which)


def support_of(schemes):
    return FundingLine.objects.filter(scheme__in=schemes).support().totals_by_source()


def test_quang_ninh_did_in_2021_what_the_article_told():
    done = quang_ninh(status=Status.CLOSED)
    machinery = done.filter(level=Level.LOCAL, content__code="KC03.04")
    others = done.filter(level=Level.LOCAL).exclude(pk__in=machinery)
    national = done.get(level=Level.NATIONAL)

    assert support_of([national]) == {"national": 800_000_000}
    assert (machinery.count(), support_of(machinery)) == (8, {"province": 1_000_000_000})
    assert (others.count(), support_of(others)) == (8, {"province": 714_000_000})
    benefits = national.beneficiaries.all()
    assert {benefit.facility.name for benefit in benefits} <= TOLD
    assert [benefit.approved_amount <= 300_000_000 for benefit in benefits] == [True] * 3
    assert national.implementing_unit.name == "Trung tâm Xúc tiến và Phát triển Công Thương Quảng Ninh"


def test_one_supplement_of_quang_ninh_waits_at_the_agency():
    waiting = quang_ninh().exclude(status=Status.CLOSED).get()

    assert (waiting.status, waiting.decision_on) == (Status.REGISTERED, None)
    assert waiting.beneficiaries.get().facility.name == "Công ty CP Chế biến lâm sản Quảng Ninh"


def test_quang_ninh_walked_the_whole_procedure_with_papers_advances_and_even_books():
    for scheme in quang_ninh(status=Status.CLOSED):
        verbs = set(scheme.papers.values_list("verb", flat=True))
        sums = {kind: amount for kinds in scheme.entries.sums().values() for kind, amount in kinds.items()}

        assert {"contract", "liquidate"} <= verbs
        assert scheme.appraisals.count() == (2 if scheme.level == Level.NATIONAL else 1)
        assert 0 < sums["advance"] <= sums["settlement"] * 70 / 100
        assert sums["advance"] + sums["payment"] == sums["settlement"]


def test_the_years_under_way_show_what_else_may_happen():
    ours = Scheme.objects.filter(province__code="40", year__gt=2020)
    changed = ours.filter(adjustments__kind="decrease").get()
    line = changed.funding_lines.support().get()
    exception = CeilingException.objects.get()
    stopped = ours.get(status=Status.TERMINATED)

    assert ours.get(is_flagship=True).other_contents.count() == 1
    assert set(ours.get(is_flagship=True).years.values_list("year", flat=True)) == {
        timezone.localdate().year + n for n in (0, 1)
    }
    assert ours.get(is_group=True).status == Status.APPROVED
    assert (line.approved_amount, line.adjusted_amount) == (300_000_000, 240_000_000)
    assert changed.adjusted_end_on.year == changed.year + 1
    assert exception.amount > exception.most
    assert exception.confirmed_by != exception.requested_by
    assert (
        sum(amount if kind != "refund" else -amount for kind, amount in stopped.entries.values_list("kind", "amount"))
        == 0
    )
    late = ours.filter(year__lt=timezone.localdate().year, status=Status.IN_PROGRESS, adjusted_end_on=None).get()
    assert late.entries.get().kind == "advance"


def test_one_sum_waits_for_confirmation():
    assert list(PlanFunding.objects.awaiting_confirmation().values_list("source", flat=True)) == ["commune"]


def test_people_of_nghe_an_do_not_see_ha_tinh():
    seen = Scheme.objects.visible_to(User.objects.get(username="canbo"))
    all_seen = Scheme.objects.visible_to(User.objects.get(username="quocgia"))

    count_by_code = dict(all_seen.values_list("province__code").annotate(Count("pk")).order_by())
    assert count_by_code == {"40": 473, "42": 8, "17": 8, "25": 8, "26": 8, "22": 18}
    assert set(seen.values_list("province__code", flat=True)) == {"40"}
    assert seen.count() == 473


def test_every_row_is_marked_illustrative_and_named_so():
    for model in (Scheme, Facility, PlanFunding):
        assert model.objects.exists()
        assert not model.objects.filter(is_illustrative=False).exists()
    for model in (Scheme, Facility):
        assert not model.objects.exclude(name__contains="minh họa").exclude(name__in=TOLD).exists()
    assert not Facility.objects.filter(name__in=TOLD).exclude(note__contains="Làng nghề Việt").exists()
    assert not Scheme.objects.filter(name__in=TOLD).exclude(objective__contains="số liệu minh họa").exists()
    assert not Facility.objects.exclude(tax_code="", phone="", contact_name="").exists()


def test_the_accounts_belong_to_the_province_of_today(settings):
    people = {user.username: user for user in User.objects.all()}
    nghe_an_now = Province.objects.on(timezone.localdate()).get(code="40")

    assert people.keys() == {account.username for account in ACCOUNTS}
    assert people.pop("quocgia").province is None
    assert people.pop("phutho").province.code == "25"
    assert {people.pop(name).province.code for name in ("quangninh", "thamdinhqn")} == {"22"}
    assert {people.pop(name).province.code for name in ("quangtri", "thamdinhqt")} == {"44"}
    assert {user.province for user in people.values()} == {nghe_an_now}
    assert people["canbo"].check_password(settings.DEMO_PASSWORD)


def test_what_three_provinces_did_is_seen_by_the_people_of_the_one_that_they_became():
    seen = Scheme.objects.visible_to(User.objects.get(username="phutho"))
    totals = FundingLine.objects.filter(scheme__in=seen).support().totals_by_source()

    assert set(seen.values_list("province__name", flat=True)) == {"Hòa Bình", "Phú Thọ", "Vĩnh Phúc"}
    assert totals == {"national": 1_240_000_000, "province": 1_705_000_000}


def _row_counts():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_loading_again_adds_nothing_and_keeps_passwords(django_assert_max_num_queries):
    person = User.objects.get(username="canbo")
    person.set_password("mat-khau-da-doi-roi")
    person.save()
    rows = _row_counts()

    with django_assert_max_num_queries(60):
        call_command("load_demo", verbosity=0)

    assert _row_counts() == rows
    assert User.objects.get(username="canbo").check_password("mat-khau-da-doi-roi")


def test_production_refuses_the_demonstration(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="KHUYENCONG_MODE=demonstration"):
        call_command("load_demo")
