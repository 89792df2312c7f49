"""The whole matrix: every address, every role, own and another province. Expectations come from access_policy."""

import datetime

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from facilities.services import merging
from fairs.models import SelectionRound
from khuyencong.enums import Role
from khuyencong.periods import FiveYears
from khuyencong.scope import permissions_of
from reports.models import Report
from tests.access_policy import POLICY, PUBLIC
from tests.facilities.factories import ClusterFactory, FiguresFactory, ProjectFactory, VillageFactory
from tests.factories import (
    CommuneFactory,
    DocumentFactory,
    FacilityFactory,
    LineageFactory,
    PlanFundingFactory,
    ProgrammeFactory,
    ProvinceFactory,
    SchemeFactory,
    UnitFactory,
    UserFactory,
    all_sources,
)
from tests.fairs.factories import (
    CommendationFactory,
    ComplaintFactory,
    CycleFactory,
    DealFactory,
    EntryFactory,
    EventFactory,
    HolderReportFactory,
    MemberFactory,
    PaperFactory,
    ParticipationFactory,
    PhotoFactory,
    ProductFactory,
    RoundFactory,
    certified,
)
from tests.programmes.budget_factories import AllocationFactory, GroupFactory, TargetFactory
from tests.programmes.ledger_factories import book, running_scheme
from tests.programmes.monitoring_factories import DecisionFactory, MonitoringFactory, supported

CANARY = "CANARY-TINH-KHAC"


def names(resolver=None, namespace=""):
    """Every named address outside the admin."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner)


def merge_in(province, mark, author):
    """Two facilities that are one, every text of it carrying `mark`."""
    kept, duplicate = (FacilityFactory(province=province, name=f"{word} {mark}") for word in ("Giữ lại", "Trùng"))
    return merging.merge(kept, duplicate, by=author, reason=mark)


def fairs_of(facility, author, mark):
    """The rows of fairs and selection that stand beside a facility."""
    day = max(facility.province.valid_from, datetime.date(2020, 3, 5))
    part = ParticipationFactory(
        facility=facility,
        event=EventFactory(
            province=facility.province,
            name=f"Hội chợ {mark}",
            starts_on=day,
            ends_on=day,
            organiser=mark,
            note=mark,
            created_by=author,
        ),
        products=mark,
    )
    product = ProductFactory(facility=facility, name=f"Sản phẩm {mark}", description=mark)
    cycle = CycleFactory(province=facility.province, name=f"Đợt {mark}", note=mark)
    open_round = RoundFactory(cycle=cycle, note=mark, created_by=author)
    member = MemberFactory(round=open_round, name=f"Giám khảo {mark}", office=mark)
    entry = EntryFactory(round=open_round, product=product, note=mark, created_by=author)
    certificate = certified(facility, number=f"GCN {mark}")
    round = certificate.round
    SelectionRound.objects.filter(pk=round.pk).update(announced_on=round.decided_on)
    return {
        "event": part.event,
        "participation": part,
        "deal": DealFactory(
            event=part.event, facility=facility, partner=mark, subject=mark, signed_on=day, created_by=author
        ),
        "spare_deal": DealFactory(event=part.event, facility=facility, signed_on=day, created_by=author),
        "product": product,
        "photo": PhotoFactory(product=product, caption=mark, uploaded_by=author),
        "spare_photo": PhotoFactory(product=product, caption=mark, uploaded_by=author),
        "cycle": cycle,
        "round": open_round,
        "concluded_round": round,
        "round_member": member,
        "entry": entry,
        "spare_entry": EntryFactory(round=open_round, note=mark, created_by=author),
        "paper": PaperFactory(entry=entry, note=mark),
        "certificate": certificate,
        "complaint": ComplaintFactory(round=round, complainant=mark, content=mark, recorded_by=author),
        "holder_report": HolderReportFactory(facility=facility, note=mark, recorded_by=author),
        "spare_holder_report": HolderReportFactory(facility=facility, year=2022, recorded_by=author),
        "spare_commendation": CommendationFactory(province=facility.province, recipient=mark, created_by=author),
        "commendation": CommendationFactory(
            province=facility.province, recipient=f"Tập thể {mark}", achievement=mark, created_by=author
        ),
    }


def rows_of(province, mark):
    """One row of each kind in a province, every text of it carrying `mark`."""
    author = UserFactory(province=province, full_name=f"Người {mark}")
    facility = FacilityFactory(province=province, name=f"Cơ sở {mark}", address=mark, contact_name=mark)
    cluster = ClusterFactory(province=province, name=f"CCN {mark}", investor=mark, operating=True)
    FiguresFactory(cluster=cluster, note=mark)
    unit = UnitFactory(name=f"Đơn vị {mark}", province=province)
    commune = CommuneFactory(name=mark, province=province)
    scheme = SchemeFactory(
        province=province,
        created_by=author,
        name=f"Đề án {mark}",
        implementing_unit=unit,
        location=mark,
        money={"province": 100},
        benefits={facility: 5},
    )
    SchemeFactory(
        province=province,
        created_by=author,
        name=f"Đề án gửi {mark}",
        implementing_unit=unit,
        money={"province": 777_000_000_123},
        benefits={facility: 5},
        state="submitted",
    )
    DecisionFactory(province=province, scheme=scheme, sentence=mark, reason=mark)
    MonitoringFactory(benefit=supported(province=province, created_by=author, name=f"Đề án xong {mark}"), note=mark)
    report = Report.objects.create(
        kind="giai-doan",
        province=province,
        period=FiveYears(2016),
        cut_off=datetime.date(2021, 1, 1),
        requested_by=author,
        status="failed",
        error=f"Lỗi {mark}",
    )
    programme = ProgrammeFactory(name=f"Chương trình {mark}", province=province)
    group = GroupFactory(programme=programme, name=f"Nhóm {mark}")
    target = TargetFactory(programme=programme, name=f"Chỉ tiêu {mark}", measure="hand_sum", note=mark)
    decisions = AllocationFactory.create_batch(2, budget__province=province, created_by=author, authority=mark)
    return fairs_of(facility, author, mark) | {
        "administrative_unit": commune,
        "facility": facility,
        "merge": merge_in(province, mark, author),
        "cluster": cluster,
        "cluster_project": ProjectFactory(cluster=cluster, name=f"Dự án {mark}", investor=mark, facility=facility),
        "village": VillageFactory(province=province, name=f"Làng nghề {mark}", products=mark, facility=facility),
        "scheme": scheme,
        "ledger_entry": book(
            running_scheme(province=province, created_by=author, name=f"Đề án chi {mark}", implementing_unit=unit),
            "advance",
            50,
            number=mark,
            note=mark,
        ),
        "document": DocumentFactory(scheme=scheme, title=f"Giấy tờ {mark}", note=mark),
        "programme": programme,
        "programme_group": group,
        "programme_target": target,
        "spare_target": TargetFactory(programme=programme, name=f"Chỉ tiêu thừa {mark}"),
        "allocation": decisions[0],
        "spare_allocation": decisions[1],
        "plan_funding": PlanFundingFactory(province=province, purpose=f"Kinh phí {mark}", created_by=author),
        "report": report,
        "user": author,
    }


@pytest.fixture
def world(db):
    """Own province (merged from an old one) and another province full of canaries."""
    all_sources()
    old, own = ProvinceFactory(code="41", name="Tỉnh cũ"), ProvinceFactory(code="40", name="Nghệ An")
    LineageFactory(predecessor=old, successor=own)
    other = ProvinceFactory(code="42", name=CANARY)
    return {
        "own": own,
        "rows": rows_of(own, "của ta"),
        "merged": rows_of(old, "của tỉnh cũ"),
        "others": rows_of(other, CANARY),
    }


def address(name, row=None):
    return reverse(name, args=[row.pk] if row else [])


def test_every_address_is_in_the_policy():
    assert set(names()) == set(POLICY) | PUBLIC


@pytest.mark.parametrize("name", sorted(POLICY))
def test_nobody_gets_in_without_login(client, world, name):
    rule = POLICY[name]
    url = address(name, world["rows"][rule.object] if rule.object else None)

    response = getattr(client, rule.method)(url)

    assert response.status_code == 302
    assert response.url.startswith(reverse("login"))


@pytest.mark.parametrize("role", list(Role))
def test_every_address_by_role_and_province(client, world, role):
    client.force_login(UserFactory(role=role, province=world["own"], full_name="Người thử"))
    wrong = []
    ordered = sorted(POLICY, key=lambda name: name == "programmes:scheme-delete")  # what removes its row comes last
    for name, rule in ((name, POLICY[name]) for name in ordered if name != "logout"):
        ask = getattr(client, rule.method)
        for whose in ("rows", "merged", "others") if rule.object else (None,):
            row = world[whose][rule.object] if whose else None
            response = ask(address(name, row))
            allowed = role in rule.roles
            expected = (404 if whose == "others" else "in") if allowed else 403
            got = "in" if response.status_code in {200, 302, 400, 409} else response.status_code
            if got != expected and not (not allowed and got == 404):
                wrong.append((name, whose, response.status_code, expected))
            body = b"" if response.streaming else response.content
            if CANARY.encode() in body:
                wrong.append((name, whose, "canary"))
    assert wrong == []


def test_a_missing_row_and_another_provinces_row_look_the_same(client, world):
    client.force_login(UserFactory(role=Role.STAFF, province=world["own"]))
    url = reverse("programmes:scheme-detail", args=[world["others"]["scheme"].pk])
    missing = reverse("programmes:scheme-detail", args=[10**9])

    def body(address):
        text = client.get(address).content.decode()
        return [line for line in text.splitlines() if "nonce" not in line and "csrf" not in line.lower()]

    assert body(url) == body(missing)


def test_a_national_leader_sees_all_provinces(client, world):
    client.force_login(UserFactory(role=Role.LEADER, province=None))

    for row in (world["rows"]["scheme"], world["others"]["scheme"]):
        assert client.get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_admin_opens_by_permission_and_shows_no_canary(client, world, role):
    user = UserFactory(role=role, province=world["own"], full_name="Người thử")
    client.force_login(user)
    wrong = []
    for model in admin.site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        url = reverse(f"admin:{label}_changelist")
        may = user.is_staff and f"{model._meta.app_label}.view_{model._meta.model_name}" in permissions_of(user)
        response = client.get(url, follow=True)
        if (response.status_code == 200 and response.request["PATH_INFO"] == url) != may:
            wrong.append((label, response.status_code, may))
        if CANARY.encode() in response.content:
            wrong.append((label, "canary"))
        add = client.get(reverse(f"admin:{label}_add"))
        if CANARY.encode() in add.content:
            wrong.append((label, "canary in add"))
    assert wrong == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_admin_pages_of_another_province_are_404(client, world, role):
    client.force_login(UserFactory(role=role, province=world["own"]))
    wrong = []
    for row in world["others"].values():
        if type(row) not in admin.site._registry:
            continue
        label = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        for page in ("change", "history", "delete"):
            response = client.get(reverse(f"{label}_{page}", args=[row.pk]))
            if response.status_code not in {403, 404} or CANARY.encode() in response.content:
                wrong.append((label, page, response.status_code))
    assert wrong == []


def test_a_role_taken_away_acts_at_once(client, world):
    user = UserFactory(role=Role.STAFF, province=world["own"])
    client.force_login(user)
    url = reverse("programmes:scheme-create")
    assert client.get(url).status_code == 200

    user.role = Role.LEADER
    user.save()
    assert client.get(url).status_code == 403

    user.is_active = False
    user.save()
    assert client.get(url).status_code == 302
