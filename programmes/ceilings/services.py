"""Support beyond the rules: one person writes why; another confirms it (`programmes.reviewing`)."""

from django.utils import timezone

from khuyencong.refusals import RefusedError
from programmes.models import CeilingException

NO_REASON = "Nhập lý do vượt mức."


def explain(scheme, excess, reason, by) -> CeilingException:
    """Write why `scheme` may ask for what `excess` (of `ceilings.check`) says, although the rule leaves less."""
    if not reason.strip():
        raise RefusedError(NO_REASON, "ceiling_exception_reason_given")
    return CeilingException.objects.create(
        scheme=scheme,
        rule_id=excess.rule_id,
        benefit_id=excess.benefit_id,
        most=excess.most,
        amount=excess.asked,
        reason=reason.strip(),
        requested_by=by,
        requested_at=timezone.now(),
    )
