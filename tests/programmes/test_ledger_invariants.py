"""What must hold of public money whatever is tried: by services, by raw SQL, in any order. Each step really commits."""

from contextlib import suppress
from decimal import ROUND_FLOOR, Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from khuyencong.refusals import RefusedError
from programmes import services as steps
from programmes.adjustments.services import adjust
from programmes.ledger import reconciliation, services, standing
from programmes.models import Adjustment, AdjustmentLine, FundingLine, LedgerEntry
from programmes.models.money_guards import ADVANCED_UNTIL
from tests.factories import FacilityFactory
from tests.programmes.ledger_factories import DAY, advance_rule, fresh, reviewer_of, running_scheme

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (DatabaseError, RefusedError)
RATE = 70
AMOUNTS = st.integers(1, 60) | st.sampled_from([70, 71, 100, 101])
SOURCES = st.sampled_from(["province", "commune"])
PAYS = st.sampled_from(["advance", "payment"])
TAMPERING = [
    *(
        f"UPDATE programmes_fundingline SET {column} = coalesce({column}, 0) + 1"
        for column in ("approved_amount", "adjusted_amount")
    ),
    "UPDATE programmes_fundingline SET proposed_amount = proposed_amount + 1",
    "DELETE FROM programmes_fundingline",
    "UPDATE programmes_ledgerentry SET amount = amount + 1",
    "DELETE FROM programmes_ledgerentry",
    "UPDATE programmes_adjustmentline SET after_amount = 1",
    "DELETE FROM programmes_adjustmentline",
    "DELETE FROM programmes_adjustment",
]
SIGNS = {"advance": 1, "payment": 1, "refund": -1, "settlement": 0}


def attempt(act):
    """Whether `act` was let through; it is one transaction, committed or undone."""
    try:
        with transaction.atomic():
            act()
    except REFUSED:
        return False
    return True


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert_raw(scheme, kind, source, amount, reverses=None):
    """An entry past every service and form."""
    execute(
        "INSERT INTO programmes_ledgerentry (scheme_id, source_id, kind, amount, entered_on, document_number, note, "
        "reverses_id, recorded_by_id, recorded_at) VALUES (%s, %s, %s, %s, %s, 'SQL', 'SQL', %s, %s, %s)",
        *(scheme.pk, source, kind, amount, DAY, reverses, scheme.created_by_id, timezone.now()),
    )


class Money(RuleBasedStateMachine):
    """One scheme of two sources of support and a counterpart, from its start to its end."""

    reached = set()

    @initialize()
    def begin(self):
        facility = FacilityFactory()
        self.scheme = running_scheme(
            money={"province": 100, "commune": 50, "counterpart": 200}, benefits={facility: 60}, year=2020
        )
        self.reviewer, self.numbers = reviewer_of(self.scheme), 0
        self.approved = {line.source_id: line.approved_amount for line in self.scheme.funding_lines.all()}
        self.written, self.net, self.raised = {}, {"province": Decimal(0), "commune": Decimal(0)}, False

    @property
    def status(self):
        return fresh(self.scheme).status

    def standing_of(self, source):
        found = standing.standings(self.scheme, standing.rule_of(self.scheme, DAY))
        return next(one for one in found if one.row.source == source)

    @rule(kind=PAYS, source=SOURCES, amount=AMOUNTS, raw=st.booleans())
    def pay(self, kind, source, amount, raw):
        """What the page says may be paid is let through to the đồng, and nothing above it, by either door."""
        most = self.standing_of(source).most
        assert attempt(lambda: self._book(kind, source, amount, raw)) == (amount <= most)

    @rule(source=SOURCES, amount=AMOUNTS, raw=st.booleans())
    def refund(self, source, amount, raw):
        open_book = self.status not in {"closed"}
        assert attempt(lambda: self._book("refund", source, amount, raw)) == (open_book and amount <= self.net[source])

    def _book(self, kind, source, amount, raw):
        if raw:
            return insert_raw(self.scheme, kind, source, amount)
        values = {"source": source, "kind": kind, "amount": Decimal(amount), "entered_on": DAY}
        return services.record(self.scheme, by=self.scheme.created_by, document_number="PC", **values)

    @precondition(lambda self: self.written)
    @rule(data=st.data(), raw=st.booleans())
    def reverse(self, data, raw):
        entry = LedgerEntry.objects.get(pk=data.draw(st.sampled_from(sorted(self.written))))
        if raw:
            attempt(lambda: insert_raw(self.scheme, entry.kind, entry.source_id, -entry.amount, entry.pk))
        else:
            attempt(lambda: services.reverse(entry, by=self.scheme.created_by, note="Ghi nhầm"))

    @precondition(lambda self: self.status == "in_progress")
    @rule(source=SOURCES, after=st.integers(0, 130), raw=st.booleans())
    def adjust(self, source, after, raw):
        self.numbers += 1
        if raw:
            attempt(lambda: self._adjust_raw(source, after))
            return
        line = self.scheme.funding_lines.get(source=source)
        kind = "increase" if after > line.agreed_amount else "decrease"
        decision = {"kind": kind, "authority": "chair", "number": f"{self.numbers}/QĐ", "decided_on": DAY}
        attempt(lambda: adjust(self.scheme, by=self.reviewer, reason="Đổi", amounts={source: after}, **decision))

    def _adjust_raw(self, source, after):
        """A decision whose line claims to begin at what was approved first, whatever is in force."""
        decision = Adjustment.objects.create(
            scheme=self.scheme,
            kind="increase",
            authority="chair",
            number=f"{self.numbers}/SQL",
            decided_on=DAY,
            reason="Đổi",
            made_by=self.reviewer,
            recorded_at=timezone.now(),
        )
        execute(
            "INSERT INTO programmes_adjustmentline (adjustment_id, source_id, before_amount, after_amount) VALUES (%s, %s, %s, %s)",
            *(decision.pk, source, self.approved[source], after),
        )

    @precondition(lambda self: self.status == "in_progress")
    @rule(less=st.integers(-1, 40))
    def accept(self, less):
        now = {line.source_id: line.agreed_amount for line in self.scheme.funding_lines.all()}
        amounts = now | {"province": max(now["province"] - less, Decimal(0))}
        by = self.scheme.created_by
        attempt(lambda: steps.accept_scheme(self.scheme, by=by, on=DAY, amounts=amounts))

    @precondition(lambda self: self.status == "accepted")
    @rule(less=st.integers(-2, 20))
    def write_settled(self, less):
        change = "settled_amount = greatest(accepted_amount - %s, 0)"
        attempt(
            lambda: execute(f"UPDATE programmes_fundingline SET {change} WHERE scheme_id = %s", less, self.scheme.pk)
        )

    @rule(source=SOURCES, amount=AMOUNTS)
    def settle_raw(self, source, amount):
        attempt(lambda: insert_raw(self.scheme, "settlement", source, amount))

    @rule(act=st.sampled_from(["adjusted", "settled", "closed"]))
    def out_of_turn(self, act):
        """Whatever the state: the database knows whether it is time."""
        acts = {"adjusted": lambda: self._adjust_raw("province", 50), "settled": self._settle, "closed": self._close}
        attempt(acts[act])

    def _settle(self):
        decision = {"reason": "Đủ", "number": "9/QĐ", "on": DAY}
        steps.settle_scheme(fresh(self.scheme), by=self.reviewer, **decision)

    def _close(self):
        steps.take_step(self.scheme, "close", by=self.reviewer)

    @precondition(lambda self: self.status in {"accepted", "settled"})
    @rule(closes=st.booleans())
    def even_out(self, closes):
        """What an office does in the end: settle what was accepted, pay or take back the rest."""
        if self.status == "accepted":
            attempt(lambda: FundingLine.objects.filter(scheme=self.scheme).update(settled_amount=F("accepted_amount")))
            attempt(self._settle)
        for row in reconciliation.rows([self.scheme.pk]):
            kind = "payment" if row.difference < 0 else "refund"
            attempt(lambda row=row, kind=kind: self._book(kind, row.source, abs(row.difference), raw=False))
        if closes:
            attempt(self._close)

    @rule(change=st.sampled_from(TAMPERING))
    def tamper(self, change):
        """What was approved, decided and booked is never changed in place, nor deleted: where there is a row, it refuses."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {change.split()[1 if change.startswith('UPDATE') else 2]}")
            rows = cursor.fetchone()[0]
        assert attempt(lambda: execute(change)) == (rows == 0)

    @invariant()
    def money_adds_up(self):
        if not hasattr(self, "scheme"):
            return
        status, lines = self.status, self.scheme.funding_lines.select_related("source")
        self.reached.add(status)
        entries = list(self.scheme.entries.order_by("pk"))
        self._the_book_only_grows(entries)
        for line in lines:
            self._line_holds(line, status, [one for one in entries if one.source_id == line.source_id])
        self._every_stage_adds_up()

    def _the_book_only_grows(self, entries):
        now = {one.pk: (one.source_id, one.kind, one.amount, one.reverses_id) for one in entries}
        assert self.written.items() <= now.items()
        reversed_ones = [one.reverses_id for one in entries if one.reverses_id]
        assert len(reversed_ones) == len(set(reversed_ones))
        self.written = now

    def _line_holds(self, line, status, entries):
        sums = {kind: sum((one.amount for one in entries if one.kind == kind), Decimal(0)) for kind in SIGNS}
        paid, agreed = sum(SIGNS[kind] * amount for kind, amount in sums.items()), line.agreed_amount
        assert line.approved_amount == self.approved[line.source_id]
        assert agreed == self._as_decided(line)
        assert 0 <= paid <= agreed
        assert (
            (line.settled_amount or 0) <= (agreed if line.accepted_amount is None else line.accepted_amount) <= agreed
        )
        assert sums["refund"] <= sums["advance"] + sums["payment"]
        if not line.source.is_support:
            assert not entries
            return
        bound = (agreed * RATE / 100).to_integral_value(ROUND_FLOOR) if status in ADVANCED_UNTIL else agreed
        if status not in ADVANCED_UNTIL:
            bound = line.accepted_amount if line.settled_amount is None else line.settled_amount
        assert paid <= max(
            bound, self.net[line.source_id]
        )  # no step pays beyond; a bound that sinks leaves a refund due
        if status in {"settled", "closed"}:
            assert sums["settlement"] == line.settled_amount
        if status == "closed":
            assert paid == line.settled_amount
        self.net[line.source_id] = paid

    def _as_decided(self, line):
        """The approved amount, moved from decision to decision without a gap."""
        amount = line.approved_amount
        for moved in AdjustmentLine.objects.filter(adjustment__scheme=self.scheme, source=line.source_id).order_by(
            "pk"
        ):
            assert moved.before_amount == amount
            amount = moved.after_amount
        return amount

    def _every_stage_adds_up(self):
        rows = reconciliation.rows([self.scheme.pk])
        whole = reconciliation.total(rows)
        parts = [total for _, total in reconciliation.by_source(rows)]
        for name in (
            "proposed",
            "approved",
            "agreed",
            "advance",
            "payment",
            "refund",
            "paid",
            "accepted",
            "settled",
            "difference",
        ):
            assert (getattr(whole, name) or 0) == sum(getattr(part, name) or 0 for part in parts)
            assert (getattr(whole, name) or 0) == sum(getattr(row, name) or 0 for row in rows)
        for row in rows:
            assert (row.difference == 0) == (reconciliation.state(row) is reconciliation.State.EVEN)
            assert reconciliation.explain(row)
            if row.settled is not None and row.paid > row.settled:
                assert reconciliation.state(row) is reconciliation.State.REFUND
                assert row.difference == row.paid - row.settled
        assert sum(whole.open.values()) == sum(abs(row.difference) for row in rows)


def test_the_laws_of_money_hold_after_every_step():
    advance_rule(RATE)
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=8,
            stateful_step_count=24,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {
        "in_progress",
        "accepted",
        "settled",
        "closed",
    } <= Money.reached  # the machine went far enough to prove something


def test_a_road_to_the_end_is_open():
    """The laws refuse nothing lawful: the machine above is not right because it never gets anywhere."""
    advance_rule(RATE)
    scheme = running_scheme(money={"province": 100, "counterpart": 300})
    staff, reviewer = scheme.created_by, reviewer_of(scheme)
    entry = {"by": staff, "source": "province", "entered_on": DAY, "document_number": "PC"}
    services.record(scheme, kind="advance", amount=Decimal(70), **entry)
    adjust(
        scheme,
        by=reviewer,
        kind="decrease",
        authority="chair",
        number="2",
        decided_on=DAY,
        reason="Bớt",
        amounts={"province": 90},
    )
    steps.accept_scheme(scheme, by=staff, on=DAY, amounts={"province": Decimal(60)})
    FundingLine.objects.filter(scheme=scheme, source="province").update(settled_amount=50)
    FundingLine.objects.filter(scheme=scheme, source="counterpart").update(settled_amount=300)
    steps.settle_scheme(scheme, by=reviewer, reason="Đủ", number="9", on=DAY)
    with suppress(DatabaseError):
        steps.take_step(scheme, "close", by=reviewer)
    assert fresh(scheme).status == "settled"  # 20 are to be given back first

    services.record(scheme, kind="refund", amount=Decimal(20), **entry)
    steps.take_step(scheme, "close", by=reviewer)

    row = reconciliation.rows([scheme.pk])[0]
    assert (row.approved, row.adjusted, row.paid, row.accepted, row.settled) == (100, 90, 50, 60, 50)
    assert reconciliation.explain(row) == "khớp; không dùng hết 40 đồng được duyệt"


def test_the_book_is_not_written_from_an_old_reading():
    """Under REPEATABLE READ the lock would be waited for, and the books of before it would be read."""
    scheme = running_scheme()

    @transaction.atomic
    def book_on_an_old_reading():
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        insert_raw(scheme, "advance", "province", 10)

    with pytest.raises(DatabaseError, match="REPEATABLE READ"):
        book_on_an_old_reading()
