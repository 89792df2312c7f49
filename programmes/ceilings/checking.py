"""What the rules of support leave to a scheme, and what it asks beyond them: the SQL of the step triggers."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from khuyencong.money import format_amount
from programmes.enums import DECIDED
from programmes.models import CeilingException, ceiling_guards

PROPOSED, AGREED = "proposed", "agreed"
AMOUNTS = {PROPOSED: ceiling_guards.PROPOSED, AGREED: ceiling_guards.AGREED}


@dataclass(frozen=True, slots=True)
class Limit:
    """What one rule leaves to a facility, or to the scheme as a whole (`benefit_id` and `facility` None); đồng.

    `most` is what may be given, after what the facility got under the same rule before; `asked` is of that money.
    """

    rule_id: int
    benefit_id: int | None
    facility: str | None
    document: str
    clause: str
    asked: Decimal
    most: Decimal

    @property
    def basis(self):
        """'TT 36/2013/TT-BCT, Điều 7'."""
        return ", ".join(part for part in (self.document, self.clause) if part)

    @property
    def is_over(self):
        return self.asked > self.most


@dataclass(frozen=True, slots=True)
class Excess(Limit):
    """One rule that is exceeded, and the reason on record for at least that much."""

    exception: CeilingException | None

    @property
    def by(self):
        return self.asked - self.most

    @property
    def sentence(self):
        """What the database says when the scheme is sent without a reason."""
        amounts = format_amount(self.asked), self.basis, format_amount(self.most)
        return ceiling_guards.OVER % (self.facility or "Đề án", *amounts, "")

    @property
    def key(self):
        """Names it in a form: '12-345', with 0 for the scheme as a whole."""
        return f"{self.rule_id}-{self.benefit_id or 0}"

    @property
    def is_explained(self):
        """A reason is on record for at least this much."""
        return self.exception is not None

    @property
    def is_confirmed(self):
        """A second person confirmed the reason: the scheme may be approved."""
        return self.exception is not None and self.exception.confirmed_at is not None


def check(scheme, stage=PROPOSED, day=None) -> list[Excess]:
    """The rules that `scheme` exceeds on `day` (today) with what it asks, or with what is agreed. Two queries."""
    sql = ceiling_guards.over_ceilings("%(scheme)s", "%(day)s::date", AMOUNTS[stage], among=_among(scheme))
    rows = _rows(sql, scheme, day)
    known = _exceptions(scheme) if rows else []
    return [Excess(*row, exception=_for(known, *row)) for row in rows]


def left(scheme, stage=PROPOSED, day=None) -> list[Limit]:
    """What every rule in force leaves to each facility that gets money, and to the scheme; also where none is exceeded."""
    sql = ceiling_guards.over_ceilings(
        "%(scheme)s", "%(day)s::date", AMOUNTS[stage], ceiling_guards.LIMITS, _among(scheme)
    )
    found = [Limit(*row) for row in _rows(sql, scheme, day)]
    return sorted(found, key=lambda one: (one.benefit_id is None, one.benefit_id, one.document, one.rule_id))


def _among(scheme):
    """Of a decided scheme those that were decided before it; while it waits, all that are decided."""
    return "earlier.decision_on <= %(day)s::date" if scheme.status in DECIDED else "true"


def now(scheme):
    """(stage, day) that bind the scheme as it stands: what was agreed on its decision, else what it asks today."""
    if scheme.status in DECIDED:
        return AGREED, scheme.decision_on
    return PROPOSED, timezone.localdate()


def _rows(sql, scheme, day):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"scheme": scheme.pk, "day": day or timezone.localdate()})
        return cursor.fetchall()


def _exceptions(scheme):
    return list(scheme.ceiling_exceptions.select_related("requested_by", "confirmed_by"))


def _for(known, rule_id, benefit_id, *details):
    """The exception that covers it, a confirmed one first: the newest."""
    asked = details[-2]
    found = [one for one in known if (one.rule_id, one.benefit_id) == (rule_id, benefit_id) and one.amount >= asked]
    return max(found, key=lambda one: (one.confirmed_at is not None, one.pk), default=None)
