"""Many schemes before one decision: what each asks for, and what stands against it. As many queries for any number."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from khuyencong.money import format_amount
from programmes.enums import Verb
from programmes.models import FundingLine, Scheme, ceiling_guards
from programmes.models.guards import binds

NOT_NOW = "không có bước này khi đề án ở trạng thái “%s”"
NO_SHEET = "chưa có phiếu thẩm định đề nghị phê duyệt"
OVER = "vượt mức hỗ trợ chưa được xác nhận: %s đồng, mức còn lại %s đồng"
UNSETTLED = "còn nguồn chưa ghi số quyết toán"
OWN = "bạn là người lập hoặc gửi đề án này"

STEPS = f"""SELECT scheme.id, step.appraisal FROM programmes_scheme scheme JOIN programmes_workflowstep step
    ON step.source = scheme.status AND step.verb = %(verb)s AND {binds("step", "scheme", "%(day)s::date")}
    WHERE scheme.id = ANY(%(ids)s)"""
RECOMMENDED = """SELECT DISTINCT ON (sheet.scheme_id, sheet.stage) sheet.scheme_id, sheet.stage, sheet.verdict
    FROM programmes_appraisal sheet JOIN programmes_scheme scheme
    ON scheme.id = sheet.scheme_id AND scheme.submitted_at = sheet.submitted_at
    WHERE scheme.id = ANY(%(ids)s) ORDER BY sheet.scheme_id, sheet.stage, sheet.id DESC"""
EXCESSES = f"""SELECT picked.id, over.asked, over.most FROM programmes_scheme picked CROSS JOIN LATERAL (
        {ceiling_guards.over_ceilings("picked.id", "%(day)s::date", ceiling_guards.PROPOSED)}) over
    WHERE picked.id = ANY(%(ids)s) AND NOT EXISTS (SELECT 1 FROM programmes_ceilingexception exception
        WHERE exception.scheme_id = picked.id AND exception.rule_id = over.rule_id AND exception.confirmed_at IS NOT NULL
        AND exception.benefit_id IS NOT DISTINCT FROM over.benefit_id AND exception.amount >= over.asked)
    ORDER BY picked.id, over.asked DESC"""


@dataclass(frozen=True, slots=True)
class Row:
    """A scheme, what it asks for in support and in all (đồng), and why it cannot go; [] when it can."""

    scheme: Scheme
    support: Decimal
    total: Decimal
    problems: list


@dataclass(frozen=True, slots=True)
class Survey:
    """The rows of a confirming page with their totals."""

    rows: list

    @property
    def ready(self):
        return [row for row in self.rows if not row.problems]

    @property
    def support(self):
        return sum(row.support for row in self.rows)

    @property
    def total(self):
        return sum(row.total for row in self.rows)


def survey(schemes, verb, user) -> Survey:
    """What stands in the way of `verb` for each of `schemes` when `user` takes it."""
    ids = {"ids": [scheme.pk for scheme in schemes], "day": timezone.localdate(), "verb": verb}
    lines = defaultdict(list)
    for line in FundingLine.objects.filter(scheme__in=ids["ids"]).select_related("source"):
        lines[line.scheme_id].append(line)
    against = _against(schemes, verb, user, ids, lines)
    return Survey([_row(scheme, lines[scheme.pk], against[scheme.pk]) for scheme in schemes])


def _row(scheme, lines, problems):
    support = sum(line.amount for line in lines if line.source.is_support)
    return Row(scheme, support, sum(line.amount for line in lines), problems)


def _against(schemes, verb, user, ids, lines):
    """{scheme id: [what stands in the way]}."""
    steps = dict(_ask(STEPS, ids))
    passed = {(scheme, stage) for scheme, stage, verdict in _ask(RECOMMENDED, ids) if verdict == "pass"}
    over = {row[0]: row[1:] for row in _ask(EXCESSES, ids)[::-1]} if verb == Verb.APPROVE else {}
    found = {}
    for scheme in schemes:
        stage = steps.get(scheme.pk)
        checks = (
            (scheme.pk not in steps, NOT_NOW % scheme.get_status_display()),
            (user.pk in (scheme.created_by_id, scheme.submitted_by_id), OWN),
            (stage and (scheme.pk, stage) not in passed, NO_SHEET),
            (verb == Verb.SETTLE and any(line.settled_amount is None for line in lines[scheme.pk]), UNSETTLED),
        )
        found[scheme.pk] = [sentence for is_so, sentence in checks if is_so]
        if scheme.pk in over:
            found[scheme.pk].append(OVER % tuple(map(format_amount, over[scheme.pk])))
    return found


def _ask(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
