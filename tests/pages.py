"""Reading pages as a person does: select, then compare text."""

from bs4 import BeautifulSoup


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def cells(row):
    """The texts of a row's cells."""
    return [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("td, th")]


def rows(page, selector):
    return [cells(row) for row in page.select(selector)]


def form_data(page, selector="form#scheme"):
    """What a browser would send of a form, buttons left out."""
    form, data = page.select_one(selector), {}
    for control in form.select("input[name], select[name], textarea[name]"):
        if control.find_parent("template") or control.get("type") in {"submit", "button"}:
            continue
        if control.get("type") in {"checkbox", "radio"} and not control.has_attr("checked"):
            continue
        if control.has_attr("multiple"):
            if several := [option["value"] for option in control.select("option[selected]")]:
                data[control["name"]] = several
        elif control.name == "select":
            chosen = control.select_one("option[selected]")
            data[control["name"]] = chosen["value"] if chosen else ""
        elif control.name == "textarea":
            data[control["name"]] = control.get_text().removeprefix("\n")
        else:
            data[control["name"]] = control.get("value", "")
    return data


def sentences(page):
    """What a page says is wrong."""
    found = page.select(".errors li, .errors p, .form-errors li, .note[data-tone=bad]")
    return [" ".join(one.get_text(" ", strip=True).split()) for one in found]
