"""Who may open which address. An address that is not listed here fails the suite.

`object` names the fixture row that fills the address: another province's row must be a 404 for everybody.
"""

from dataclasses import dataclass

from khuyencong.enums import Role

EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.STAFF})
PLANNERS = frozenset({Role.STAFF, Role.ADMINISTRATOR})
WRITERS = frozenset({Role.STAFF, Role.REVIEWER})
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
    "search": Rule(),
    "notices:list": Rule(),
    "notices:open": Rule(method="post"),
    "notices:read": Rule(method="post"),
    "notices:preferences": Rule(),
    "delegations:list": Rule(),
    "delegations:end": Rule(method="post"),
    "places:unit-list": Rule(),
    "places:unit-detail": Rule(object="administrative_unit"),
    "places:unit-options": Rule(),
    "places:province-list": Rule(),
    "facilities:facility-list": Rule(),
    "facilities:facility-options": Rule(),
    "facilities:facility-create": Rule(STAFF),
    "facilities:facility-detail": Rule(object="facility"),
    "facilities:facility-edit": Rule(STAFF, object="facility"),
    "facilities:facility-history": Rule(object="facility"),
    "programmes:commune-choices": Rule(STAFF),
    "facilities:duplicate-list": Rule(STAFF),
    "facilities:duplicate-dismiss": Rule(STAFF, "post"),
    "facilities:merge-list": Rule(STAFF),
    "facilities:merge-preview": Rule(STAFF),
    "facilities:merge-create": Rule(STAFF, "post"),
    "facilities:merge-undo": Rule(STAFF, "post", "merge"),
    "facilities:cluster-list": Rule(),
    "facilities:cluster-options": Rule(),
    "facilities:cluster-create": Rule(STAFF),
    "facilities:cluster-detail": Rule(object="cluster"),
    "facilities:cluster-edit": Rule(STAFF, object="cluster"),
    "facilities:cluster-history": Rule(object="cluster"),
    "facilities:cluster-figures": Rule(STAFF),
    "facilities:cluster-figures-edit": Rule(STAFF, object="cluster"),
    "facilities:cluster-project-create": Rule(STAFF, object="cluster"),
    "facilities:cluster-project-edit": Rule(STAFF, object="cluster_project"),
    "facilities:cluster-project-delete": Rule(STAFF, "post", "cluster_project"),
    "facilities:village-list": Rule(),
    "facilities:village-create": Rule(STAFF),
    "facilities:village-detail": Rule(object="village"),
    "facilities:village-edit": Rule(STAFF, object="village"),
    "facilities:village-history": Rule(object="village"),
    "programmes:scheme-list": Rule(),
    "programmes:scheme-create": Rule(STAFF),
    "programmes:scheme-detail": Rule(object="scheme"),
    "programmes:scheme-edit": Rule(STAFF, object="scheme"),
    "programmes:scheme-history": Rule(object="scheme"),
    "programmes:scheme-delete": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-submit": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-withdraw": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-start": Rule(STAFF, "post", "scheme"),
    "programmes:scheme-step": Rule(STAFF, object="scheme"),
    "programmes:scheme-plan": Rule(STAFF, object="scheme"),
    "programmes:scheme-beyond": Rule(STAFF, object="scheme"),
    "programmes:scheme-accept": Rule(STAFF, object="scheme"),
    "programmes:dossier-add": Rule(WRITERS, object="scheme"),
    "programmes:dossier-archive": Rule(object="scheme"),
    "programmes:dossier-print": Rule(object="scheme"),
    "programmes:dossier-paper": Rule(object="scheme"),
    "programmes:document-download": Rule(object="document"),
    "programmes:document-withdraw": Rule(WRITERS, "post", "document"),
    "programmes:scheme-record": Rule(STAFF, object="scheme"),
    "programmes:monitoring-list": Rule(),
    "programmes:warning-list": Rule(),
    "programmes:warning-decide": Rule(frozenset({Role.REVIEWER, Role.LEADER})),
    "programmes:monitoring-edit": Rule(STAFF, object="scheme"),
    "programmes:plan-funding-list": Rule(),
    "programmes:plan-funding-create": Rule(STAFF),
    "programmes:plan-funding-edit": Rule(STAFF, object="plan_funding"),
    "programmes:ledger-list": Rule(),
    "programmes:ledger-entry-create": Rule(STAFF, object="scheme"),
    "programmes:ledger-entry-reverse": Rule(STAFF, object="ledger_entry"),
    "programmes:reconciliation": Rule(),
    "programmes:budget-list": Rule(),
    "programmes:allocation-create": Rule(STAFF),
    "programmes:allocation-edit": Rule(STAFF, object="allocation"),
    "programmes:allocation-delete": Rule(STAFF, "post", "spare_allocation"),
    "programmes:programme-list": Rule(),
    "programmes:programme-create": Rule(PLANNERS),
    "programmes:programme-detail": Rule(object="programme"),
    "programmes:programme-edit": Rule(PLANNERS, object="programme"),
    "programmes:group-create": Rule(PLANNERS, object="programme"),
    "programmes:group-edit": Rule(PLANNERS, object="programme_group"),
    "programmes:group-delete": Rule(PLANNERS, "post", "programme_group"),
    "programmes:target-create": Rule(PLANNERS, object="programme"),
    "programmes:target-edit": Rule(PLANNERS, object="programme_target"),
    "programmes:target-delete": Rule(PLANNERS, "post", "spare_target"),
    "programmes:target-figures": Rule(PLANNERS, object="programme_target"),
    "reports:budget-export": Rule(),
    "reports:ledger-export": Rule(),
    "reports:reconciliation-export": Rule(),
    "reports:programme-export": Rule(object="programme"),
    "reports:report-list": Rule(),
    "reports:report-request": Rule(REPORTERS, "post"),
    "reports:report-detail": Rule(object="report"),
    "reports:report-progress": Rule(object="report"),
    "reports:report-download": Rule(object="report"),
    "reports:report-retry": Rule(REPORTERS, "post", "report"),
    "reports:report-cancel": Rule(REPORTERS, "post", "report"),
    "reports:scheme-export": Rule(),
    "reports:cluster-export": Rule(),
    "reports:cluster-form-03": Rule(),
    "reports:facility-export": Rule(),
    "reports:monitoring-export": Rule(),
    "reports:territory-table": Rule(),
    "reports:territory-export": Rule(),
}
