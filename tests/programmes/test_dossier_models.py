"""Rules of the dossier: a step waits for its papers, and a paper once given stays."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from khuyencong.refusals import explain
from programmes import services
from programmes.demonstration.dossier import illustrate
from programmes.dossier.checklist import checklist
from programmes.dossier_steps import Step
from programmes.models import DossierItem, Scheme, SchemeContent, SchemeDocument
from tests.factories import (
    DAY,
    BeneficiaryFactory,
    ContentFactory,
    DocumentFactory,
    DossierItemFactory,
    ProvinceFactory,
    SchemeFactory,
    walk,
)

pytestmark = pytest.mark.django_db
MONEY = {"province": 100}


def refusal(action):
    """What the database says when `action()` breaks a rule."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        action()
    return explain(caught.value)


def submit(scheme):
    return services.submit_scheme(scheme, by=scheme.created_by)


def test_a_step_waits_for_its_papers_and_names_those_that_are_missing():
    scheme = SchemeFactory(money=MONEY)
    request = DossierItemFactory(name="Đơn đề nghị", position=1)
    DossierItemFactory(name="Thuyết minh đề án", position=2)
    DocumentFactory(scheme=scheme, item=request)

    refused = refusal(lambda: submit(scheme))

    assert refused.code == "scheme_dossier_complete"
    assert refused.sentence == "Hồ sơ còn thiếu: Thuyết minh đề án. Bổ sung ở mục Hồ sơ rồi thực hiện lại."


def test_a_step_is_taken_once_its_papers_are_there():
    scheme = SchemeFactory(money=MONEY)
    DocumentFactory(scheme=scheme, item=DossierItemFactory())

    submit(scheme)

    scheme.refresh_from_db()
    assert scheme.status == "submitted"


def test_a_withdrawn_paper_does_not_count():
    scheme = SchemeFactory(money=MONEY)
    paper = DocumentFactory(scheme=scheme, item=DossierItemFactory(name="Đơn đề nghị"))
    withdraw(paper)

    assert refusal(lambda: submit(scheme)).code == "scheme_dossier_complete"


def withdraw(paper):
    paper.withdrawn_at, paper.withdrawn_by, paper.withdrawn_reason = paper.uploaded_at, paper.uploaded_by, "Nhầm tệp"
    paper.save()


@pytest.mark.parametrize(
    "values",
    [
        {"is_required": False},
        {"step": "accept"},
        {"step": "remainder"},
        {"level": "national"},
        {"kind": "task"},
        {"only_with_beneficiaries": True},
        {"valid_to": datetime.date(2020, 1, 1)},
        {"valid_from": datetime.date(2999, 1, 1)},
    ],
    ids=str,
)
def test_an_item_that_is_not_asked_of_this_step_stops_nothing(values):
    scheme = SchemeFactory(money=MONEY)
    DossierItemFactory(**values)

    submit(scheme)

    assert Scheme.objects.get(pk=scheme.pk).status == "submitted"


def test_items_of_another_province_or_content_stop_nothing():
    scheme = SchemeFactory(money=MONEY)
    DossierItemFactory(province=ProvinceFactory(code="42", name="Hà Tĩnh"))
    DossierItemFactory(content=ContentFactory(code="KC01.02", name="Truyền nghề"))

    submit(scheme)

    assert Scheme.objects.get(pk=scheme.pk).status == "submitted"


@pytest.mark.parametrize("code", ["KC03.04", "KC03"])
def test_an_item_of_a_content_or_of_its_clause_is_asked(code):
    clause = ContentFactory(code="KC03", name="Mô hình")
    leaf = ContentFactory(group=clause)
    scheme = SchemeFactory(money=MONEY, content=leaf)
    DossierItemFactory(content=clause if code == "KC03" else leaf)

    assert refusal(lambda: submit(scheme)).code == "scheme_dossier_complete"


def test_an_item_of_a_further_content_of_the_scheme_is_asked():
    other = ContentFactory(code="KC01.02", name="Truyền nghề")
    scheme = SchemeFactory(money=MONEY)
    SchemeContent.objects.create(scheme=scheme, content=other)
    DossierItemFactory(content=other)

    assert refusal(lambda: submit(scheme)).code == "scheme_dossier_complete"


def test_an_item_for_beneficiaries_is_asked_of_a_scheme_that_has_some():
    scheme = SchemeFactory(money={"province": 10**9})
    BeneficiaryFactory(scheme=scheme)
    DossierItemFactory(only_with_beneficiaries=True)

    assert refusal(lambda: submit(scheme)).code == "scheme_dossier_complete"


def test_the_day_of_a_step_is_the_day_in_vietnam():
    """18:00 on 31 December in London is 1 January in Vietnam: the paper asked for from that day on is missing."""
    evening = datetime.datetime(2018, 12, 31, 18, 0, tzinfo=datetime.UTC)
    scheme = SchemeFactory(money=MONEY, status_at=evening - datetime.timedelta(days=1))
    DossierItemFactory(valid_from=datetime.date(2019, 1, 1))
    stamp = {"status": "submitted", "submitted_at": evening, "submitted_by": scheme.created_by}

    def step(at):
        Scheme.objects.filter(pk=scheme.pk).update(status_at=at, **stamp)

    assert refusal(lambda: step(evening)).code == "scheme_dossier_complete"
    step(evening - datetime.timedelta(hours=2))
    assert Scheme.objects.get(pk=scheme.pk).status == "submitted"


def test_a_paper_is_never_changed():
    paper = DocumentFactory()
    paper.title = "Tên khác"

    assert refusal(paper.save).code == "document_is_fixed"


def test_a_withdrawal_has_its_reason_and_is_final():
    paper = DocumentFactory()
    paper.withdrawn_at, paper.withdrawn_by = paper.uploaded_at, paper.uploaded_by
    assert refusal(paper.save).code == "document_withdrawal_whole"

    withdraw(paper)
    paper.withdrawn_at = paper.withdrawn_by = None
    paper.withdrawn_reason = ""
    assert refusal(paper.save).code == "document_withdrawn_once"


def test_a_paper_that_a_step_needed_is_withdrawn_only_after_another_took_its_place():
    scheme = SchemeFactory(money=MONEY)
    item = DossierItemFactory(name="Đơn đề nghị")
    paper = DocumentFactory(scheme=scheme, item=item)
    submit(scheme)

    refused = refusal(lambda: withdraw(paper))
    assert refused.code == "document_still_needed"
    assert "“Đơn đề nghị”" in refused.sentence

    DocumentFactory(scheme=scheme, item=item, title="Đơn đề nghị thay thế")
    withdraw(paper)
    assert SchemeDocument.objects.in_force().get().title == "Đơn đề nghị thay thế"


def test_a_paper_of_a_draft_may_be_deleted_but_not_once_the_scheme_was_sent():
    draft, sent = SchemeFactory(), SchemeFactory(money=MONEY, state="submitted")
    DocumentFactory(scheme=draft).delete()
    kept = DocumentFactory(scheme=sent)
    services.withdraw_scheme(sent, by=sent.created_by)

    assert refusal(kept.delete).code == "document_goes_with_drafts"
    assert list(SchemeDocument.objects.all()) == [kept]


def test_a_draft_goes_with_its_papers():
    paper = DocumentFactory()

    paper.scheme.delete()

    assert not SchemeDocument.objects.exists()


def test_a_paper_belongs_to_an_item_of_its_scheme():
    item = DossierItemFactory(name="Biên bản", level="national")

    assert refusal(lambda: DocumentFactory(item=item)).code == "document_of_the_scheme"


def test_a_paper_of_another_content_is_not_taken_even_where_the_schemes_own_content_has_no_group():
    item = DossierItemFactory(content=ContentFactory(code="KC01.02", name="Truyền nghề"))

    assert refusal(lambda: DocumentFactory(item=item)).code == "document_of_the_scheme"


def test_a_paper_is_not_received_in_the_future():
    tomorrow = datetime.date(2999, 1, 1)

    assert refusal(lambda: DocumentFactory(received_on=tomorrow)).code == "document_received_not_in_future"


@pytest.mark.parametrize(
    "values", [{"is_paper": False}, {"stored_name": "a" * 32}, {"is_paper": False, "stored_name": "../../etc/passwd"}]
)
def test_a_paper_is_a_file_or_was_received(values):
    assert refusal(lambda: DocumentFactory(**values)).code == "document_file_or_paper"


LIMITS = {
    "level": st.sampled_from(["", "local", "national"]),
    "kind": st.sampled_from(["", "scheme", "task"]),
    "only_with_beneficiaries": st.booleans(),
    "place": st.sampled_from(["", "own", "other"]),
    "content": st.sampled_from(["", "KC03", "KC03.04", "KC01.02", "KC01"]),
}


def all_contents():
    """Two clauses and a content of each, by code."""
    clauses = {code: ContentFactory(code=code, name=code) for code in ("KC03", "KC01")}
    leaves = {code: ContentFactory(code=code, name=code, group=clauses[code[:4]]) for code in ("KC03.04", "KC01.02")}
    return clauses | leaves


@pytest.mark.parametrize("has_beneficiary", [True, False])
@settings(max_examples=60)
@given(limits=st.fixed_dictionaries(LIMITS))
def test_the_list_and_the_database_ask_for_the_same_papers(has_beneficiary, limits):
    """The trigger refuses exactly when the list on the page says that something is missing."""
    with transaction.atomic():
        contents = all_contents()
        scheme = SchemeFactory(money={"province": 10**9}, content=contents["KC03.04"])
        if has_beneficiary:
            BeneficiaryFactory(scheme=scheme)
        places = {"": None, "own": scheme.province, "other": ProvinceFactory(code="42", name="Hà Tĩnh")}
        DossierItemFactory(**_item(limits, contents, places))
        missing = checklist(scheme).next is not None
        refused = False
        try:
            with transaction.atomic():
                submit(scheme)
        except IntegrityError:
            refused = True
        transaction.set_rollback(True)
    assert refused == missing


def _item(limits, contents, places):
    """The limits as fields of an item."""
    rest = {name: value for name, value in limits.items() if name not in {"place", "content"}}
    return rest | {"content": contents.get(limits["content"]), "province": places[limits["place"]]}


def test_the_list_goes_by_steps_and_says_what_comes_next():
    scheme = SchemeFactory(money=MONEY)
    DocumentFactory(scheme=scheme, item=DossierItemFactory(step="submit", position=1))
    DossierItemFactory(step="accept", name="Biên bản nghiệm thu", position=2)
    DossierItemFactory(step="approve", name="Tờ trình", is_required=False, position=3)
    DocumentFactory(scheme=scheme, title="Ảnh hiện trường")

    found = checklist(scheme)

    assert [(one.step, one.given, one.required) for one in found.steps] == [
        (Step.SUBMIT, 1, 1),
        (Step.APPROVE, 0, 0),
        (Step.ACCEPT, 0, 1),
    ]
    assert (found.next.step, [item.name for item in found.next.missing]) == (Step.ACCEPT, ["Biên bản nghiệm thu"])
    assert [one.title for one in found.others] == ["Ảnh hiện trường"]


def test_a_step_already_taken_asks_for_nothing_more():
    scheme = SchemeFactory(money=MONEY, state="submitted")
    DossierItemFactory(step="submit", name="Giấy tờ quy định sau")

    assert checklist(scheme).next is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_paper_and_for_three(count, django_assert_num_queries):
    scheme = SchemeFactory()
    for _ in range(count):
        DocumentFactory(scheme=scheme, item=DossierItemFactory())

    with django_assert_num_queries(6):
        checklist(Scheme.objects.for_page().get(pk=scheme.pk)).documents  # noqa: B018  the page's question


def test_demonstration_schemes_get_their_papers_before_each_step_in_one_statement(django_assert_num_queries):
    schemes = [SchemeFactory(money=MONEY) for _ in range(3)]
    item = DossierItemFactory(valid_from=DAY)
    DossierItemFactory(is_required=False)
    DossierItemFactory(step="accept")

    with django_assert_num_queries(2):
        illustrate(Scheme.objects.all(), schemes[0].created_by, status="submitted", on=DAY)
    illustrate(Scheme.objects.all(), schemes[0].created_by, status="submitted", on=DAY)

    papers = SchemeDocument.objects.order_by("scheme_id").values_list("scheme", "item", "is_paper", "received_on")
    before = DAY - datetime.timedelta(days=1)
    assert list(papers) == [(scheme.pk, item.pk, True, before) for scheme in schemes]
    walk(schemes[0], "submitted")
    assert DossierItem.objects.count() == 3
