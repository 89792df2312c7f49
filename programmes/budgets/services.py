"""Confirming decisions about a budget: by a second person, those of one budget together."""

from django.db import connection, transaction
from django.utils import timezone

from khuyencong.refusals import RefusedError
from programmes.models import Allocation

STALE = "Quyết định này vừa được sửa. Hãy mở lại trang để đối chiếu số mới rồi xác nhận."
NOT_YOURS = "Vai trò của bạn không xác nhận được quyết định dự toán."


@transaction.atomic
def confirm_allocations(allocations, *, by, versions):
    """Confirm decisions that a second person checked, all or none; `versions` {pk: version that was on screen}.

    Those of one budget belong together: the first decision of a year already at work may cover what is committed only
    with its supplement. Refused when a row changed meanwhile, and by the database when more is committed than allocated.
    """
    if not by.has_perm("programmes.decide_allocation"):
        raise RefusedError(NOT_YOURS, "allocation_role")
    keys, now = [one.pk for one in allocations], timezone.now()
    for row in Allocation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"):
        if row.version != versions.get(row.pk):
            raise RefusedError(STALE, "stale")
        row.confirmed_by, row.confirmed_at = by, now
        row.save()
    connection.check_constraints()
