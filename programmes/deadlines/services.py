"""What must happen together when rules, holidays or assignees change."""

from django.db import connection, transaction

from khuyencong.enums import Role
from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids
from programmes import notices
from programmes.models import Scheme
from programmes.models.deadlines import due_sql

NOT_REVIEWER = "Chỉ giao thụ lý cho người thẩm định đang hoạt động của địa bàn này."
NOT_YOURS = "Vai trò của bạn không giao thụ lý được đề án này."
STALE = "Người khác vừa lưu đề án này. Hãy mở lại danh sách rồi giao lại."


@transaction.atomic
def rebuild() -> int:
    """Bring `due_on` of every scheme to what rules and holidays give now; how many changed. The trigger writes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE programmes_scheme scheme SET version = version WHERE due_on IS DISTINCT FROM {due_sql('scheme')}"
        )
        return cursor.rowcount


@transaction.atomic
def assign_scheme(scheme, *, to, by, version=None):
    """Give the scheme to the reviewer `to`, or with None back to the whole queue; who gets it is told.

    Refused when it is no longer at `version`, or when one of the two may not see it.
    """
    scheme = Scheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    if version is not None and scheme.version != version:
        raise RefusedError(STALE, "stale")
    if not by.has_perm("programmes.decide_scheme") or not _sees(by, scheme):
        raise RefusedError(NOT_YOURS, "assigned_to")
    if to is not None and not (to.is_active and to.role == Role.REVIEWER and _sees(to, scheme)):
        raise RefusedError(NOT_REVIEWER, "assigned_to")
    if scheme.assigned_to != to:
        scheme.assigned_to = to
        scheme.save()
        notices.after_assignment(scheme, by)
    return scheme


def _sees(user, scheme):
    ids = province_ids(user)
    return ids is None or scheme.province_id in ids
