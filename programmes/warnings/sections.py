"""The block “Cảnh báo” on the page of a scheme."""

from programmes.scheme_sections import Section
from programmes.warnings.finding import warnings_of


def scheme_section(scheme, user):
    """The warnings that the scheme takes part in; None when there are none."""
    if not user.has_perm("programmes.view_warningdecision"):
        return None
    found = warnings_of(scheme, user)
    return Section("programmes/warnings/_on_scheme.html", {"warnings": found}) if found else None
