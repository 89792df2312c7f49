"""What events tell on the page of a facility: where it went, what it was given, what it sold and signed."""

from django.db.models import Sum

from facilities import merged
from facilities.sections import Section
from fairs.events import abroad, deals


def events_section(facility, user, day):
    """Its events, also those of facilities merged into it; what is left abroad only for one that counts for itself."""
    if not user.has_perm("fairs.view_marketevent"):
        return None
    parts = merged.counted_for("participations", facility).visible_to(user)
    signed = merged.counted_for("deals", facility).visible_to(user)
    context = {
        "facility": facility,
        "participations": parts.select_related("event__host_province", "facility").order_by("-event__starts_on", "-pk"),
        "sums": parts.aggregate(support=Sum("support_amount", default=0), turnover=Sum("turnover")),
        "deals": signed.for_list().order_by("-pk"),
        "deal_totals": deals.totals(signed, day),
        "abroad": None if facility.merged_into_id else abroad.left(facility, day),
        "day": day,
    }
    return Section("fairs/events/_on_facility.html", context)
