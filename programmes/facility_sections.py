"""What schemes tell on the page of a facility: what it received, and what it may still get."""

from facilities import priority
from facilities.models import Facility
from facilities.sections import Section
from programmes import rules
from programmes.enums import Level
from programmes.models import SchemeBeneficiary
from programmes.received import chart, received


def received_section(facility, user, day):
    """Its schemes, also those of facilities merged into it, and the money by year and source."""
    benefits = (
        SchemeBeneficiary.objects.visible_to(user)
        .filter(facility__in=Facility.objects.same_as(facility.pk))
        .select_related("facility", "scheme__content")
        .with_sources()
        .order_by("-scheme__year", "-pk")
    )
    money = received(benefits)
    context = {
        "facility": facility,
        "benefits": benefits,
        "totals": benefits.agreed_total(),
        "money": money,
        "chart": chart(money) if len(money.rows) > 1 else None,
    }
    return Section("programmes/_facility_received.html", context)


def ceilings_section(facility, user, day):
    """What is left under the ceilings of today; nothing for a facility that counts for another one."""
    if facility.merged_into_id:
        return None
    left = rules.all_left(facility, day)
    context = {
        "left": left,
        "day": day,
        "is_priority": priority.is_priority(facility),
        "has_local": any(one.rule.level == Level.LOCAL for one in left),
    }
    return Section("programmes/_facility_ceilings.html", context)
