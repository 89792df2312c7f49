"""Who may open which address. An address that is not listed here fails the suite.

`object` names the fixture row that fills the address: another province's row must be a 404 for everybody.
"""

from dataclasses import dataclass

from khuyencong.enums import Role

EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.STAFF})
REPORTERS = frozenset({Role.STAFF, Role.REVIEWER, Role.LEADER})


@dataclass(frozen=True)
class Rule:
    """Roles that may open an address by `method`; `object` when it is about one row of a province."""

    roles: frozenset = EVERYBODY
    method: str = "get"
    object: str = ""


PUBLIC = {"healthz", "login"}
POLICY = {
    "home": Rule(),
    "logout": Rule(method="post"),
    "password_change": Rule(),
    "password_change_done": Rule(),
    "amount-in-words": Rule(),
    "places:unit-options": Rule(),
    "facilities:facility-list": Rule(),
    "facilities:facility-options": Rule(),
    "facilities:facility-create": Rule(STAFF),
    "facilities:facility-detail": Rule(object="facility"),
    "facilities:facility-edit": Rule(STAFF, object="facility"),
    "facilities:facility-history": Rule(object="facility"),
    "programmes:scheme-list": Rule(),
    "programmes:scheme-create": Rule(STAFF),
    "programmes:scheme-detail": Rule(object="scheme"),
    "programmes:scheme-edit": Rule(STAFF, object="scheme"),
    "programmes:scheme-history": Rule(object="scheme"),
    "programmes:scheme-delete": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-submit": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-withdraw": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-start": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-accept": Rule(STAFF, object="scheme"),
    "programmes:scheme-record": Rule(STAFF, object="scheme"),
    "programmes:plan-funding-list": Rule(),
    "programmes:plan-funding-create": Rule(STAFF),
    "programmes:plan-funding-edit": Rule(STAFF, object="plan_funding"),
    "reports:report-list": Rule(),
    "reports:report-request": Rule(REPORTERS, "post"),
    "reports:report-detail": Rule(object="report"),
    "reports:report-progress": Rule(object="report"),
    "reports:report-download": Rule(object="report"),
    "reports:report-retry": Rule(REPORTERS, "post", "report"),
    "reports:report-cancel": Rule(REPORTERS, "post", "report"),
    "reports:scheme-export": Rule(),
}
