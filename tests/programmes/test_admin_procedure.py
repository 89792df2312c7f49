"""The procedure and other law as rows: administrators keep it, reviewers read it, schemes follow it."""

import datetime

import pytest
from django.urls import reverse

from programmes.models import AdjustmentAuthority, AdvanceRule, WorkflowStep
from tests.factories import ContentFactory, ProvinceFactory, SchemeFactory, UserFactory
from tests.pages import soup
from tests.programmes.reviewing import MONEY, page_of

pytestmark = pytest.mark.django_db
STEP = {
    "level": "local",
    "verb": "approve",
    "role": "reviewer",
    "source": "submitted",
    "target": "approved",
    "appraisal": "",
    "paper": "",
    "clause": "QĐ 1/2020/QĐ-UBND",
    "valid_from": "01/01/2018",
    "valid_to": "",
    "position": "1",
}


def add_url(model):
    return reverse(f"admin:programmes_{model._meta.model_name}_add")


@pytest.fixture
def nation(db):
    return UserFactory(role="administrator", province=None)


def test_a_province_with_a_procedure_of_its_own_follows_it(client, administrator, reviewer):
    scheme = SchemeFactory(money=MONEY, state="submitted")
    client.force_login(administrator)

    client.post(add_url(WorkflowStep), STEP | {"province": administrator.province_id})
    client.force_login(reviewer)
    page = soup(client.get(page_of(scheme)))

    assert [field["value"] for field in page.select(".decisions input[name=decision]")] == ["approve"]


def test_the_general_procedure_is_of_people_of_all_provinces(client, administrator, nation):
    general = WorkflowStep.objects.filter(province=None).first()
    page = reverse("admin:programmes_workflowstep_change", args=[general.pk])

    client.force_login(administrator)
    refused, read = client.post(page, STEP), client.get(page)
    client.force_login(nation)
    allowed = client.get(page)

    assert (refused.status_code, read.status_code) == (403, 200)
    assert soup(read).select("[name=paper]") == []
    assert len(soup(allowed).select("[name=paper]")) == 1


def test_a_step_is_written_once_and_says_so_beside_its_field(client, nation):
    client.force_login(nation)
    known = WorkflowStep.objects.filter(province=None, level="local", verb="approve").get()

    data = STEP | {"province": "", "valid_from": f"{known.valid_from:%d/%m/%Y}"}
    page = soup(client.post(add_url(WorkflowStep), data))

    assert (
        page.select_one(".field-target .errorlist, .field-box .errorlist").get_text() == "Bước này của quy trình đã có."
    )


def test_an_advance_rule_is_kept_nationally(client, administrator, nation):
    ContentFactory()
    data = {"content": "", "level": "", "rate": "101", "condition": "", "document": "TT 1", "clause": ""}
    data |= {"valid_from": "01/01/2018", "valid_to": ""}

    client.force_login(administrator)
    assert client.post(add_url(AdvanceRule), data).status_code == 403
    client.force_login(nation)
    page = soup(client.post(add_url(AdvanceRule), data))
    client.post(add_url(AdvanceRule), data | {"rate": "50"})

    assert "Tỷ lệ phải lớn hơn 0 và không quá 100 phần trăm." in page.get_text()
    assert AdvanceRule.objects.get(document="TT 1").rate == 50


@pytest.mark.parametrize("model", [WorkflowStep, AdvanceRule, AdjustmentAuthority])
def test_reviewers_read_the_law_and_change_nothing(client, reviewer, model):
    _authority()
    _rule()
    row = model.objects.first()
    client.force_login(reviewer)

    page = client.get(reverse(f"admin:programmes_{model._meta.model_name}_change", args=[row.pk]))

    assert page.status_code == 200
    assert soup(page).select("input[name=clause]") == []
    assert client.get(add_url(model)).status_code == 403


def _authority():
    return AdjustmentAuthority.objects.get_or_create(
        level="local", kind="stop", authority="chair", valid_from=datetime.date(2018, 1, 1)
    )


def _rule():
    return AdvanceRule.objects.get_or_create(document="TT 2", rate=50, valid_from=datetime.date(2018, 1, 1))


def test_an_authority_of_the_province_level_narrows_the_form(client, reviewer, nation):
    client.force_login(nation)
    data = {"level": "local", "kind": "stop", "is_group": "unknown", "authority": "chair", "clause": "QĐ 5"}
    client.post(add_url(AdjustmentAuthority), data | {"valid_from": "01/01/2018", "valid_to": ""})
    scheme = SchemeFactory(money=MONEY, state="approved")
    client.force_login(reviewer)

    page = soup(client.get(reverse("admin:programmes_scheme_adjust", args=[scheme.pk], query={"kind": "stop"})))

    assert [one.get_text(strip=True) for one in page.select("#adjust_authority label")] == [
        "Chủ tịch UBND tỉnh (QĐ 5, cần kiểm tra)"
    ]


def test_a_step_of_another_province_is_not_seen(client, reviewer):
    other = ProvinceFactory(code="01", name="Hà Nội")
    row = WorkflowStep.objects.create(
        level="local",
        province=other,
        verb="submit",
        source="draft",
        target="submitted",
        role="staff",
        valid_from="2018-01-01",
    )
    client.force_login(reviewer)

    assert client.get(reverse("admin:programmes_workflowstep_change", args=[row.pk])).status_code == 404
