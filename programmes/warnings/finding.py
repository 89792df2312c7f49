"""All warnings that a person may see, each with what was decided about it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from khuyencong.refusals import RefusedError
from programmes.models import Scheme, WarningDecision
from programmes.models.warnings import Kind, Verdict
from programmes.warnings import double, late, units, unsettled
from programmes.warnings.alerts import Alert

STALE = "Người khác vừa kết luận về cảnh báo này. Hãy đọc kết luận đó rồi ghi lại nếu cần."


@dataclass(frozen=True, slots=True)
class Shown:
    """A warning and the last word on it, or None."""

    alert: Alert
    decision: WarningDecision | None

    @property
    def is_open(self):
        """Nobody has looked into it, or it was opened again."""
        return self.decision is None or self.decision.verdict == Verdict.REOPENED


def alerts(user, day, kinds=tuple(Kind)) -> list[Alert]:
    """Warnings of these kinds over the schemes that `user` may see, the gravest first. At most two queries a kind."""
    schemes = Scheme.objects.visible_to(user)
    found = double.find(schemes) if Kind.DOUBLE in kinds else []
    if {Kind.LATE, Kind.UNSETTLED} & set(kinds):
        standings = late.standings(schemes)
        if Kind.LATE in kinds:
            found += [alert for one in standings if (alert := late.late(one, day))]
        if Kind.UNSETTLED in kinds:
            found += unsettled.find(standings, day)
    if Kind.UNIT in kinds:
        found += units.find(schemes, day)
    return sorted(found, key=lambda alert: (-alert.severity, -alert.order, alert.sentence))


def warnings_of(scheme, user, day=None) -> list[Shown]:
    """The warnings that `scheme` takes part in, the gravest first; those of its unit in its province too.

    For the scheme's page and the page of its decision; draw them with `programmes/warnings/_list.html`.
    """
    day = day or timezone.localdate()
    schemes = Scheme.objects.visible_to(user)
    standing = late.Standing.of(scheme)
    found = double.find(schemes, scheme)
    found += [alert for alert in [late.late(standing, day)] if alert]
    found += unsettled.find([standing], day)
    found += units.find(schemes.filter(implementing_unit=scheme.implementing_unit_id, province=scheme.province_id), day)
    return with_decisions(sorted(found, key=lambda alert: (-alert.severity, -alert.order)), user)


def with_decisions(found, user) -> list[Shown]:
    """Each alert with the last word on it, in one query; none when there are no alerts."""
    if not found:
        return []
    newest = WarningDecision.objects.visible_to(user).newest().select_related("by")
    decisions = {(one.key, one.province_id): one for one in newest}
    if not decisions:
        return [Shown(alert, None) for alert in found]
    return [Shown(alert, decisions.get((alert.key, alert.province))) for alert in found]


def find_one(user, day, kind, key) -> Shown | None:
    """The warning of that key as it stands now; None when its facts have changed."""
    found = [alert for alert in alerts(user, day, (kind,)) if alert.key == key]
    return with_decisions(found[:1], user)[0] if found else None


@transaction.atomic
def decide(shown, *, by, verdict, reason, seen) -> WarningDecision:
    """Record what `by` found out; `seen`: id of the decision that stood on the page, None when there was none."""
    alert = shown.alert
    last = (
        WarningDecision.objects.select_for_update(of=("self",))
        .newest()
        .filter(kind=alert.kind, key=alert.key, province=alert.province)
        .first()
    )
    if (last and last.pk) != seen:
        raise RefusedError(STALE, "stale")
    return WarningDecision.objects.create(
        kind=alert.kind,
        key=alert.key,
        sentence=alert.sentence,
        province_id=alert.province,
        scheme_id=alert.scheme,
        facility_id=alert.facility,
        verdict=verdict,
        reason=reason,
        by=by,
        replaces=last,
    )
