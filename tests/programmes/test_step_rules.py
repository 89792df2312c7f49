"""The procedure of schemes: only its steps, by who may take them, with what they need; also by raw UPDATE."""

import csv
import datetime

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from khuyencong import refusals
from programmes import services
from programmes.enums import Level, Status
from programmes.models import Scheme, SchemeContent, StepPaper, WorkflowStep
from tests.factories import DAY, ContentFactory, SchemeFactory, UserFactory, appraise, walk
from tests.programmes.refusing import refused

pytestmark = pytest.mark.django_db
TABLE = (settings.BASE_DIR / "fixtures/workflow_steps.csv").read_text(encoding="utf-8")
PROCEDURE = list(csv.DictReader(TABLE.splitlines()))
ALLOWED = {(row["level"], row["source"], row["target"]) for row in PROCEDURE}
EARLIER = {"scheme_settled_stamp", "scheme_settlement_booked", "scheme_books_even"}  # rules that a step also breaks


def step_by_sql(scheme, target, **fields):
    Scheme.objects.filter(pk=scheme.pk).update(status=target, status_at=timezone.now(), **fields)


def reached(level, state):
    return SchemeFactory(
        level=level, is_group=state == "detailed", money={"province": 100, "national": 100}, state=state
    )


def test_the_procedure_names_every_state_but_those_that_end_it():
    for level in Level.values:
        left = {source for one, source, _ in ALLOWED if one == level}
        entered = {target for one, _, target in ALLOWED if one == level}
        assert entered - left == {"rejected", "closed", "terminated"}
        assert left - entered == set()


@pytest.mark.parametrize("level", Level.values)
@pytest.mark.parametrize("state", Status.values)
def test_no_step_but_those_of_the_procedure_passes_even_by_raw_update(level, state):
    if not any(state in (source, target) for one, source, target in ALLOWED if one == level):
        pytest.skip("not a state of this level")
    scheme = reached(level, state)
    assert scheme.status == state

    for target in Status.values:
        if target == state or (level, state, target) in ALLOWED:
            continue
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            step_by_sql(scheme, target)
        refusal = refusals.explain(caught.value)
        if refusal.code not in EARLIER:
            expected = f"Không thể chuyển đề án từ “{Status(state).label}” sang “{Status(target).label}”."
            assert (refusal.code, refusal.sentence) == ("scheme_transition", expected)


@pytest.mark.parametrize(
    ("source", "target"), [("draft", "submitted"), ("approved", "in_progress"), ("submitted", "draft")]
)
def test_a_step_of_staff_is_not_taken_in_the_name_of_another_role(source, target):
    scheme = SchemeFactory(money={"province": 100}, state=source)
    stamp = {"submitted_at": timezone.now(), "submitted_by": scheme.created_by} if target == "submitted" else {}
    stamp |= {"submitted_at": None, "submitted_by": None} if target == "draft" else {}

    for role in ("reviewer", "leader", "auditor", "administrator"):
        by = UserFactory(role=role)
        sentence = refused(lambda by=by: step_by_sql(scheme, target, status_by=by, **stamp), "scheme_doer")
        assert sentence.endswith("do chuyên viên thực hiện.")


def test_a_step_without_its_stamp_is_refused():
    scheme = SchemeFactory(money={"province": 100})

    refused(lambda: Scheme.objects.filter(pk=scheme.pk).update(status="submitted"), "scheme_status_stamped")


def test_a_scheme_is_approved_only_with_a_sheet_of_this_sending_that_recommends_it():
    scheme = SchemeFactory(money={"province": 100}, state="submitted")
    reviewer = UserFactory(role="reviewer")
    decision = {"by": reviewer, "reason": "Đủ điều kiện", "number": "15/QĐ-SCT", "on": DAY}

    refused(lambda: services.approve_scheme(scheme, **decision), "scheme_appraised")
    appraise(scheme, reviewer)
    services.return_scheme(scheme, **decision)
    services.submit_scheme(scheme, by=scheme.created_by)
    refused(lambda: services.approve_scheme(scheme, **decision), "scheme_appraised")
    appraise(scheme, reviewer, verdict="revise")
    refused(lambda: services.approve_scheme(scheme, **decision), "scheme_appraised")
    appraise(scheme, reviewer)

    assert services.approve_scheme(scheme, **decision).status == "approved"


@pytest.mark.parametrize(
    ("level", "state", "verb"),
    [("national", "appraised", "register"), ("local", "approved", "contract"), ("local", "accepted", "liquidate")],
)
def test_a_step_waits_for_its_paper(level, state, verb):
    scheme = reached(level, state)
    staff = scheme.created_by

    sentence = refused(lambda: services.take_step(scheme, verb, by=staff), "scheme_step_paper")
    services.take_step(scheme, verb, by=staff, paper={"number": "01/HĐ", "issued_on": DAY})

    assert "cần văn bản" in sentence
    assert StepPaper.objects.filter(scheme=scheme, verb=verb).count() == 1


def test_a_paper_of_tomorrow_is_refused_and_a_written_one_never_changes():
    scheme = SchemeFactory(money={"province": 100}, state="approved")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    paper = {"number": "01/HĐ", "issued_on": tomorrow}

    refused(
        lambda: services.take_step(scheme, "contract", by=scheme.created_by, paper=paper), "step_paper_not_in_future"
    )
    services.take_step(scheme, "contract", by=scheme.created_by, paper=paper | {"issued_on": DAY})

    refused(lambda: StepPaper.objects.update(number="02/HĐ"), "step_paper_unchanged")


def test_a_flagship_is_sent_with_two_contents():
    scheme = SchemeFactory(is_flagship=True, money={"province": 100})

    sentence = refused(lambda: services.submit_scheme(scheme, by=scheme.created_by), "scheme_flagship_contents")
    SchemeContent.objects.create(scheme=scheme, content=ContentFactory(code="KC04.05", name="Hội chợ"))

    assert sentence == "Đề án điểm phải có từ hai nội dung: ghi thêm nội dung khác của đề án."
    assert services.submit_scheme(scheme, by=scheme.created_by).status == "submitted"


def test_a_group_begins_only_after_its_detailed_plan_and_no_other_scheme_has_one():
    group = SchemeFactory(is_group=True, money={"province": 100}, state="approved")
    single = SchemeFactory(money={"province": 100}, state="approved")
    reviewer = UserFactory(role="reviewer")

    refused(lambda: services.start_scheme(group, by=group.created_by), "scheme_transition")
    refused(lambda: step_by_sql(group, "in_progress", status_by=group.created_by), "scheme_group_detailed")
    StepPaper.objects.create(
        scheme=single, verb="detail", number="1", issued_on=DAY, recorded_by=reviewer, recorded_at=timezone.now()
    )
    refused(lambda: step_by_sql(single, "detailed", status_by=reviewer), "scheme_detail_of_groups")
    walk_on = services.take_step(group, "detail", by=reviewer, paper={"number": "1", "issued_on": DAY})

    assert services.start_scheme(walk_on, by=group.created_by).status == "in_progress"


def test_a_province_with_a_procedure_of_its_own_follows_only_that():
    scheme = SchemeFactory(money={"province": 100})
    WorkflowStep.objects.create(
        level="local",
        province=scheme.province,
        verb="submit",
        source="draft",
        target="submitted",
        role="staff",
        valid_from=DAY,
    )
    services.submit_scheme(scheme, by=scheme.created_by)

    refused(lambda: services.withdraw_scheme(scheme, by=scheme.created_by), "scheme_transition")


def test_walk_takes_a_draft_to_the_end_of_both_roads():
    for level in Level.values:
        scheme = SchemeFactory(level=level, money={"national": 100})

        walk(scheme, "closed")

        assert scheme.status == "closed"
