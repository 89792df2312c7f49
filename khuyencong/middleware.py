"""What holds for every request: who did it stands in the history, GET never writes, refusals are sentences."""

import re

import pghistory
import pghistory.middleware
from django.contrib.auth import middleware as auth_middleware
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpResponse
from django.shortcuts import render

from khuyencong import refusals

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE)\b", re.IGNORECASE)


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Writes the person, the address and the reason given in the form into the history of each change."""

    def get_context(self, request):
        context = super().get_context(request)
        reason = request.POST.get("reason", "").strip()
        return context | ({"reason": reason} if reason else {})


class GetWroteError(Exception):
    """A view tried to write while answering a GET: a defect of ours."""


def _refuse_writes(execute, sql, params, many, context):
    if WRITES.match(sql):
        raise GetWroteError(sql[:200])
    return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    """GET and HEAD never change a row."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)


class RefusalMiddleware:
    """The last net: a rule of the database that no form foresaw becomes a page with its sentence, not a 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if not isinstance(error, (IntegrityError, OperationalError, refusals.RefusedError)):
            return None
        refusal = refusals.explain(error)
        if isinstance(error, OperationalError) and refusal.code != "busy":
            return None
        return render(request, "409.html", {"refusal": refusal}, status=409)


class LoginRequiredMiddleware(auth_middleware.LoginRequiredMiddleware):
    """Django's own, but that it does not ask who reads where no login is needed: such a page is the same for everybody."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class NoStoreMiddleware:
    """Pages behind the login are not kept by browsers or proxies."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response: HttpResponse = self.get_response(request)
        if "Cache-Control" not in response.headers and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response
