"""What the portal consists of on one machine: a worker, which may carry the calendar (beat), and a site."""

import fcntl
import http.client
import os
import socket
import sys
from contextlib import closing

from django.conf import settings
from django.core.management import CommandError

from khuyencong.management.processes import Process

HOST = "127.0.0.1"


def free_port() -> int:
    """PORT, or 8000, when nobody listens there."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT={text} không phải số cổng: hãy dùng một số từ 1 đến 65535, ví dụ PORT=8001 make run.")
    port = int(text)
    other = port + 1 if port < 65535 else 8000
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CommandError(f"Cổng {port} chỉ dành cho root: hãy chạy PORT=8001 make run.") from None
        except OSError:
            hint = f"dừng chương trình đang dùng nó, hoặc chạy PORT={other} make run."
            raise CommandError(f"Cổng {port} đang bận: {hint}") from None
    return port


def start_worker(port) -> Process:
    """Celery; with beat unless the worker of another `serve` has it, for two would send every timed job twice.

    The worker inherits the lock and keeps it as long as it lives, even when we are killed.
    """
    lock = os.open(settings.VAR_DIR / "beat.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        beat = ("--beat", f"--schedule={settings.VAR_DIR / 'beat-schedule'}")
    except BlockingIOError:
        beat = ()
    worker = (
        "celery",
        "--app=khuyencong",
        "worker",
        "--concurrency=2",
        "--loglevel=INFO",
        f"--hostname=serve-{port}@%h",
    )
    try:
        return _start("Tiến trình nền", f"worker-{port}", *worker, *beat, pass_fds=[lock] if beat else [])
    finally:
        os.close(lock)


def start_site(port) -> Process:
    """Gunicorn: two processes of four threads, so that a slow page does not hold up the others."""
    site = ("gunicorn", "khuyencong.wsgi:application", f"--bind={HOST}:{port}", "--no-control-socket")
    size = ("--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=4")
    return _start("Trang web", f"site-{port}", *site, *size)


def answers(port) -> bool:
    """Whether the site says that it is well."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def _start(label, name, *command, pass_fds=()):
    log = settings.VAR_DIR / "log" / f"{name}.log"
    return Process(label, (sys.executable, "-m", *command), log=log, cwd=settings.BASE_DIR, pass_fds=pass_fds)
