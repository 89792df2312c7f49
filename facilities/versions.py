"""Whether somebody else saved a record since its page was opened, by the newest entries of its history."""

import re

from khuyencong import history
from khuyencong.refusals import RefusedError

STALE = (
    "Người khác vừa lưu hồ sơ này trong lúc bạn sửa. Những gì bạn gõ vẫn còn trong trang: "
    "đối chiếu với chỗ họ sửa rồi lưu lại nếu vẫn đúng."
)
VERSION = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


def newest(record) -> str:
    """The version of a record that a form carries as `seen`: its newest event and that of what was chosen for it."""
    return f"{_newest(record, 'events')}-{_newest(record, 'choice_events')}"


def _newest(record, name):
    if record.pk is None or not hasattr(record, name):
        return 0
    return getattr(record, name).order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0


def check(record, seen):
    """Locks the record; RefusedError when somebody saved it after `seen`. Within the transaction that will save it."""
    if record.pk is None:
        return
    type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if newest(record) != seen:
        raise RefusedError(STALE, "stale")


def since(record, seen) -> list[history.Entry]:
    """What others changed after version `seen`, newest first."""
    read = VERSION.fullmatch(seen)
    if record.pk is None or not read or seen == newest(record):
        return []
    row, choice = int(read[1]), int(read[2])
    chosen = record.choices_made(after=choice) if hasattr(record, "choices_made") else []
    return [*chosen, *history.entries(record.events.filter(pgh_id__gte=row))[:-1]]
