"""How what was found is written."""

from django import template

from khuyencong.search.marking import marked as _marked

register = template.Library()


@register.filter
def marked(shown, query):
    """The text with what matches the query within <mark>; everything is escaped."""
    return _marked(shown, query.keys)
