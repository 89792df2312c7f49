"""A complaint is written down once, however often its form was sent."""

from fairs.models import Complaint, SelectionRound
from khuyencong.refusals import RefusedError

TWICE = "Khiếu nại này đã có trong danh sách của kỳ bình chọn: cùng người khiếu nại, ngày nhận và nội dung."


def refuse_second(complaint):
    """RefusedError when the round has this new complaint already. Locks the round, in the transaction that will save."""
    SelectionRound.objects.select_for_update(of=("self",)).get(pk=complaint.round_id)
    facts = {name: getattr(complaint, name) for name in ("round", "complainant", "received_on", "content")}
    if Complaint.objects.filter(**facts).exists():
        raise RefusedError(TWICE, "complaint_twice")
