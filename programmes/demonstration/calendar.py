"""Who holds what in the year under way, and what people were told of it."""

from khuyencong.demo import ACCOUNTS
from khuyencong.models import User
from programmes import notices
from programmes.deadlines.reminders import remind
from programmes.enums import Status
from programmes.models import Scheme

TOLD_OF = (Status.SUBMITTED, Status.RETURNED, Status.APPROVED)


def illustrate(*, reviewer, today):
    """After the schemes: every second one that waits for appraisal is given to `reviewer`, and people are told.

    Addresses are of example.org, which takes no mail.
    """
    for account in ACCOUNTS:
        User.objects.filter(username=account.username, email="").update(email=f"{account.username}@example.org")
    waiting = Scheme.objects.filter(
        is_illustrative=True, status=Status.SUBMITTED, province__in=reviewer.visible_province_ids
    )
    given = list(waiting.order_by("pk").values_list("pk", flat=True))[::2]
    Scheme.objects.filter(pk__in=given).update(assigned_to=reviewer)
    told_of = Scheme.objects.filter(is_illustrative=True, status__in=TOLD_OF)
    for scheme in told_of.select_related("assigned_to", "created_by", "submitted_by", "status_by"):
        notices.after_step(scheme, "demo", scheme.status_by)
    remind(today)
