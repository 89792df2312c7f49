"""The admin: who comes in, what each may see and do there, and that another province does not exist in it."""

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

from facilities.models import (
    ClusterDefinition,
    CraftVillage,
    Facility,
    FacilityMerge,
    IndustrialCluster,
    NotDuplicate,
    Trade,
)
from fairs import models as fairs
from khuyencong.admin_base import ScopedModelAdmin
from khuyencong.enums import Role
from khuyencong.models import (
    AdministrativeUnit,
    AgencyName,
    Delegation,
    Holiday,
    Notice,
    NoticePreference,
    Province,
    ProvinceLineage,
    User,
)
from programmes import services
from programmes.models import (
    ActivityContent,
    Adjustment,
    AdjustmentAuthority,
    AdvanceRule,
    Allocation,
    Appraisal,
    CeilingException,
    DeadlineRule,
    DossierItem,
    FundingLine,
    FundingSource,
    ImplementingUnit,
    Indicator,
    LedgerEntry,
    MonitoringRecord,
    PaperTemplate,
    PlanFunding,
    Programme,
    ProgrammeGroup,
    ProgrammeTarget,
    ReviewComment,
    Scheme,
    SchemeBeneficiary,
    StepPaper,
    SupportRule,
    WarningDecision,
    WorkflowStep,
    YearBudget,
)
from tests.facilities.builders import merged
from tests.facilities.factories import ClusterFactory, DefinitionFactory, VillageFactory
from tests.factories import (
    DAY,
    AgencyNameFactory,
    BeneficiaryFactory,
    CommuneFactory,
    ContentFactory,
    DossierItemFactory,
    FacilityFactory,
    FundingLineFactory,
    IndicatorFactory,
    LineageFactory,
    PaperTemplateFactory,
    PlanFundingFactory,
    ProgrammeFactory,
    ProvinceFactory,
    ResultFactory,
    SchemeFactory,
    SourceFactory,
    SupportRuleFactory,
    TradeFactory,
    UnitFactory,
    UserFactory,
)
from tests.fairs import desk_factories as desk
from tests.fairs import factories as fair
from tests.faults.calendar import delegation, holiday, notice, rule
from tests.pages import rows, soup
from tests.programmes import review_factories as steps
from tests.programmes.budget_factories import AllocationFactory, BudgetFactory, GroupFactory, TargetFactory
from tests.programmes.monitoring_factories import DecisionFactory, MonitoringFactory, supported

pytestmark = pytest.mark.django_db
CANARY = "canary7q"
REGISTERED = [model for model in admin.site._registry if model._meta.app_label != "reports"]


def merge_in(province):
    """Two facilities of `province` that a person found to be one."""
    kept, duplicate = FacilityFactory.create_batch(2, province=province)
    merged(duplicate, kept, by=UserFactory())
    return FacilityMerge.objects.get(duplicate=duplicate)


def not_duplicate_in(province):
    first, second = FacilityFactory.create_batch(2, province=province)
    return NotDuplicate.objects.create(first=first, second=second, reason="Khác chủ", by=UserFactory())


def monitoring_in(province):
    return MonitoringFactory(benefit=supported(province=province))


SAMPLES = {
    Facility: FacilityFactory,
    PlanFunding: PlanFundingFactory,
    Programme: ProgrammeFactory,
    Scheme: SchemeFactory,
    YearBudget: BudgetFactory,
    Allocation: lambda province: AllocationFactory(budget__province=province),
    ProgrammeGroup: lambda province: GroupFactory(programme__province=province),
    ProgrammeTarget: lambda province: TargetFactory(programme__province=province),
    User: UserFactory,
    ImplementingUnit: UnitFactory,
    ActivityContent: ContentFactory,
    FundingSource: SourceFactory,
    Indicator: IndicatorFactory,
    Trade: TradeFactory,
    Province: ProvinceFactory,
    SupportRule: SupportRuleFactory,
    PaperTemplate: PaperTemplateFactory,
    AdministrativeUnit: CommuneFactory,
    AgencyName: AgencyNameFactory,
    IndustrialCluster: ClusterFactory,
    CraftVillage: VillageFactory,
    ClusterDefinition: DefinitionFactory,
    FacilityMerge: merge_in,
    NotDuplicate: not_duplicate_in,
    Holiday: holiday,
    DeadlineRule: rule,
    Delegation: lambda province: delegation(from_person=UserFactory(role=Role.REVIEWER, province=province)),
    Notice: lambda province: notice(user=UserFactory(province=province)),
    NoticePreference: lambda province: NoticePreference.objects.create(
        user=UserFactory(province=province), kind="sent"
    ),
    MonitoringRecord: monitoring_in,
    WarningDecision: DecisionFactory,
    WorkflowStep: steps.workflow_step,
    AdvanceRule: steps.advance_rule,
    AdjustmentAuthority: steps.authority,
    Appraisal: steps.sheet,
    ReviewComment: steps.comment,
    StepPaper: steps.paper,
    LedgerEntry: steps.entry,
    Adjustment: steps.adjustment,
    CeilingException: steps.exception,
    fairs.MarketEvent: fair.EventFactory,
    fairs.EventFunding: lambda province: fair.EventFundingFactory(event__province=province),
    fairs.Participation: lambda province: fair.ParticipationFactory(event__province=province),
    fairs.Deal: lambda province: fair.DealFactory(event__province=province),
    fairs.FollowUp: lambda province: fair.FollowUpFactory(deal__event__province=province),
    fairs.SelectionRound: lambda province: fair.RoundFactory(cycle__province=province),
    fairs.Certificate: desk.certificate,
    fairs.Entry: lambda province: fair.EntryFactory(round__cycle__province=province),
    fairs.EntryPaper: lambda province: fair.PaperFactory(entry__round__cycle__province=province),
    fairs.ScoreSheet: desk.sheet,
    fairs.RoundMember: lambda province: fair.MemberFactory(round__cycle__province=province),
    fairs.Complaint: lambda province: fair.ComplaintFactory(round=desk.announced_round(province)),
    fairs.SelectionCycle: fair.CycleFactory,
    fairs.Product: lambda province: fair.ProductFactory(facility__province=province),
    fairs.ProductPhoto: lambda province: fair.PhotoFactory(product__facility__province=province),
    fairs.HolderReport: desk.holder_report,
    fairs.Commendation: fair.CommendationFactory,
    fairs.SelectionLevel: fair.level,
    fairs.SelectionRegion: fairs.SelectionRegion.objects.first,
    fairs.ProvinceRegion: lambda province: fair.region(province).provinces.get(province=province),
    fairs.ScoreScale: fairs.ScoreScale.objects.first,
    fairs.CertificateRule: fairs.CertificateRule.objects.first,
    fairs.ForeignFairRule: fairs.ForeignFairRule.objects.first,
    fairs.EntryItem: fairs.EntryItem.objects.first,
    DossierItem: DossierItemFactory,  # last: schemes wait for its papers
}
PLAIN_ID = {
    AdvanceRule,
    AdjustmentAuthority,
    Holiday,
    Province,
    Trade,
    Indicator,
    FundingSource,
    ActivityContent,
    ClusterDefinition,
    fairs.SelectionLevel,
    fairs.SelectionRegion,
    fairs.ScoreScale,
    fairs.CertificateRule,
    fairs.ForeignFairRule,
    fairs.EntryItem,
}
CAN_ADD = [
    ProgrammeGroup,
    ProgrammeTarget,
    User,
    Programme,
    ImplementingUnit,
    ActivityContent,
    FundingSource,
    Indicator,
    Trade,
    AgencyName,
    SupportRule,
    DeadlineRule,
    Delegation,
    DossierItem,
    PaperTemplate,
    WorkflowStep,
    AdvanceRule,
    AdjustmentAuthority,
    fairs.ProvinceRegion,
]


def url(model, page, *args, **query):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args, query=query)


def sample(model, province):
    """A row of `model` that people of `province` see."""
    return SAMPLES[model]() if model in PLAIN_ID else SAMPLES[model](province=province)


@pytest.fixture
def nation(db):
    """An administrator of all provinces."""
    return UserFactory(role=Role.ADMINISTRATOR, province=None)


@pytest.fixture
def elsewhere(db):
    return ProvinceFactory(code="01", name="Hà Nội")


# Coming in


def test_the_admin_sends_strangers_to_the_portals_own_login(client):
    asked = reverse("admin:programmes_scheme_changelist")

    assert client.get(asked)["Location"] == f"{reverse('login')}?next={asked}"
    assert client.get(reverse("admin:login", query={"next": asked}))["Location"] == f"{reverse('login')}?next={asked}"
    assert client.post(reverse("admin:login"), {"username": "a", "password": "b"})["Location"].startswith(
        reverse("login")
    )


def test_staff_have_no_admin(client, staff):
    client.force_login(staff)

    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    assert client.get(url(Scheme, "changelist"), follow=True).status_code == 403


def test_a_locked_administrator_is_out_at_once(client, administrator):
    client.force_login(administrator)
    User.objects.filter(pk=administrator.pk).update(is_active=False)

    assert client.get(reverse("admin:index"))["Location"].startswith(reverse("admin:login"))


def test_leaving_and_changing_a_password_are_the_portals(client, administrator):
    client.force_login(administrator)

    assert client.get(reverse("admin:password_change"))["Location"] == reverse("password_change")
    assert client.post(reverse("admin:logout"))["Location"] == reverse("login")
    assert "_auth_user_id" not in client.session


def test_the_header_leads_back_to_the_portal(client, administrator):
    client.force_login(administrator)

    page = soup(client.get(reverse("admin:index")))

    links = {link.get_text(): link["href"] for link in page.select("#user-tools a")}
    assert links == {
        "Về cổng làm việc": reverse("home"),
        "Thông báo": reverse("notices:list"),
        "Vắng mặt, ủy quyền": reverse("delegations:list"),
        "Đổi mật khẩu": reverse("password_change"),
    }


# Every page


def test_every_page_of_the_admin_keeps_to_the_scope():
    strays = [model for model, page in admin.site._registry.items() if not isinstance(page, ScopedModelAdmin)]

    assert strays == []
    assert set(REGISTERED) == set(SAMPLES)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_each_page_opens_and_shows_the_row(client, model, role):
    reader = UserFactory(role=role)
    row = sample(model, reader.province)
    client.force_login(reader)

    listed, page = client.get(url(model, "changelist")), client.get(url(model, "change", row.pk))

    assert len(soup(listed).select("#result_list tbody tr")) == model.objects.count()
    assert str(getattr(row, "name", row)) in page.content.decode()
    assert client.get(url(model, "delete", row.pk)).status_code == 403
    national = admin.site._registry[model].is_national
    may_add = role == Role.ADMINISTRATOR and model in CAN_ADD and not national
    assert client.get(url(model, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("model", [Facility, PlanFunding, Programme, Scheme, User, FundingSource])
def test_each_tracked_row_has_a_history(client, administrator, model):
    row = sample(model, administrator.province)
    client.force_login(administrator)

    page = soup(client.get(url(model, "history", row.pk)))

    assert page.select_one(".history section p b").get_text() == "Thêm"


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_an_unknown_row_is_not_found(client, administrator, model):
    client.force_login(administrator)

    assert [client.get(url(model, page, "999999")).status_code for page in ("change", "history")] == [404, 404]


def test_an_auditor_changes_nothing(client, auditor):
    trade = TradeFactory(name="Cũ")
    client.force_login(auditor)

    response = client.post(url(Trade, "change", trade.pk), {"code": "a", "name": "Mới"})

    trade.refresh_from_db()
    assert (response.status_code, trade.name) == (403, "Cũ")


def test_a_reviewer_does_not_open_people(client, reviewer):
    client.force_login(reviewer)

    pages = [url(User, "changelist"), url(User, "change", reviewer.pk), url(User, "add")]
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    assert "Người dùng" not in [link.get_text() for link in soup(client.get(reverse("admin:index"))).select("th a")]


# Another province


def canary_texts(model):
    """Every free text of a model, filled with the canary."""
    kinds = (models.CharField, models.TextField)
    free = [
        field.name
        for field in model._meta.fields
        if isinstance(field, kinds)
        and field.editable
        and not field.choices
        and field.name not in {"tax_code", "vsic_code", "password"}
    ]
    return {name: f"{CANARY}@example.vn" if name == "email" else CANARY for name in free}


def plant(province):
    """One row of everything in `province`, the canary in every text, and a scheme at each stage."""
    drop = {"code", "decision_number", "status_reason", "settlement_number"}
    facility = FacilityFactory(province=province, **canary_texts(Facility))
    unit = UnitFactory(province=province, **canary_texts(ImplementingUnit))
    programme = ProgrammeFactory(province=province, **canary_texts(Programme))
    SupportRuleFactory(province=province, **canary_texts(SupportRule))
    writer = UserFactory(province=province, **canary_texts(User))
    texts = {name: text for name, text in canary_texts(Scheme).items() if name not in drop}
    parts = {"province": province, "implementing_unit": unit, "programme": programme, "created_by": writer}
    scheme = SchemeFactory(code=f"KC-{CANARY}", **parts, **texts)
    FundingLineFactory(scheme=scheme, adjustment_reason=CANARY)
    BeneficiaryFactory(scheme=scheme, facility=facility)
    ResultFactory(scheme=scheme)
    services.submit_scheme(scheme, by=writer)
    reviewer = UserFactory(role=Role.REVIEWER, province=province, full_name=CANARY)
    services.return_scheme(scheme, by=reviewer, reason=CANARY, number=CANARY, on=DAY)
    funding = PlanFundingFactory(province=province, created_by=writer, **canary_texts(PlanFunding))
    return [province, facility, unit, programme, writer, scheme, funding]


def relations(model):
    return [
        field.name for field in model._meta.get_fields() if (field.many_to_one or field.many_to_many) and field.concrete
    ]


def pages_of(model, foreign):
    """Every address of a model's pages that a person could try, with the ids of another province's rows."""
    yield url(model, "changelist")
    yield url(model, "changelist", q="7q")
    yield url(model, "changelist", status="all", confirmed="no", o="-1")
    yield url(model, "add")
    yield from (url(model, "changelist", **{f"{name}__id__exact": foreign[0].pk}) for name in relations(model))
    ids = [row.pk for row in foreign if isinstance(row, model)]
    for page in ("change", "history", "delete"):
        yield from (url(model, page, pk) for pk in ids)
        yield from (url(model, page, pk, _to_field="id") for pk in ids)
    for name in relations(model):
        names = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
        yield reverse("admin:autocomplete", query=names | {"term": "7q"})
        yield reverse("admin:autocomplete", query=names | {"term": ""})


PARTS = [FundingLine, SchemeBeneficiary, ProvinceLineage]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nothing_of_another_province_is_on_any_page(client, role):
    reader = UserFactory(role=role)
    for model in SAMPLES:
        sample(model, reader.province)
    foreign = plant(ProvinceFactory(code="01", name=CANARY, decision=CANARY))
    client.force_login(reader)
    asked = [reverse("admin:index")]
    asked += [page for model in REGISTERED for page in pages_of(model, foreign)]
    asked += [page for model in PARTS for page in pages_of_relations(model)]

    leaks = [page for page in asked if CANARY in client.get(page, follow=True).content.decode()]

    assert leaks == []


def pages_of_relations(model):
    for name in relations(model):
        names = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
        yield reverse("admin:autocomplete", query=names)


def test_the_canary_is_seen_by_who_may_see_it(client, nation):
    province, facility, unit, programme, writer, scheme, funding = plant(ProvinceFactory(code="01", name=CANARY))
    client.force_login(nation)

    for row in (province, facility, unit, programme, writer, scheme, funding):
        assert CANARY in client.get(url(type(row), "changelist")).content.decode()
        assert CANARY in client.get(url(type(row), "change", row.pk)).content.decode()
    names = {"app_label": "programmes", "model_name": "fundingline", "field_name": "scheme", "term": "7q"}
    found = client.get(reverse("admin:autocomplete", query=names)).json()
    assert [result["id"] for result in found["results"]] == [str(scheme.pk)]


def test_predecessors_belong_to_the_province_that_they_became(client, reviewer):
    old = ProvinceFactory(code="42", name="Hà Tĩnh cũ")
    LineageFactory(predecessor=old, successor=reviewer.province)
    scheme = SchemeFactory(province=old)
    client.force_login(reviewer)

    assert client.get(url(Scheme, "change", scheme.pk)).status_code == 200


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Scheme, {"created_by__password__startswith": "a"}),
        (Scheme, {"province__predecessors__name": "a"}),
        (Scheme, {"beneficiaries__facility__name__contains": "a"}),
        (User, {"password__startswith": "a"}),
    ],
)
def test_lists_answer_no_questions_about_hidden_fields(client, administrator, model, query):
    client.force_login(administrator)

    assert client.get(url(model, "changelist", **query)).status_code == 400


# People


def person(**changes):
    return {"username": "moi", "full_name": "Người mới", "role": Role.STAFF, "is_active": "on"} | changes


def problems(response):
    page = soup(response)
    return {row["class"][-1]: row.select_one(".errorlist").get_text() for row in page.select(".form-row.errors")}


def test_an_administrator_sees_the_people_of_the_own_province_only(client, administrator, elsewhere, nation):
    UserFactory(province=elsewhere)
    client.force_login(administrator)

    page = soup(client.get(url(User, "changelist")))

    assert [row[0] for row in rows(page, "#result_list tbody tr")] == [administrator.username]


def test_a_new_person_logs_in_once_a_password_is_set(client, administrator):
    client.force_login(administrator)

    added = client.post(url(User, "add"), person(province=administrator.province_id))
    new = User.objects.get(username="moi")
    before = new.has_usable_password()
    words = {"new_password1": "mot-mat-khau-rat-dai", "new_password2": "mot-mat-khau-rat-dai"}
    client.post(added["Location"], words)

    client.logout()
    assert before is False
    assert client.post(reverse("login"), {"username": "moi", "password": "mot-mat-khau-rat-dai"}).status_code == 302


def test_a_weak_password_is_refused_in_vietnamese(client, administrator, staff):
    client.force_login(administrator)

    page = soup(
        client.post(
            reverse("admin:khuyencong_user_password", args=[staff.pk]), {"new_password1": "a", "new_password2": "a"}
        )
    )

    assert page.select_one(".errors p").get_text() == "Mật khẩu này quá ngắn. Mật khẩu phải có ít nhất 14 ký tự."


@pytest.mark.parametrize("where", ["", "elsewhere"])
def test_an_administrator_of_a_province_makes_nobody_for_another_or_for_all(client, administrator, elsewhere, where):
    client.force_login(administrator)

    response = client.post(url(User, "add"), person(province=elsewhere.pk if where else ""))

    assert list(problems(response)) == ["field-province"]
    assert not User.objects.filter(username="moi").exists()


def test_an_administrator_moves_nobody_to_all_provinces(client, administrator, staff):
    client.force_login(administrator)

    client.post(url(User, "change", staff.pk), person(username=staff.username, province=""))

    staff.refresh_from_db()
    assert staff.province == administrator.province


def test_nobody_changes_their_own_role_or_province(client, administrator):
    client.force_login(administrator)

    client.post(url(User, "change", administrator.pk), person(full_name="Tên mới", role=Role.REVIEWER, province=""))

    administrator.refresh_from_db()
    assert administrator.full_name == "Tên mới"
    assert (administrator.role, administrator.province.name) == (Role.ADMINISTRATOR, "Nghệ An")


def test_nobody_sets_their_own_password_without_the_old_one(client, administrator):
    client.force_login(administrator)

    response = client.post(reverse("admin:khuyencong_user_password", args=[administrator.pk]))

    assert response["Location"] == reverse("password_change")


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 403), (Role.REVIEWER, 403), (Role.ADMINISTRATOR, 404)])
def test_passwords_of_others_are_out_of_reach(client, staff, elsewhere, role, status):
    reader = UserFactory(role=role, province=elsewhere if role == Role.ADMINISTRATOR else staff.province)
    client.force_login(reader)

    words = {"new_password1": "mot-mat-khau-rat-dai", "new_password2": "mot-mat-khau-rat-dai"}
    response = client.post(reverse("admin:khuyencong_user_password", args=[staff.pk]), words)

    staff.refresh_from_db()
    assert response.status_code == status
    assert staff.check_password("mat-khau-thu-nghiem")


def test_an_account_is_locked_and_not_deleted(client, administrator, staff):
    client.force_login(administrator)
    data = person(username=staff.username, full_name=staff.full_name, province=staff.province_id)
    del data["is_active"]

    client.post(url(User, "change", staff.pk), data)

    staff.refresh_from_db()
    assert staff.is_active is False
    assert client.post(url(User, "delete", staff.pk), {"post": "yes"}).status_code == 403


def test_roles_are_offered_in_vietnamese(client, administrator):
    client.force_login(administrator)

    page = soup(client.get(url(User, "add")))

    assert [option.get_text() for option in page.select("#id_role option")][1:] == list(Role.labels)
    assert [option.get_text() for option in page.select("#id_province option")] == ["Nghệ An"]


def test_an_administrator_of_all_provinces_makes_people_anywhere(client, nation, elsewhere):
    client.force_login(nation)

    client.post(url(User, "add"), person(province=elsewhere.pk))

    assert User.objects.get(username="moi").province == elsewhere


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_for_one_row_and_three(
    client, administrator, count, django_assert_num_queries
):
    for _ in range(count):
        UserFactory()
    client.force_login(administrator)

    with django_assert_num_queries(7):
        client.get(url(User, "changelist"))


# Reference data


def test_a_rule_of_the_database_stands_beside_its_field(client, administrator):
    client.force_login(administrator)

    response = client.post(url(ActivityContent, "add"), {"code": "kc01", "name": "Đào tạo"})

    assert "Mã chỉ gồm chữ cái A-Z không dấu" in problems(response)["field-code"]
    assert not ActivityContent.objects.exists()


def test_what_all_provinces_share_is_changed_by_people_of_all_provinces(client, administrator, nation):
    shared = ProgrammeFactory(name="Chương trình quốc gia")
    data = {"name": "Đổi", "first_year": "2016", "last_year": "2020"}

    client.force_login(administrator)
    refused = client.post(url(Programme, "change", shared.pk), data)
    client.force_login(nation)
    client.post(url(Programme, "change", shared.pk), data)

    shared.refresh_from_db()
    assert (refused.status_code, shared.name) == (403, "Đổi")


def test_a_province_is_made_only_by_people_of_all_provinces(client, administrator, nation):
    client.force_login(administrator)
    assert client.get(url(Province, "add")).status_code == 403
    client.force_login(nation)
    assert client.get(url(Province, "add")).status_code == 200


def test_nobody_makes_another_province_their_predecessor(client, administrator, elsewhere):
    province = administrator.province
    client.force_login(administrator)
    form = "predecessor_links"
    data = {f"{form}-TOTAL_FORMS": "1", f"{form}-INITIAL_FORMS": "0", f"{form}-0-kind": "merged"}
    data |= {f"{form}-0-predecessor": elsewhere.pk, "code": "40", "name": "Nghệ An", "kind": "province"}

    response = client.post(url(Province, "change", province.pk), data | {"valid_from": "01/08/2008"})

    assert response.status_code == 403
    assert not ProvinceLineage.objects.exists()


@pytest.mark.parametrize("model", [FundingSource, Indicator])
def test_what_decides_every_provinces_figures_is_changed_only_nationally(client, administrator, nation, model):
    row = sample(model, administrator.province)
    page = url(model, "change", row.pk)

    client.force_login(administrator)
    assert client.post(page, {}).status_code == 403
    client.force_login(nation)
    assert client.post(page, {}).status_code == 200


def test_a_password_that_was_set_leaves_a_trace_without_the_password(client, administrator):
    person = UserFactory(province=administrator.province)
    client.force_login(administrator)
    secret = "mot-mat-khau-dai-va-kho"
    before = person.events.count()

    client.post(
        reverse("admin:khuyencong_user_password", args=[person.pk]), {"new_password1": secret, "new_password2": secret}
    )

    event = person.events.order_by("pgh_id").last()
    assert person.events.count() == before + 1
    assert event.password_set_at is not None
    assert event.pgh_context.metadata["user"] == administrator.pk
    assert not hasattr(event, "password")


def test_a_province_and_what_it_came_from_are_written_together(client, nation, elsewhere):
    client.force_login(nation)
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(valid_to="2025-06-30")
    form = "predecessor_links"
    data = {f"{form}-TOTAL_FORMS": "1", f"{form}-INITIAL_FORMS": "0", f"{form}-0-kind": "merged"}
    data |= {f"{form}-0-predecessor": elsewhere.pk, "code": "99", "name": "Tỉnh mới", "kind": "province"}

    client.post(url(Province, "add"), data | {"valid_from": "01/07/2025"})

    link = ProvinceLineage.objects.get()
    assert (link.predecessor, link.successor.name) == (elsewhere, "Tỉnh mới")


def test_contents_are_found_without_diacritics(client, administrator):
    ContentFactory(code="KC01.01", name="Đào tạo nghề")
    ContentFactory(code="KC02.01", name="Hội thảo")
    client.force_login(administrator)

    page = soup(client.get(url(ActivityContent, "changelist", q="dao tao")))

    assert [row[0] for row in rows(page, "#result_list tbody tr")] == ["KC01.01"]


# What a browser is given


def test_no_page_has_inline_styles_or_scripts(client, nation):
    kept = {model: sample(model, ProvinceFactory()) for model in SAMPLES}
    client.force_login(nation)
    asked = [reverse("admin:index")]
    for model, row in kept.items():
        asked += [url(model, "changelist"), url(model, "change", row.pk)]
    asked += [url(model, "add") for model in CAN_ADD]

    for page in map(soup, map(client.get, asked)):
        assert page.select("style, [style], [onclick], [onchange], [onsubmit]") == []
        scripts = [script for script in page.select("script:not([src])") if script.get("type") != "application/json"]
        assert [script for script in scripts if not script.get("nonce")] == []
