"""Every page of every role at two widths: no accessibility violation, no refused script or style, nothing cut off."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.conftest import sign_in

SIZES = [{"width": width, "height": 900} for width in (1280, 390)]
PAGES = {
    "canbo": [
        "/",
        "/?view=office",
        "/schemes/",
        "/schemes/?q=khong+co+gi+nhu+the",
        "/schemes/new/",
        "/schemes/{draft}/",
        "/schemes/{draft}/edit/",
        "/schemes/{returned}/edit/",
        "/schemes/{settled}/",
        "/schemes/{settled}/history/",
        "/schemes/{monitored}/monitoring/",
        "/schemes/{approved}/step/?verb=contract",
        "/schemes/{group}/plan/",
        "/schemes/{in_progress}/",
        "/schemes/{in_progress}/record/",
        "/schemes/{in_progress}/accept/",
        "/schemes/{in_progress}/ledger/new/",
        "/schemes/{accepted}/record/",
        "/schemes/{draft}/dossier/",
        "/schemes/{draft}/dossier/?step=submit",
        "/schemes/{in_progress}/dossier/print/",
        "/ledger/",
        "/ledger/{entry}/reverse/",
        "/reconciliation/",
        "/monitoring/",
        "/warnings/",
        "/budgets/",
        "/budgets/new/",
        "/programmes/",
        "/programmes/new/",
        "/programmes/{programme}/",
        "/programmes/{programme}/edit/",
        "/programmes/{programme}/groups/new/",
        "/programmes/groups/{target_group}/edit/",
        "/programmes/{programme}/targets/new/",
        "/programmes/targets/{target}/edit/",
        "/programmes/targets/{target_by_hand}/figures/",
        "/facilities/",
        "/facilities/new/",
        "/facilities/{facility}/",
        "/facilities/{facility}/edit/",
        "/facilities/duplicates/",
        "/facilities/merges/",
        "/facilities/clusters/",
        "/facilities/clusters/new/",
        "/facilities/clusters/{cluster}/",
        "/facilities/clusters/{cluster}/edit/",
        "/facilities/clusters/figures/",
        "/facilities/villages/",
        "/facilities/villages/new/",
        "/facilities/villages/{village}/",
        "/places/{unit}/",
        "/search/?q=dien+chau",
        "/search/?q=khong+co+gi+nhu+the",
        "/plan-funding/",
        "/plan-funding/new/",
        "/notices/",
        "/notices/preferences/",
        "/delegations/",
        "/reports/",
        "/reports/?kind=doi-chieu",
        "/password/",
        "/schemes/999999999/",
        "/fairs/",
        "/fairs/?q=khong+co+gi+nhu+the",
        "/fairs/new/",
        "/fairs/{event}/",
        "/fairs/{event}/edit/",
        "/fairs/{event}/participants/",
        "/fairs/deals/",
        "/fairs/{event}/deals/new/",
        "/fairs/deals/{deal}/",
        "/fairs/deals/{deal}/edit/",
        "/selection/",
        "/selection/cycles/new/",
        "/selection/cycles/{cycle}/",
        "/selection/funnel/",
        "/selection/rounds/{round}/",
        "/selection/rounds/{round}/edit/",
        "/selection/rounds/{round}/members/",
        "/selection/rounds/{round}/scores/",
        "/selection/rounds/{round}/sheets/",
        "/selection/entries/{dossier}/",
        "/products/",
        "/products/new/",
        "/products/{product}/",
        "/products/{product}/edit/",
        "/products/certificates/",
        "/products/certificates/?state=soon",
        "/products/certificates/{certificate}/",
        "/products/reports/",
        "/products/reports/new/",
        "/commendations/",
        "/commendations/new/",
        "/reports/?kind=binh-chon",
        "/san-pham/",
        "/san-pham/{public}/",
    ],
    "phutho": [
        "/",
        "/schemes/?boundaries=as_was",
        "/commune-choices/",
        "/places/",
        "/places/?q=da+bac",
        "/places/provinces/",
        "/reports/",
        "/reports/territories/",
    ],
    "quangninh": [
        "/",
        "/schemes/",
        "/schemes/{registered}/",
        "/schemes/{closed}/",
        "/schemes/{monitored_national}/monitoring/",
        "/ledger/",
        "/reconciliation/",
        "/reconciliation/?year=2021",
        "/monitoring/",
        "/warnings/",
        "/budgets/",
        "/budgets/?year=2021",
        "/programmes/",
        "/reports/{reconciliation}/",
    ],
    "quocgia": [
        "/",
        "/schemes/",
        "/facilities/",
        "/ledger/",
        "/reconciliation/",
        "/monitoring/",
        "/warnings/",
        "/budgets/",
        "/programmes/",
        "/notices/",
        "/places/provinces/",
        "/reports/",
        "/reports/territories/",
    ],
    "thamdinh": [
        "/",
        "/?view=office",
        "/warnings/",
        "{warning}",
        "/notices/",
        "/notices/preferences/",
        "/delegations/",
        "/admin/",
        "/admin/programmes/scheme/?status=submitted",
        "/admin/programmes/scheme/{submitted}/change/",
        "/admin/programmes/scheme/{submitted_national}/change/",
        "/admin/programmes/scheme/{accepted}/change/",
        "/admin/programmes/scheme/{group}/change/",
        "/admin/programmes/scheme/{in_progress}/change/",
        "/admin/programmes/scheme/{in_progress}/adjust/",
        "/admin/programmes/scheme/{in_progress}/adjust/?kind=increase",
        "/admin/programmes/scheme/{in_progress}/adjust/?kind=beneficiary",
        "/admin/programmes/scheme/{in_progress}/adjust/?kind=time",
        "/admin/programmes/workflowstep/",
        "/admin/fairs/selectionround/",
        "/admin/fairs/selectionround/{round}/change/",
        "/admin/fairs/selectionround/{concluded}/change/",
        "/admin/fairs/certificate/{certificate}/change/",
        "/admin/fairs/marketevent/{event}/change/",
    ],
    "thamdinhqn": ["/", "/admin/", "/admin/programmes/scheme/{registered}/change/", "/reconciliation/"],
    "lanhdao": [
        "/",
        "/warnings/",
        "/budgets/",
        "/reconciliation/",
        "/notices/",
        "/delegations/",
        "/reports/",
        "/schemes/{settled}/",
    ],
    "quantri": [
        "/",
        "/notices/preferences/",
        "/programmes/",
        "/admin/",
        "/admin/khuyencong/administrativeunit/",
        "/admin/khuyencong/agencyname/",
        "/admin/programmes/supportrule/",
        "/admin/programmes/workflowstep/",
        "/admin/programmes/workflowstep/add/",
        "/admin/programmes/workflowstep/{step}/change/",
        "/admin/facilities/industrialcluster/",
        "/admin/khuyencong/user/",
        "/admin/khuyencong/user/add/",
        "/admin/programmes/activitycontent/",
        "/admin/fairs/provinceregion/",
        "/admin/fairs/selectionlevel/",
    ],
    "thanhtra": [
        "/",
        "/ledger/",
        "/reconciliation/",
        "/admin/programmes/scheme/{settled}/change/",
        "/admin/programmes/scheme/{settled}/history/",
        "/admin/programmes/workflowstep/",
    ],
}

TITLE, ROW = "#schemes a.title", "main table tbody a"
EXAMPLES = {  # name: who looks, on which page, which link leads there
    "facility": ("canbo", "/facilities/", ROW),
    "cluster": ("canbo", "/facilities/clusters/", ROW),
    "village": ("canbo", "/facilities/villages/", ROW),
    "unit": ("canbo", "/places/", ROW),
    **{
        status: ("canbo", f"/schemes/?status={status}&level=local", TITLE)
        for status in ("draft", "returned", "submitted", "approved", "in_progress", "accepted", "settled")
    },
    "group": ("canbo", "/schemes/?status=approved&kind=group", TITLE),
    "programme": ("canbo", "/programmes/", "main a.title:has-text('Nghệ An')"),
    "target_group": ("canbo", "/programmes/{programme}/", "main a[href*='/groups/'][href$='/edit/']"),
    "target": ("canbo", "/programmes/{programme}/", "main a[href*='/targets/'][href$='/edit/']"),
    "target_by_hand": ("canbo", "/programmes/{programme}/", "main a[href$='/figures/']"),
    "monitored": ("canbo", "/monitoring/", "main a[href*='/schemes/'][href*='/monitoring/']"),
    "entry": ("canbo", "/schemes/{in_progress}/", "main a[href*='/reverse/']"),
    "warning": ("thamdinh", "/warnings/", "main a[href*='/warnings/decide/']"),
    "submitted_national": ("canbo", "/schemes/?status=submitted&level=national", TITLE),
    "step": ("quantri", "/admin/programmes/workflowstep/", "#result_list tbody a"),
    "event": ("canbo", "/fairs/?status=held", "main table a.title"),
    "deal": ("canbo", "/fairs/deals/", "main table tbody a[href*='/fairs/deals/']"),
    "cycle": ("canbo", "/selection/", "main table a.title"),
    "round": ("canbo", "/selection/cycles/{cycle}/", "main a[href*='/selection/rounds/']"),
    "dossier": ("canbo", "/selection/rounds/{round}/", "main table a[href*='/selection/entries/']"),
    "product": ("canbo", "/products/", "main table a.title"),
    "certificate": ("canbo", "/products/certificates/", "main table tbody a"),
    "concluded": ("thamdinh", "/admin/fairs/selectionround/?status__exact=concluded", "#result_list tbody a"),
    "public": ("canbo", "/san-pham/", "main a[href^='/san-pham/']:not([href='/san-pham/'])"),
    "registered": ("quangninh", "/schemes/?status=registered", TITLE),
    "closed": ("quangninh", "/schemes/?status=closed", TITLE),
    "monitored_national": ("quangninh", "/schemes/?status=closed&level=national", TITLE),
}


@pytest.fixture(scope="session")
def examples(browser, portal):
    """{name: what stands for it in an address}: an id, or the address of a warning."""
    pages, found = {}, {}
    for name, (username, address, link) in EXAMPLES.items():
        page = pages.get(username) or pages.setdefault(username, sign_in(browser, portal, username))
        page.goto(address.format(**found))
        href = page.locator(link).first.get_attribute("href")
        number = re.search(r"/(\d+)/", href)
        found[name] = number[1] if number else href
    found["reconciliation"] = build_reconciliation(pages["quangninh"])
    for page in pages.values():
        page.context.close()
    return found


def build_reconciliation(page):
    """Ask for Quảng Ninh's reconciliation of 2021 and wait for it; the report's id."""
    page.goto("/reports/?kind=doi-chieu")
    page.select_option("[name=period]", "2021")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("link", name="Tải .xlsx").first).to_be_visible(timeout=60_000)
    return re.search(r"/reports/(\d+)/", page.url)[1]


@pytest.mark.parametrize("username", list(PAGES))
def test_pages_are_accessible_and_whole(visit, examples, username):
    page, wrong = visit(username), []
    for address in PAGES[username]:
        address = address.format(**examples)
        page.troubles.clear()
        page.set_viewport_size(SIZES[0])
        response = page.goto(address)
        page.wait_for_load_state("networkidle")
        expected = 404 if "999999999" in address else 200
        if response.status != expected:
            wrong.append((address, response.status))
        if not page.url.endswith(address):
            wrong.append((address, "leads to", page.url))
        # before axe, whose own styles the content policy of the admin refuses
        wrong += [(address, said) for said in page.troubles if "404" not in said]
        for size in SIZES:
            page.set_viewport_size(size)
            wrong += [(address, size["width"], fault) for fault in faults(page)]
    assert wrong == []


def faults(page):
    """What is wrong with the page at the width that it has."""
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        yield "wider than the window"
    for violation in Axe().run(page).response["violations"]:
        yield violation["id"], violation["nodes"][0]["html"][:160]
