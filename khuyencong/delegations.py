"""Who acts for whom on a day; the step triggers ask the same in SQL (`models.delegations.acts_for_sql`)."""

from django.db import transaction

from khuyencong.models import Delegation, NoticeKind
from khuyencong.notices import tell
from khuyencong.refusals import RefusedError

NOT_YOURS = "Chỉ người vắng mặt hoặc quản trị hệ thống của địa bàn mới kết thúc được ủy quyền này."
OVER = "Ủy quyền này đã hết hạn hoặc đã được kết thúc."


def acts_for(user, day) -> set[int]:
    """Ids of the people in whose place `user` may act on `day`, their own among them. One query."""
    return {user.pk, *Delegation.objects.on(day).filter(to_person=user).values_list("from_person", flat=True)}


def may_act(user, assigned_to, day) -> bool:
    """Whether `user` may act on `day` in what is assigned to the person `assigned_to` (None: to nobody yet)."""
    return assigned_to is None or assigned_to.pk in acts_for(user, day)


@transaction.atomic
def begin(delegation):
    """Save a new delegation and tell the one who receives it, and the absent one when somebody else wrote it."""
    delegation.save()
    people = {delegation.from_person, delegation.to_person} - {delegation.created_by}
    days = f"{delegation.first_day:%d/%m/%Y} đến {delegation.last_day:%d/%m/%Y}"
    title = f"{delegation.to_person} xử lý thay {delegation.from_person} từ {days}."
    tell(people, NoticeKind.DELEGATION, title, "/delegations/", f"delegation:{delegation.pk}")
    return delegation


@transaction.atomic
def end(delegation, *, by, on):
    """End it early: from `on` it no longer holds. By the absent person or an administrator; tells the other ones."""
    delegation = Delegation.objects.select_for_update(of=("self",)).named().get(pk=delegation.pk)
    if by.pk != delegation.from_person_id and not by.has_perm("khuyencong.change_delegation"):
        raise RefusedError(NOT_YOURS, "delegation_end")
    if delegation.ended_on or delegation.last_day < on:
        raise RefusedError(OVER, "delegation_over")
    delegation.ended_on, delegation.ended_by = on, by
    delegation.save()
    people = {delegation.from_person, delegation.to_person} - {by}
    title = f"Ủy quyền của {delegation.from_person} cho {delegation.to_person} kết thúc từ ngày {on:%d/%m/%Y}."
    tell(people, NoticeKind.DELEGATION, title, "/delegations/", f"delegation-end:{delegation.pk}")
    return delegation
