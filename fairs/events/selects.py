"""Selects of an event's form that are typed into."""

from facilities.selects import FEW, TypedSelect


def _ids(values):
    return [one for one in values if one.isdecimal() and len(one) < 19]


class SchemeSelect(TypedSelect):
    """The newest schemes by code and name; others are asked for as one types."""

    def __init__(self):
        super().__init__("fairs:scheme-options")

    @staticmethod
    def _drawn(rows, value):
        found = [*rows.order_by("-year", "code")[:FEW], *rows.filter(pk__in=_ids(value))]
        return {one.pk: (one.pk, f"{one.code} – {one.name}") for one in found}.values()


class ProvinceSelect(TypedSelect):
    """Any province of the country, of whatever time: draws the chosen one, the rest is asked for as one types."""

    def __init__(self):
        super().__init__("fairs:province-options")

    @staticmethod
    def _drawn(rows, value):
        return [(one.pk, str(one)) for one in rows.filter(pk__in=_ids(value))]
