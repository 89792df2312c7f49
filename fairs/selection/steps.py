"""Where a round stands, what the next step needs and still lacks: said before the database refuses."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from fairs.enums import Body, RoundStatus, Scoring
from fairs.models import SelectionRound
from fairs.selection.counts import Counts

Status = RoundStatus
# What staff may do at each step: (the next status, words, tone). A reviewer concludes and reopens.
STAFF_STEPS = {
    Status.PREPARING: [(Status.OPEN, "Mở nhận hồ sơ", "main")],
    Status.OPEN: [(Status.SCORING, "Chuyển sang chấm điểm", "main"), (Status.PREPARING, "Về bước chuẩn bị", "")],
    Status.SCORING: [(Status.OPEN, "Mở lại nhận hồ sơ", "")],
    Status.CONCLUDED: [],
}
NO_DOSSIER = "Chưa có hồ sơ nào đăng ký."
COUNCIL = "Hội đồng {level} phải có {sizes} thành viên; danh sách đang có {found}."
JURY = "Ban giám khảo phải có số thành viên lẻ; danh sách đang có {found}."
WAITING = "{count} hồ sơ chưa ghi hợp lệ: sang bước chấm điểm thì không bổ sung được nữa."
LEFT_OUT = "{count} hồ sơ không đủ hợp lệ nên không được chấm; kết luận ghi là không được công nhận."
SHEETS = "Còn {count} phiếu chấm chưa nhập: mỗi giám khảo chấm mọi hồ sơ hợp lệ."
POINTS = "{count} hồ sơ hợp lệ chưa có điểm trung bình."
MINUTES = "Chưa ghi số và ngày biên bản họp hội đồng."
CERTIFICATES = "{count} sản phẩm được công nhận chưa cấp giấy chứng nhận."
ANNOUNCE = "Chưa ghi ngày công bố: thời hạn nhận khiếu nại tính từ ngày đó."


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that the next step waits for. `refuses`: the step is refused until then; `url`: where it is mended."""

    text: str
    refuses: bool = True
    url: str = ""


def stepper(round) -> list[dict]:
    """The four steps for `_components/steps.html`."""
    order = list(Status)
    here = order.index(round.status)
    notes = {
        Status.OPEN: _days(round.opens_on, round.closes_on),
        Status.CONCLUDED: f"{round.decided_on:%d/%m/%Y}" if round.status == Status.CONCLUDED else "",
    }

    def state(position):
        done = position < here or round.status == Status.CONCLUDED
        return "done" if done else "current" if position == here else "todo"

    return [{"label": one.label, "note": notes.get(one, ""), "state": state(i)} for i, one in enumerate(order)]


def _days(first, last):
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}" if last else f"từ {first:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class People:
    council: int
    jury: int


def people_of(round) -> People:
    """How many sit on the council and on the jury."""
    found = round.members.order_by().aggregate(
        council=Count("pk", filter=Q(body=Body.COUNCIL)), jury=Count("pk", filter=Q(body=Body.JURY))
    )
    return People(**found)


def lacks(round: SelectionRound, counts: Counts, people: People, sheets: int) -> list[Lack]:
    """What the next step still waits for. `sheets`: how many score sheets were written down."""
    by_sheets = round.scoring == Scoring.SHEETS
    members, scores = (reverse(f"fairs:round-{name}", args=[round.pk]) for name in ("members", "sheets"))
    found = []
    if by_sheets and round.status != Status.CONCLUDED:
        found += _people(round, people, members)
    if round.status == Status.OPEN:
        found += _dossiers(counts)
    if round.status == Status.SCORING:
        found += [Lack(LEFT_OUT.format(count=counts.waiting), False)] if counts.waiting else []
        found += _points(counts, people, sheets, by_sheets, scores)
        if not round.minutes_number or not round.minutes_on:
            found.append(Lack(MINUTES, url=reverse("fairs:round-edit", args=[round.pk])))
    if round.status == Status.CONCLUDED:
        found += _after(round, counts)
    return found


def _people(round, people, url):
    sizes = round.level.council_sizes
    refuses = round.status != Status.PREPARING
    if people.council not in sizes:
        text = COUNCIL.format(
            level=round.level.name.lower(), sizes=" hoặc ".join(map(str, sizes)), found=people.council
        )
        yield Lack(text, refuses, url)
    if people.jury % 2 == 0:
        yield Lack(JURY.format(found=people.jury), refuses, url)


def _dossiers(counts):
    if not counts.registered:
        yield Lack(NO_DOSSIER, False)
    if counts.waiting:
        yield Lack(WAITING.format(count=counts.waiting), False, "?status=registered#entries")


def _points(counts, people, sheets, by_sheets, url):
    missing = counts.complete * people.jury - sheets if by_sheets else 0
    if missing > 0:
        yield Lack(SHEETS.format(count=missing), True, url)
    elif counts.scored < counts.complete:
        yield Lack(POINTS.format(count=counts.complete - counts.scored), True, url)


def _after(round, counts):
    if not round.announced_on:
        yield Lack(ANNOUNCE, False, reverse("fairs:round-announce", args=[round.pk]))
    if counts.certified < counts.passed:
        yield Lack(CERTIFICATES.format(count=counts.passed - counts.certified), False)
