"""A decision that changes an approved scheme, written down whole: what, from, to, why, who (TT 36/2013 Đ11)."""

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from khuyencong.refusals import RefusedError
from khuyencong.scope import province_ids
from programmes import services
from programmes.models import (
    Adjustment,
    AdjustmentBenefit,
    AdjustmentChange,
    AdjustmentLine,
    FundingLine,
    Scheme,
    SchemeBeneficiary,
)
from programmes.models.adjustments import AdjustmentKind

NOT_YOURS = "Vai trò của bạn không ghi được quyết định điều chỉnh."
NOTHING = "Quyết định không thay đổi gì: ghi ít nhất một số tiền, cơ sở, ngày kết thúc hoặc nội dung thay đổi."
NO_END = "Nhập ngày kết thúc mới của đề án."
OF_TIME = (AdjustmentKind.EXTENSION, AdjustmentKind.TIME)


@transaction.atomic
def adjust(
    scheme,
    *,
    by,
    kind,
    authority,
    number,
    decided_on,
    reason,
    end_on=None,
    amounts=None,
    benefits=None,
    changes=(),
    version=None,
):
    """Record a decision of a reviewer: `amounts` {source code: đồng after}, `benefits` {facility id: đồng after},
    `changes` [(label, before, after)] of what is not money. The scheme counts a version.

    Amounts that stay are left out of the decision; a source or facility that the scheme did not have is added at 0.
    Raises RefusedError, or the database's refusal; a second click finds the decision recorded (adjustment_once).
    """
    _check_person(scheme, by)
    scheme = services.lock_scheme(scheme.pk, version)
    moved_lines, moved_benefits = _moved_lines(scheme, amounts or {}), _moved_benefits(scheme, benefits or {})
    changes = [change for change in changes if any(change)]
    _check_content(kind, end_on, moved_lines or moved_benefits or changes)
    adjustment = Adjustment.objects.create(
        scheme=scheme,
        kind=kind,
        authority=authority,
        number=number,
        decided_on=decided_on,
        reason=reason,
        end_on=end_on,
        made_by=by,
        recorded_at=timezone.now(),
    )
    _write(adjustment, moved_lines, moved_benefits, changes)
    Scheme.objects.filter(pk=scheme.pk).update(version=F("version"))  # the trigger counts on
    connection.check_constraints()
    return adjustment


def _check_person(scheme, by):
    if not by.has_perm("programmes.decide_scheme"):
        raise RefusedError(NOT_YOURS, "adjustment_role")
    ids = province_ids(by)
    if ids is not None and scheme.province_id not in ids:
        raise RefusedError(services.NOT_YOUR_PROVINCE, "scheme_scope")


def _check_content(kind, end_on, parts):
    if kind in OF_TIME and end_on is None:
        raise RefusedError(NO_END, "adjustment_end_given")
    if not parts and end_on is None and kind != AdjustmentKind.STOP:
        raise RefusedError(NOTHING, "adjustment_changes_something")


def _moved_lines(scheme, amounts):
    """[(source code, before, after)] of what changes, in đồng."""
    now = {line.source_id: line.agreed_amount for line in scheme.funding_lines.all()}
    return _moved(now, amounts)


def _moved_benefits(scheme, amounts):
    """[(facility id, before, after)] of what changes, in đồng."""
    now = {one.facility_id: _agreed(one) for one in scheme.beneficiaries.all()}
    return _moved(now, amounts)


def _agreed(benefit):
    return benefit.approved_amount if benefit.adjusted_amount is None else benefit.adjusted_amount


def _moved(now, after):
    pairs = ((key, now.get(key), amount) for key, amount in after.items() if amount is not None)
    return [(key, before, amount) for key, before, amount in pairs if (before or 0) != amount or key not in now]


def _write(adjustment, lines, benefits, changes):
    scheme = adjustment.scheme
    for source, before, after in lines:
        if before is None:
            FundingLine.objects.get_or_create(scheme=scheme, source_id=source, defaults=_nothing())
        AdjustmentLine.objects.create(
            adjustment=adjustment, source_id=source, before_amount=before or 0, after_amount=after
        )
    for facility, before, after in benefits:
        if before is None:
            SchemeBeneficiary.objects.get_or_create(scheme=scheme, facility_id=facility, defaults=_nothing())
        AdjustmentBenefit.objects.create(
            adjustment=adjustment, facility_id=facility, before_amount=before or 0, after_amount=after
        )
    for label, before, after in changes:
        AdjustmentChange.objects.create(adjustment=adjustment, label=label, before=before, after=after)


def _nothing():
    return {"proposed_amount": 0, "approved_amount": 0}
