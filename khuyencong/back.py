"""The way back to a filtered list: it travels in `?back=`, so that the filter survives opening and editing a record."""

from django.http import QueryDict
from django.utils.http import urlencode


def back_query(request):
    """The list's own query string ('?year=2020&status=draft' or ''): only a query can stand in it, never an address."""
    given = request.POST.get("back") or request.GET.get("back") or ""
    query = QueryDict(given.lstrip("?")[:2000])
    return f"?{query.urlencode()}" if query else ""


def carrying(request, url):
    """`url` with the way back added."""
    query = back_query(request)
    return f"{url}?{urlencode({'back': query})}" if query else url
