"""The dossiers of a round as a reviewer weighs them: points, rank in the group, how far the jurors lie apart."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Max, Min

from fairs.enums import Body, EntryStatus, RoundStatus, Scoring
from fairs.models import Entry, ScoreScale
from khuyencong.templatetags.portal import quantity

NOT_COMPLETE = "hồ sơ chưa hợp lệ"
NO_POINTS = "chưa có điểm"
TOO_FEW = "%s điểm, chưa đạt %s"
TONES = {EntryStatus.PASSED: "good", EntryStatus.FAILED: "bad", EntryStatus.COMPLETE: "wait"}


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier: lowest, highest of its sheets (None without), sheets still missing, its rank of `among` in the group.

    `against`: why it cannot be recognised; '' when nothing stands against it.
    """

    entry: Entry
    lowest: Decimal | None
    highest: Decimal | None
    missing: int
    rank: int | None
    among: int
    against: str

    @property
    def spread(self):
        return None if self.lowest is None else self.highest - self.lowest

    @property
    def certificate(self):
        return getattr(self.entry, "certificate", None)

    @property
    def tone(self):
        return TONES.get(self.entry.status, "")


@dataclass(frozen=True, slots=True)
class Results:
    """`rows` in the order of dossiers; `seen` changes whenever a result, a point or a sheet does."""

    rows: list
    pass_mark: Decimal | None
    jurors: int
    seen: str = field(default="", compare=False)

    @property
    def standing(self):
        return [row for row in self.rows if row.entry.status != EntryStatus.WITHDRAWN]

    @property
    def missing(self):
        return sum(row.missing for row in self.rows)

    @property
    def to_certify(self):
        return [row for row in self.rows if row.entry.status == EntryStatus.PASSED and row.certificate is None]

    @property
    def has_certificates(self):
        return any(row.certificate for row in self.rows)


def results(round) -> Results:
    """Three queries, whatever the number of dossiers."""
    scale = ScoreScale.objects.on(round.opens_on).order_by("-valid_from").first()
    pass_mark = scale and scale.pass_mark
    jurors = round.members.filter(body=Body.JURY).count() if round.scoring == Scoring.SHEETS else 0
    entries = list(
        Entry.objects.filter(round=round)
        .select_related("product__facility", "lower_certificate__round__level", "certificate")
        .annotate(lowest=Min("sheets__total"), highest=Max("sheets__total"), scored=Count("sheets"))
        .order_by("number", "pk")
    )
    ranks, sizes = _ranks(entries)
    rows = [
        Row(
            entry,
            entry.lowest,
            entry.highest,
            _missing(entry, round, jurors),
            ranks.get(entry.pk),
            sizes[entry.product.group],
            _against(entry, pass_mark),
        )
        for entry in entries
    ]
    return Results(rows, pass_mark, jurors, _seen(entries))


def _ranks(entries):
    """({entry id: rank by points within its group}, {group: how many have points}); equal points share a rank."""
    groups = defaultdict(list)
    for entry in entries:
        if entry.average_score is not None and entry.status != EntryStatus.WITHDRAWN:
            groups[entry.product.group].append(entry)
    ranks = {
        entry.pk: 1 + sum(other.average_score > entry.average_score for other in group)
        for group in groups.values()
        for entry in group
    }
    return ranks, defaultdict(int, {group: len(found) for group, found in groups.items()})


def _missing(entry, round, jurors):
    """Sheets that the jury still owes a complete dossier."""
    awaited = round.status == RoundStatus.SCORING and entry.status == EntryStatus.COMPLETE
    return max(jurors - entry.scored, 0) if awaited else 0


def _against(entry, pass_mark):
    if entry.status == EntryStatus.REGISTERED:
        return NOT_COMPLETE
    if entry.average_score is None:
        return NO_POINTS
    if pass_mark is not None and entry.average_score < pass_mark:
        return TOO_FEW % (quantity(entry.average_score), quantity(pass_mark))
    return ""


def _seen(entries):
    facts = [(entry.pk, entry.status, str(entry.average_score), entry.scored) for entry in entries]
    return hashlib.sha256(repr(sorted(facts)).encode()).hexdigest()[:16]
