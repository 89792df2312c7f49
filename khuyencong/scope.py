"""The one place that knows who may see and do what.

A role says what a person may do; the province says on whose records. A province's people also see the records of the
provinces that were merged into it. No province means all provinces.
"""

from django.db import models

from khuyencong.enums import Role

VIEW = {
    "facilities.view_facility",
    "facilities.view_industrialcluster",
    "facilities.view_craftvillage",
    "programmes.view_scheme",
    "programmes.view_planfunding",
    "programmes.view_monitoringrecord",
    "programmes.view_warningdecision",
    "programmes.view_yearbudget",
    "programmes.view_allocation",
    "programmes.view_ledgerentry",
    "programmes.view_programme",
    "programmes.view_programmegroup",
    "programmes.view_programmetarget",
    "reports.view_report",
}
REQUEST = {"reports.add_report"}
REFERENCE_MODELS = (
    "khuyencong.province",
    "khuyencong.provincelineage",
    "khuyencong.administrativeunit",
    "khuyencong.unitlineage",
    "khuyencong.agencyname",
    "khuyencong.holiday",
    "facilities.trade",
    "facilities.clusterdefinition",
    "programmes.programme",
    "programmes.programmegroup",
    "programmes.groupcontent",
    "programmes.programmetarget",
    "programmes.targetfigure",
    "programmes.activitycontent",
    "programmes.indicator",
    "programmes.fundingsource",
    "programmes.implementingunit",
    "programmes.supportrule",
    "programmes.dossieritem",
    "programmes.papertemplate",
    "programmes.deadlinerule",
    "programmes.workflowstep",
    "programmes.advancerule",
    "programmes.adjustmentauthority",
    "fairs.selectionlevel",
    "fairs.selectionregion",
    "fairs.provinceregion",
    "fairs.scorescale",
    "fairs.certificaterule",
    "fairs.foreignfairrule",
    "fairs.entryitem",
)
REVIEW_MODELS = (
    "programmes.appraisal",
    "programmes.reviewcomment",
    "programmes.steppaper",
    "programmes.adjustment",
    "programmes.ceilingexception",
)


def _each(actions, labels):
    return {f"{app}.{action}_{model}" for app, model in (label.split(".") for label in labels) for action in actions}


# What staff write of fairs and selection in the portal, and take away while nothing rests on it.
FAIRS = [
    f"fairs.{name}"
    for name in [
        "marketevent",
        "eventfunding",
        "participation",
        "deal",
        "followup",
        "product",
        "productphoto",
        "selectioncycle",
        "selectionround",
        "roundmember",
        "entry",
        "entrypaper",
        "scoresheet",
        "complaint",
        "holderreport",
        "commendation",
    ]
]
VIEW_REFERENCE = _each(["view"], REFERENCE_MODELS)
VIEW |= _each(["view"], [*FAIRS, "fairs.certificate"])
VIEW_MERGES = _each(["view"], ["facilities.facilitymerge", "facilities.notduplicate"])
VIEW_REVIEWS = _each(["view"], REVIEW_MODELS)
VIEW_TOLD = _each(["view"], ["khuyencong.delegation", "khuyencong.notice", "khuyencong.noticepreference"])

ROLE_PERMISSIONS = {
    Role.STAFF: VIEW
    | REQUEST
    | {
        "facilities.add_facility",
        "facilities.change_facility",
        "facilities.merge_facility",
        "facilities.choose_commune",
        "facilities.add_industrialcluster",
        "facilities.change_industrialcluster",
        "facilities.add_craftvillage",
        "facilities.change_craftvillage",
        "programmes.add_scheme",
        "programmes.change_scheme",
        "programmes.delete_scheme",
        "programmes.add_schemedocument",
        "programmes.change_schemedocument",
        "programmes.add_planfunding",
        "programmes.change_planfunding",
        "programmes.change_monitoringrecord",
        "programmes.add_yearbudget",
        "programmes.change_yearbudget",
        "programmes.add_ledgerentry",
        "programmes.add_programme",
        "programmes.change_programme",
        "programmes.change_programmetarget",
    }
    | _each(["add", "change", "delete"], FAIRS),
    Role.REVIEWER: VIEW
    | REQUEST
    | VIEW_REFERENCE
    | VIEW_MERGES
    | VIEW_REVIEWS
    | {
        "programmes.add_schemedocument",
        "programmes.change_schemedocument",
        "programmes.decide_scheme",
        "programmes.add_warningdecision",
        "programmes.decide_planfunding",
        "programmes.decide_allocation",
        "fairs.confirm_marketevent",
        "fairs.conclude_selectionround",
    },
    Role.LEADER: VIEW | REQUEST | {"programmes.add_warningdecision"},
    Role.AUDITOR: VIEW | VIEW_REFERENCE | VIEW_MERGES | VIEW_REVIEWS | VIEW_TOLD | {"khuyencong.view_user"},
    Role.ADMINISTRATOR: VIEW
    | VIEW_MERGES
    | VIEW_REVIEWS
    | VIEW_TOLD
    | {"khuyencong.delete_holiday"}
    | _each(["view", "add", "change"], (*REFERENCE_MODELS, "khuyencong.user", "khuyencong.delegation"))
    | _each(["delete"], ["khuyencong.provincelineage", "khuyencong.unitlineage"])
    | _each(["delete"], ["programmes.groupcontent", "programmes.targetfigure"]),
}
ADMIN_ROLES = {Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR}


def permissions_of(user) -> set[str]:
    """The permission codes of a person's role; none when inactive or anonymous."""
    return ROLE_PERMISSIONS.get(getattr(user, "role", None), set()) if user.is_active else set()


def province_ids(user):
    """Ids of the provinces a person may see, or None for all of them."""
    return None if user.province_id is None else user.visible_province_ids


class ScopedQuerySet(models.QuerySet):
    """A QuerySet of rows that belong to a province; every door starts from `visible_to`."""

    province_field = "province"

    def visible_to(self, user):
        """Rows of the provinces that `user` may see; a row without province only for users of all provinces."""
        ids = province_ids(user)
        return self if ids is None else self.filter(**{f"{self.province_field}__in": ids})
