"""Whether somebody else saved a record since its page was opened, by the newest entry of its history."""

from khuyencong import history
from khuyencong.refusals import RefusedError

STALE = (
    "Người khác vừa lưu hồ sơ này trong lúc bạn sửa. Những gì bạn gõ vẫn còn trong trang: "
    "đối chiếu với chỗ họ sửa rồi lưu lại nếu vẫn đúng."
)


def newest(record) -> int:
    """The version of a record that a form carries as `seen`; 0 for a new one."""
    if record.pk is None:
        return 0
    return record.events.order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0


def check(record, seen):
    """Locks the record; RefusedError when somebody saved it after `seen`. Within the transaction that will save it."""
    if record.pk is None:
        return
    type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if str(newest(record)) != seen:
        raise RefusedError(STALE, "stale")


def since(record, seen) -> list[history.Entry]:
    """What others changed after version `seen`, newest first."""
    if record.pk is None or not seen.isdecimal() or len(seen) > 18 or int(seen) == newest(record):
        return []
    return history.entries(record.events.filter(pgh_id__gte=int(seen)))[:-1]
