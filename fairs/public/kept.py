"""Public pages, made once and kept for a few minutes in this process; no session, no cookie, no more work than allowed.

Together the process and whoever stands between it and the reader keep a page for `KEPT` seconds, not longer: what was
revoked is gone everywhere by then.
"""

import hashlib
import time
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from khuyencong.backends import client_address

KEPT = 300  # seconds
MINUTE = 60
MOST_OF_ONE, MOST_OF_ALL = 30, 300  # pages made anew in a minute, for one address and for everybody
TOO_MANY = "Quá nhiều lượt tra cứu trong một phút. Xin chờ một phút rồi mở lại trang."


def public(view):
    """A view for everybody, answering GET and HEAD only; a 404 while the office keeps its public page off."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        if not settings.PUBLIC_PRODUCTS:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def page(request, name, make):
    """The page `name`, kept; else `make() -> str` makes it. 304 when the reader has it, 429 when asked for too much."""
    cache, now = caches["public"], time.time()
    key = hashlib.sha256(f"{timezone.localdate()} {name}".encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        if not _may_make(client_address(request)):
            return _too_many()
        body = make().encode()
        found = now, hashlib.sha256(body).hexdigest()[:32], body
        cache.set(key, found, KEPT)
    made, digest, body = found
    return _answer(request, body, f'"{digest}"', max(KEPT - int(now - made), 0))


def _answer(request, body, etag, seconds):
    response = HttpResponse(body)
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def _may_make(address):
    """What is refused to one address does not count for everybody: nobody can shut the page for the others."""
    minute = int(time.time() // MINUTE)
    return _count(f"{minute}-{address}") <= MOST_OF_ONE and _count(f"{minute}-everybody") <= MOST_OF_ALL


def _count(key):
    cache = caches["public_counts"]
    cache.add(key, 0, 2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # thrown out between the two calls: the cache was full
        return 1


def _too_many():
    headers = {"Retry-After": str(MINUTE), "Cache-Control": "no-store"}
    return HttpResponse(TOO_MANY, status=429, content_type="text/plain; charset=utf-8", headers=headers)
