"""What reviewers do in the admin, as their browser sends it."""

from django.urls import reverse

from programmes import services
from programmes.models import Appraisal
from tests.factories import SchemeFactory
from tests.pages import soup

MONEY = {"province": 150_000_000, "counterpart": 350_000_000}
NATIONAL = {"national": 150_000_000, "counterpart": 350_000_000}
LIST = "admin:programmes_scheme_changelist"
DECISION = {"reason": "Đủ điều kiện", "number": "15/QĐ-SCT", "on": "02/03/2020"}
PAPER = {"paper-number": "7/QĐ-SCT", "paper-issued_on": "02/03/2020", "paper-signer": "Giám đốc Sở"}
MISSING = "Ô này còn trống: nhập hoặc chọn rồi lưu lại."


def page_of(scheme):
    return reverse("admin:programmes_scheme_change", args=[scheme.pk])


def sheet(verdict="", **changes):
    """A sheet that finds every item good; without `verdict`, as part of an approval."""
    found = {f"sheet-{item}": "good" for item in Appraisal.ITEMS} | {"sheet-conclusion": "Đề nghị phê duyệt"}
    return found | ({"sheet-verdict": verdict} if verdict else {}) | changes


def approval(scheme, **changes):
    """What the approving form sends when nothing is changed, sheet included, but for `changes`."""
    data = DECISION | sheet() | {"decision": "approve", "version": scheme.version}
    for line in scheme.funding_lines.all():
        data |= {f"line-{line.source_id}-approved_amount": str(line.proposed_amount)}
        data |= {f"line-{line.source_id}-adjustment_reason": ""}
    for benefit in scheme.beneficiaries.all():
        data[f"benefit-{benefit.facility_id}-approved_amount"] = str(benefit.proposed_amount)
    return data | changes


def sending_back(scheme, *comments, **changes):
    """What the returning form sends, with `comments` [(place, text)]."""
    data = DECISION | {"decision": "return", "version": scheme.version, "comments-INITIAL_FORMS": "0"}
    data["comments-TOTAL_FORMS"] = str(len(comments))
    for at, (place, text) in enumerate(comments):
        data |= {f"comments-{at}-field": place, f"comments-{at}-text": text}
    return data | changes


def step(scheme, verb, **given):
    """What the form of any other step sends."""
    return {"decision": verb, "version": scheme.version} | given


def own_scheme(reviewer, staff):
    """A scheme that the reviewer drafted, in an earlier role, and somebody else sent."""
    scheme = SchemeFactory(created_by=reviewer, money=MONEY)
    services.submit_scheme(scheme, by=staff)
    scheme.refresh_from_db()
    return scheme


def status_of(scheme):
    scheme.refresh_from_db()
    return scheme.status


def outcomes(response):
    """What a page of bulk results says of each row."""
    return sorted(" ".join(item.get_text().split()) for item in soup(response).select(".outcomes li"))
