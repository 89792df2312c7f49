"""The search box: its page, and its suggestions as one types."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from khuyencong.search import Query, search

SUGGESTED = 4


@require_safe
def search_page(request):
    """`?q=`: groups of hits; for htmx only the options of the list under the box."""
    query = Query.read(request.GET.get("q", ""))
    if request.htmx:
        context = {"query": query, "groups": search(query, request.user, SUGGESTED)}
        return render(request, "search/search.html#suggestions", context)
    return render(request, "search/search.html", {"query": query, "groups": search(query, request.user)})
