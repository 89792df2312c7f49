"""The steps that staff take on the pages: papers, acceptance, settled amounts, the detailed plan; who acts next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.models import DossierItem, StepPaper
from tests.factories import FacilityFactory, SchemeFactory, SupportRuleFactory
from tests.pages import form_data, soup
from tests.programmes.scheme_typing import rows_of

pytestmark = pytest.mark.django_db
PAPER = {"number": "01/HĐ-KC", "issued_on": "02/03/2020", "signer": "Người ký mẫu", "note": "Đợt một"}


@pytest.fixture
def scheme_at(client, staff):
    """Makes a scheme of the signed-in staff in a state."""
    client.force_login(staff)

    def make(state, **fields):
        money = fields.pop("money", {"province": 90_000_000, "national": 10_000_000})
        return SchemeFactory(province=staff.province, created_by=staff, money=money, state=state, **fields)

    return make


def address(name, scheme, verb=""):
    return reverse(f"programmes:scheme-{name}", args=[scheme.pk]) + (f"?verb={verb}" if verb else "")


def buttons(page):
    return [(one.get_text(strip=True), "main" in one["class"]) for one in page.select(".actions > .btn")]


@pytest.mark.parametrize(
    ("level", "state", "verb", "target"),
    [
        ("national", "appraised", "register", "registered"),
        ("local", "approved", "contract", "contracted"),
        ("local", "accepted", "liquidate", "liquidated"),
    ],
)
def test_a_step_with_a_paper_is_recorded_on_its_page(client, scheme_at, level, state, verb, target):
    scheme = scheme_at(state, level=level)
    link = soup(client.get(scheme.get_absolute_url())).select_one(f".actions a[href*='verb={verb}']")
    assert link is not None

    client.post(link["href"], PAPER)

    scheme.refresh_from_db()
    assert scheme.status == target
    assert StepPaper.objects.get(scheme=scheme, number="01/HĐ-KC").signer == "Người ký mẫu"
    newest = soup(client.get(scheme.get_absolute_url())).select_one(".timeline li").get_text()
    assert "Văn bản số 01/HĐ-KC ngày 02/03/2020, Người ký mẫu ký: Đợt một" in newest


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "", "Nhập số văn bản."),
        ("issued_on", "31/12/2099", "Ngày văn bản không được ở tương lai."),
        ("issued_on", "", "Nhập ngày văn bản."),
    ],
)
def test_a_paper_that_cannot_be_is_refused_beside_its_field(client, scheme_at, field, typed, sentence):
    scheme = scheme_at("approved")

    page = soup(client.post(address("step", scheme, "contract"), PAPER | {field: typed}))

    assert sentence in page.select_one(f"[name={field}]").find_parent("div").get_text()
    assert page.select_one("[name=signer]")["value"] == "Người ký mẫu"
    assert not StepPaper.objects.filter(scheme=scheme).exists()


@pytest.mark.parametrize("verb", ["approve", "settle", "accept", "liquidate", "rubbish", ""])
def test_a_step_of_another_or_out_of_order_is_not_offered_by_its_address(client, scheme_at, verb):
    scheme = scheme_at("approved")

    page = soup(client.post(address("step", scheme, verb), PAPER, follow=True))

    scheme.refresh_from_db()
    assert scheme.status == "approved"
    assert "nên không thực hiện được bước này" in page.get_text()


def test_missing_papers_are_named_before_the_step_and_lead_to_the_dossier(client, scheme_at):
    scheme = scheme_at("approved")
    DossierItem.objects.create(step="contract", name="Dự thảo hợp đồng", document="TT 36/2013", valid_from="2013-01-01")

    page = soup(client.get(address("step", scheme, "contract")))
    refused = soup(client.post(address("step", scheme, "contract"), PAPER))

    assert "còn thiếu 1 giấy tờ của bước này: Dự thảo hợp đồng" in page.select_one("form .note").get_text()
    assert page.select_one("form .note a")["href"].endswith("#dossier")
    assert "Hồ sơ còn thiếu: Dự thảo hợp đồng" in refused.select_one(".form-errors").get_text()


def test_a_scheme_that_lacks_papers_is_sent_nowhere_and_leads_to_its_dossier(client, scheme_at):
    scheme = scheme_at("draft")
    DossierItem.objects.create(step="submit", name="Báo giá", document="TT 36/2013", valid_from="2013-01-01")

    response = client.post(address("submit", scheme))

    assert response.url == f"{scheme.get_absolute_url()}#dossier"


def test_acceptance_is_filled_with_what_was_agreed_and_recorded_by_source(client, scheme_at):
    scheme = scheme_at("in_progress")
    url = address("accept", scheme)
    data = form_data(soup(client.get(url)), "main form")
    assert sorted(data[f"lines-{n}-accepted_amount"] for n in (0, 1)) == ["10.000.000", "90.000.000"]
    at = next(n for n in (0, 1) if data[f"lines-{n}-accepted_amount"] == "90.000.000")

    refused = soup(client.post(url, data | {"on": "05/03/2020", f"lines-{at}-accepted_amount": "91 triệu"}))
    client.post(url, data | {"on": "05/03/2020", f"lines-{at}-accepted_amount": "85 triệu"})

    cell = refused.select_one(f"[name=lines-{at}-accepted_amount]").find_parent("td")
    assert "không được lớn hơn" in cell.get_text()
    scheme.refresh_from_db()
    assert scheme.status == "accepted"
    assert {one.source_id: int(one.accepted_amount) for one in scheme.funding_lines.all()} == {
        "province": 85_000_000,
        "national": 10_000_000,
    }


def test_settled_amounts_are_recorded_also_after_the_contract_is_wound_up(client, scheme_at):
    scheme = scheme_at("liquidated", money={"province": 90})
    url = address("record", scheme)

    client.post(url, form_data(soup(client.get(url)), "main form") | {"lines-0-settled_amount": "80"})

    assert scheme.funding_lines.get().settled_amount == 80


@pytest.mark.parametrize(
    ("state", "fields", "main"),
    [
        ("draft", {}, "Gửi thẩm định"),
        ("submitted", {}, None),
        ("returned", {}, "Gửi thẩm định"),
        ("appraised", {"level": "national"}, "Đăng ký với Cục"),
        ("registered", {"level": "national"}, None),
        ("approved", {}, "Ký hợp đồng"),
        ("approved", {"is_group": True}, "Kế hoạch chi tiết"),
        ("contracted", {}, "Bắt đầu thực hiện"),
        ("contracted", {"is_group": True}, "Kế hoạch chi tiết"),
        ("detailed", {"is_group": True}, "Bắt đầu thực hiện"),
        ("in_progress", {}, "Ghi nghiệm thu"),
        ("accepted", {}, "Nhập số quyết toán"),
    ],
)
def test_one_action_stands_out_and_stands_last(client, scheme_at, state, fields, main):
    scheme = scheme_at(state, **fields)

    shown = buttons(soup(client.get(scheme.get_absolute_url())))

    assert [label for label, is_main in shown if is_main] == ([main] if main else [])
    assert main is None or shown[-1] == (main, True)


def test_once_every_source_is_settled_the_turn_is_the_reviewers(client, scheme_at):
    scheme = scheme_at("accepted", money={"province": 90})
    scheme.funding_lines.update(settled_amount=90)

    page = soup(client.get(scheme.get_absolute_url()))

    assert [label for label, is_main in buttons(page) if is_main] == []
    assert page.select_one("#waits").get_text().startswith("Đang chờ Thẩm định")


@pytest.mark.parametrize(
    ("state", "said"),
    [("draft", "Đang chờ bạn: Hoàn thiện rồi gửi thẩm định"), ("submitted", "Đang chờ Thẩm định"), ("settled", "")],
)
def test_the_page_says_who_acts_next(client, scheme_at, state, said):
    page = soup(client.get(scheme_at(state).get_absolute_url()))

    line = page.select_one("#waits")
    assert (line.get_text() if line else "").startswith(said)
    assert bool(line) == bool(said)


# The detailed plan of a group ------------------------------------------------------------------------------------------


def test_beneficiaries_of_a_group_are_named_after_the_approval_within_the_support(client, staff, scheme_at):
    scheme = scheme_at("approved", is_group=True)
    one, two = (FacilityFactory(province=staff.province) for _ in range(2))
    url = address("plan", scheme)
    data = form_data(soup(client.get(url)), "main form")
    typed = [{"facility": one.pk, "proposed_amount": "60 triệu"}, {"facility": two.pk, "proposed_amount": "50 triệu"}]

    refused = soup(client.post(url, data | rows_of("beneficiaries", *typed)))
    typed[1]["proposed_amount"] = "40 triệu"
    client.post(url, data | rows_of("beneficiaries", *typed))

    said = "là 110.000.000 đồng, vượt kinh phí hỗ trợ được duyệt là 100.000.000 đồng."
    assert said in refused.select_one(".form-errors").get_text()
    assert refused.select_one("[name=beneficiaries-1-proposed_amount]")["value"] == "50 triệu"
    assert sorted(int(b.proposed_amount) for b in scheme.beneficiaries.all()) == [40_000_000, 60_000_000]


def test_a_plan_that_somebody_else_saved_is_not_overwritten(client, staff, scheme_at):
    scheme = scheme_at("approved", is_group=True)
    url = address("plan", scheme)
    data = form_data(soup(client.get(url)), "main form")
    row = rows_of("beneficiaries", {"facility": FacilityFactory(province=staff.province).pk, "proposed_amount": "1"})
    client.post(url, data | row)

    page = soup(client.post(url, data | row))

    assert "Người khác vừa lưu đề án này" in page.select_one(".form-errors").get_text()
    assert scheme.beneficiaries.count() == 1


def test_a_plan_above_the_ceiling_asks_for_the_reason_at_its_row(client, staff, scheme_at):
    scheme = scheme_at("approved", is_group=True, money={"province": 400})
    SupportRuleFactory(content=scheme.content, ceiling=300, rate=None)
    row = rows_of("beneficiaries", {"facility": FacilityFactory(province=staff.province).pk, "proposed_amount": "400"})
    url = address("plan", scheme)

    answer = client.post(url, form_data(soup(client.get(url)), "main form") | row)
    page = soup(client.get(answer.url))
    client.post(url, form_data(page, "main form") | {page.select_one("textarea[name^=ceiling-]")["name"]: "Dây chuyền"})

    assert answer.url == url
    assert scheme.ceiling_exceptions.get().reason == "Dây chuyền"


@pytest.mark.parametrize(("state", "is_group"), [("approved", False), ("draft", True), ("detailed", True)])
def test_a_plan_is_made_for_approved_groups_only(client, scheme_at, state, is_group):
    page = soup(client.get(address("plan", scheme_at(state, is_group=is_group)), follow=True))

    assert "Kế hoạch chi tiết chỉ lập cho đề án nhóm" in page.get_text()


def test_the_list_is_filtered_by_kind_and_way_of_selection(client, scheme_at):
    scheme_at("draft", name="Điểm", is_flagship=True)
    scheme_at("draft", name="Nhóm", is_group=True)
    scheme_at("draft", name="Việc", kind="task")
    scheme_at("contracted", name="Thầu", selection="bidding")

    def listed(**query):
        page = soup(client.get(reverse("programmes:scheme-list"), query))
        return [link.get_text() for link in page.select("#schemes tbody a.title")]

    assert listed(kind="flagship") == ["Điểm"]
    assert listed(kind="group") == ["Nhóm"]
    assert listed(kind="task") == ["Việc"]
    assert listed(kind="scheme") == ["Thầu", "Nhóm", "Điểm"]
    assert listed(selection="bidding") == ["Thầu"]
    assert listed(status="contracted") == ["Thầu"]


@pytest.mark.parametrize("state", ["draft", "in_progress"])
def test_the_page_asks_the_same_of_the_database_for_one_beneficiary_and_three(client, staff, scheme_at, state):
    asked = []
    for many in (1, 3):
        facilities = {FacilityFactory(province=staff.province): 5 for _ in range(many)}
        scheme = scheme_at(state, benefits=facilities)
        with CaptureQueriesContext(connection) as shown:
            client.get(scheme.get_absolute_url())
        asked.append(len(shown))

    assert asked[0] == asked[1]
