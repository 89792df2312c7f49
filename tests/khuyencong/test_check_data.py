"""`manage.py check_data`: each rule finds the fault that was planted for it, and sound data breaks none."""

import json
import re
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import InternalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import module_has_submodule

from khuyencong.boundaries import with_predecessors
from khuyencong.integrity import running
from khuyencong.integrity.rules import Severity
from tests.factories import (
    DAY,
    CommuneFactory,
    FacilityFactory,
    PlanFundingFactory,
    ProgrammeFactory,
    ProvinceFactory,
    ResultFactory,
    SchemeFactory,
    SupportRuleFactory,
    TradeFactory,
    UserFactory,
    walk,
)
from tests.faults import FAULTS
from tests.faults.clusters import figures, village
from tests.faults.files import done
from tests.faults.places import BEGIN, END, district, ended_province, link, other_province
from tests.faults.register import merged

RULES = running.all_rules()
CODES = [rule.code for rule in RULES]
STATES = ["draft", "submitted", "returned", "rejected", "approved", "in_progress", "accepted", "settled"]


@pytest.fixture(autouse=True)
def reports_folder(settings, tmp_path):
    settings.REPORTS_DIR = tmp_path / "reports"
    settings.DOSSIER_DIR = tmp_path / "dossiers"


def found(provinces=None, rules=RULES):
    """{code: outcome} of the rules that something breaks."""
    return {outcome.rule.code: outcome for outcome in running.check(rules, provinces) if outcome.total}


def beside(code):
    """The rules of the app that has the rule `code`: those that a fault of it could set off by mistake.

    Asking all apps for each of the faults would take half of the suite's time; `sound_world` breaks none of them.
    """
    names = [config.name for config in apps.get_app_configs() if module_has_submodule(config.module, "integrity")]
    groups = [import_module(f"{name}.integrity").RULES for name in names]
    return next(rules for rules in groups if code in {rule.code for rule in rules})


def check_data(*arguments):
    """What the command prints, and the code it ends with."""
    out = StringIO()
    try:
        call_command("check_data", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def sound_world():
    """Schemes in every state with money, beneficiaries and results; facilities, places, a merge, a cluster, a report."""
    commune = CommuneFactory(parent=district())
    facility = FacilityFactory(commune=commune, tax_code="0100109106", eligibility="eligible", eligibility_reason="Đủ")
    for state in STATES:
        scheme = SchemeFactory(
            commune=commune,
            programme=ProgrammeFactory(),
            money={"province": 150, "counterpart": 70},
            benefits={facility: 100},
        )
        ResultFactory(scheme=scheme)
        walk(scheme, state)
    PlanFundingFactory()
    SupportRuleFactory()
    merged()
    figures({"commune": commune}, projects=3, fdi_projects=1)
    village(recognition_number="12/QĐ-UBND", recognized_on=DAY)
    old = CommuneFactory(valid_to=END)
    link(old, CommuneFactory(valid_from=BEGIN))
    FacilityFactory(commune=old)
    done()


def test_there_are_at_least_forty_five_rules_each_with_a_code_of_its_own():
    assert len(CODES) >= 45
    assert len(set(CODES)) == len(CODES)


def test_every_rule_has_a_planted_fault():
    assert {fault.code for fault in FAULTS} == set(CODES)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_a_rule_finds_the_fault_planted_for_it_and_no_other_rule_does(fault):
    rules = beside(fault.code)
    fault.plant()
    outcomes = found(rules=rules)
    assert set(outcomes) == {fault.code} | fault.companions & {rule.code for rule in rules}
    for example in outcomes[fault.code].examples:
        assert re.match(r"[\w“].*\w+ \w+ \w+.*\.$", example.sentence)
        assert not example.sentence[0].islower()
        assert not re.search(r"[{}]|None|Decimal|datetime", example.sentence)
        assert example.todo.endswith(".")


@pytest.mark.django_db
def test_sound_data_breaks_no_rule():
    sound_world()
    assert [example.sentence for outcome in found().values() for example in outcome.examples] == []


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_data():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            found()
        return len(captured)

    sound_world()
    few = queries()
    for _ in range(3):
        SchemeFactory(money={"province": 150}, commune=CommuneFactory())
        FacilityFactory(commune=CommuneFactory())
    assert queries() == few


@pytest.mark.django_db
def test_all_are_counted_and_only_some_shown():
    for number in range(5):
        SchemeFactory(code=f"KC {number}")
    outcome = found()["scheme-code-form"]
    assert (outcome.total, len(outcome.examples)) == (5, running.EXAMPLES)
    for _ in range(5):
        FacilityFactory.create()._meta.model.objects.update(search_key="cũ")
    outcome = found()["derived-key-stale"]
    assert (outcome.total, len(outcome.examples)) == (5, running.EXAMPLES)


@pytest.mark.django_db
def test_a_finding_leads_to_the_page_of_its_record():
    scheme, trade = SchemeFactory(code="KC 1"), TradeFactory(name="Nghề  mẫu")
    connection.cursor().execute("UPDATE facilities_trade SET legal_basis = 'NĐ  45' WHERE id = %s", [trade.pk])
    outcomes = found()
    assert outcomes["scheme-code-form"].examples[0].link == scheme.get_absolute_url()
    assert outcomes["text-spaces"].examples[0].link == f"/admin/facilities/trade/{trade.pk}/change/"


@pytest.mark.django_db
def test_a_province_sees_its_own_findings_and_those_of_what_became_a_part_of_it():
    old, elsewhere = ended_province(), ProvinceFactory(code="38", name="Thanh Hóa")
    for number, province in enumerate((old, elsewhere)):
        SchemeFactory(code=f"KC {number}", province=province, created_by=UserFactory())
        FacilityFactory(province=province)._meta.model.objects.update(search_key="cũ")
    ids = with_predecessors(ProvinceFactory().pk)
    assert {code: outcome.total for code, outcome in found(ids).items()} == {
        "scheme-code-form": 1,
        "derived-key-stale": 1,
    }
    assert found()["scheme-code-form"].total == 2


@pytest.mark.django_db(transaction=True)
def test_the_command_ends_with_0_when_nothing_is_wrong():
    SchemeFactory(money={"province": 150}, state="approved")
    text, code = check_data()
    assert code == 0
    assert f"Đã kiểm tra {len(RULES)} quy tắc" in text
    assert "0 quy tắc có lỗi, 0 quy tắc có cảnh báo" in text


@pytest.mark.django_db(transaction=True)
def test_the_command_ends_with_1_on_an_error_and_names_the_record_and_what_to_do():
    SchemeFactory(code="KC 17", name="Hỗ trợ máy sấy")
    text, code = check_data()
    assert code == 1
    assert "- Đề án “Hỗ trợ máy sấy” mang mã “KC 17”, không đúng dạng KC-40-2020-017. [/schemes/" in text
    assert "Cách xử lý: " in text
    assert "1 quy tắc có lỗi" in text


@pytest.mark.django_db(transaction=True)
def test_a_warning_alone_ends_with_0():
    SchemeFactory(code="KC-40-2019-001")
    text, code = check_data()
    assert code == 0
    assert "0 quy tắc có lỗi, 1 quy tắc có cảnh báo" in text


@pytest.mark.django_db(transaction=True)
def test_some_rules_or_one_province_can_be_asked_alone():
    SchemeFactory(code="KC 17", province=other_province())
    ProvinceFactory()
    assert check_data("--rule", "scheme-name-given", "scheme-code-twice")[1] == 0
    assert check_data("--rule", "scheme-code-form")[1] == 1
    assert check_data("--province", "40")[1] == 0
    assert check_data("--province", "42")[1] == 1


@pytest.mark.django_db(transaction=True)
def test_json_says_the_same_to_a_script():
    SchemeFactory(code="KC 17")
    text, code = check_data("--json")
    said = json.loads(text)
    assert (code, said["errors"], said["warnings"], len(said["rules"])) == (1, 1, 0, len(RULES))
    [broken] = [rule for rule in said["rules"] if rule["found"]]
    assert broken["code"] == "scheme-code-form"
    assert broken["severity"] == "error"
    assert broken["examples"][0]["link"].startswith("/schemes/")


@pytest.mark.django_db(transaction=True)
def test_what_checks_cannot_write():
    with pytest.raises(InternalError, match="read-only"), running.one_moment():
        TradeFactory()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(("--rule", "khong-co"), "Không có quy tắc “khong-co”"), (("--province", "99"), "mang mã “99”")],
)
def test_an_unknown_rule_or_province_is_said_in_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("check_data", *arguments)


def test_the_list_names_every_rule_without_asking_the_database():
    text, code = check_data("--list")
    assert code == 0
    assert len(text.splitlines()) == len(RULES)
    assert all(f" {rule.code} " in text and rule.title in text for rule in RULES)


def test_titles_and_advice_are_whole_sentences_of_the_office():
    for rule in RULES:
        assert rule.title[0].isupper()
        assert not rule.title.endswith(".")
        assert rule.sentence.endswith((".", ")"))
        assert rule.severity in Severity
