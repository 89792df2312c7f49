"""Journeys run against the whole portal as `make run` starts it: its own database, a real worker, a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
HERE = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
DATABASE = "khuyencong_journeys"
PASSWORD = "khuyencong-demo"
STARTS_IN = 300  # seconds: migrations and demonstration data included
expect.set_options(timeout=20_000)  # milliseconds: how long a busy machine may take to show what is expected


def pytest_collection_modifyitems(items):
    if not Path(CHROMIUM).exists():
        for item in items:
            item.add_marker(pytest.mark.skip(reason=f"needs {CHROMIUM}"))


@pytest.fixture(scope="session")
def browser():
    quiet = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update"
    flags = [f"--{flag}" for flag in [*quiet.split(), "disable-sync", "disable-dev-shm-usage"]]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


def _fresh_database():
    """Drop and make the journeys' own database beside the suite's; the address of it."""
    parameters = connections["default"].get_connection_params() | {"dbname": "postgres"}
    for key in ("cursor_factory", "options"):
        parameters.pop(key, None)
    link = psycopg2.connect(**parameters)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    link.close()
    path, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{path.rpartition('/')[0]}/{DATABASE}" + (f"?{query}" if query else "")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The address of a running portal with the demonstration data."""
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": _fresh_database(),
        "REDIS_URL": settings.CELERY_BROKER_URL.rpartition("/")[0] + "/9",
        "REPORTS_DIR": str(tmp_path_factory.mktemp("reports")),
        "DOSSIER_DIR": str(tmp_path_factory.mktemp("dossiers")),
        "DJANGO_SETTINGS_MODULE": "khuyencong.settings",
        "DEMO_PASSWORD": PASSWORD,
        "PORT": str(port),
    }
    command = [sys.executable, "manage.py", "serve"]
    with (
        (tmp_path_factory.mktemp("log") / "serve.log").open("w+") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as serve,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", serve, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            serve.terminate()
            serve.wait(30)


def _wait_for(url, process, log):
    deadline = time.monotonic() + STARTS_IN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.3)
        else:
            return
    log.seek(0)
    pytest.fail(f"the portal did not start:\n{log.read()}")


def sign_in(browser, portal, username, width=1280):
    """A page of a browser of their own for a demonstration account, with every console error kept in `page.troubles`."""
    context = browser.new_context(**HERE, base_url=portal, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.goto("/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")
    return page


@pytest.fixture
def visit(browser, portal):
    """`page = visit("canbo", width=390)`: see `sign_in`."""
    pages = []

    def enter(username, width=1280):
        pages.append(sign_in(browser, portal, username, width))
        return pages[-1]

    yield enter
    for page in pages:
        page.context.close()
