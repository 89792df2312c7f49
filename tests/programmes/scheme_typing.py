"""A scheme form as a person fills it."""

from django.urls import reverse

from tests.factories import ContentFactory, UnitFactory, all_sources
from tests.pages import form_data, soup

NEW = "programmes:scheme-create"


def fill(client, staff):
    """Sign `staff` in, and fill the form of a scheme of 2020."""
    all_sources()
    group = ContentFactory(code="KC03", name="Mô hình, máy móc")
    content, unit = ContentFactory(code="KC03.04", group=group), UnitFactory()
    client.force_login(staff)
    data = form_data(soup(client.get(reverse(NEW))))
    return data | {
        "name": "Hỗ trợ máy sấy nông sản",
        "content": str(content.pk),
        "implementing_unit": str(unit.pk),
        "year": "2020",
        "funding-national-proposed_amount": "1,5 tỷ",
        "funding-province-proposed_amount": "300 triệu",
        "funding-counterpart-proposed_amount": "2.250.000.000",
    }


def rows_of(prefix, *rows):
    """The POST data of formset rows that are new."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for n, row in enumerate(rows):
        data |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return data
