"""A round by score sheets: its council and jury, the papers of its dossiers, what each juror gave."""

from decimal import Decimal

from fairs.enums import Body
from fairs.models import EntryItem, EntryPaper, RoundMember, ScoreSheet

NAMES = {Body.JURY: "Giám khảo minh họa", Body.COUNCIL: "Ủy viên hội đồng minh họa"}
OFFICE = "Cơ quan minh họa"
GOOD = {"market": (26, 33), "economic": (26, 33), "cultural": (14, 19), "other": (5, 9)}  # 71 to 94
POOR = {"market": (19, 24), "economic": (19, 24), "cultural": (9, 13), "other": (3, 6)}  # 50 to 67


def appoint(round, *, jury, council):
    """Numbered people, the first of each body its head."""
    RoundMember.objects.bulk_create(
        RoundMember(
            round=round,
            body=body,
            position="chair" if number == 1 else "member",
            name=f"{NAMES[body]} {number}",
            office=OFFICE,
        )
        for body, count in ((Body.COUNCIL, council), (Body.JURY, jury))
        for number in range(1, count + 1)
    )


def bring_papers(entries, staff):
    """Every required paper of a dossier of the first level, on the day of its registration."""
    items = list(EntryItem.objects.filter(is_required=True, above_first=False))
    EntryPaper.objects.bulk_create(
        EntryPaper(entry=entry, item=item, received_on=entry.registered_on, recorded_by=staff)
        for entry in entries
        for item in items
    )


def score(rng, entries, good, staff, *, jurors=None):
    """Sheets of the first `jurors`, of all unless said, for each entry; ids of `good` ones reach the pass mark."""
    people = list(RoundMember.objects.filter(round=entries[0].round, body=Body.JURY).order_by("pk"))[:jurors]
    ScoreSheet.objects.bulk_create(
        _sheet(rng, entry, juror, GOOD if entry.pk in good else POOR, staff) for entry in entries for juror in people
    )


def _sheet(rng, entry, juror, ranges, staff):
    points = {name: Decimal(rng.randint(least * 2, most * 2)) / 2 for name, (least, most) in ranges.items()}
    return ScoreSheet(entry=entry, juror=juror, recorded_by=staff, **points)
