"""Every page of every role at two widths: no accessibility violation, no refused script or style, nothing cut off."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1280, 390)
PAGES = {
    "canbo": [
        "/",
        "/schemes/",
        "/schemes/?q=khong+co+gi+nhu+the",
        "/schemes/new/",
        "/schemes/{draft}/",
        "/schemes/{draft}/edit/",
        "/schemes/{settled}/",
        "/schemes/{settled}/history/",
        "/schemes/{in_progress}/record/",
        "/schemes/{in_progress}/accept/",
        "/schemes/{accepted}/record/",
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
        "/reports/",
        "/password/",
        "/schemes/999999999/",
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
    "quocgia": ["/", "/schemes/", "/facilities/", "/places/provinces/", "/reports/", "/reports/territories/"],
    "thamdinh": ["/", "/admin/", "/admin/programmes/scheme/", "/admin/programmes/scheme/{submitted}/change/"],
    "lanhdao": ["/", "/reports/", "/schemes/{settled}/"],
    "quantri": [
        "/admin/",
        "/admin/khuyencong/administrativeunit/",
        "/admin/khuyencong/agencyname/",
        "/admin/programmes/supportrule/",
        "/admin/facilities/industrialcluster/",
        "/admin/khuyencong/user/",
        "/admin/khuyencong/user/add/",
        "/admin/programmes/activitycontent/",
    ],
    "thanhtra": ["/", "/admin/programmes/scheme/{settled}/change/", "/admin/programmes/scheme/{settled}/history/"],
}


LISTS = {
    "facility": "/facilities/",
    "cluster": "/facilities/clusters/",
    "village": "/facilities/villages/",
    "unit": "/places/",
}


@pytest.fixture
def examples(visit):
    """status -> id of a scheme in that state; and the first facility, cluster, village and unit of their lists."""
    page, found = visit("canbo"), {}
    for name, address in LISTS.items():
        page.goto(address)
        href = page.locator("main table tbody a").first.get_attribute("href")
        found[name] = re.search(r"/(\d+)/", href)[1]
    for status in ("draft", "submitted", "in_progress", "accepted", "settled"):
        page.goto(f"/schemes/?status={status}")
        href = page.locator("#schemes a.title").first.get_attribute("href")
        found[status] = re.search(r"/schemes/(\d+)/", href)[1]
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("username", list(PAGES))
def test_pages_are_accessible_and_whole(visit, examples, username, width):
    page, wrong = visit(username, width), []
    for address in PAGES[username]:
        address = address.format(**examples)
        page.troubles.clear()
        response = page.goto(address)
        page.wait_for_load_state("networkidle")
        expected = 404 if "999999999" in address else 200
        if response.status != expected:
            wrong.append((address, response.status))
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append((address, "wider than the window"))
        wrong += [(address, said) for said in page.troubles if "404" not in said]
        violations = Axe().run(page).response["violations"]
        wrong += [(address, one["id"], one["nodes"][0]["html"][:160]) for one in violations]
    assert wrong == []
