"""`make run`, with real processes: it answers, it stops in order, and it says who ended by itself."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError

from khuyencong.management.portal import answers, free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def listener():
    """A program that holds a port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def port():
    """A port that nobody holds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def serving(port):
    """`manage.py serve` on the suite's servers, from the moment that it has shown the accounts."""
    environment = {**os.environ, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "khuyencong.settings"}
    command = [sys.executable, "manage.py", "serve"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as serve:
        try:
            while "Ctrl-C" not in (line := serve.stdout.readline()):
                assert line, "serve ended before the site answered"
            yield serve
        finally:
            serve.terminate()


def children_of(pid, program):
    """The numbers of the processes that `pid` started and whose command line holds `program`."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in listing.splitlines()]
    return [int(child) for child, parent, *args in rows if parent == str(pid) and program in " ".join(args)]


def test_a_busy_port_is_refused_with_the_next_one_as_advice(listener, monkeypatch):
    monkeypatch.setenv("PORT", str(listener))

    with pytest.raises(CommandError, match=rf"^Cổng {listener} đang bận: .* PORT={listener + 1} make run\.$"):
        free_port()


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "8000.0"])
def test_a_port_that_is_no_port_is_refused(text, monkeypatch):
    monkeypatch.setenv("PORT", text)

    with pytest.raises(CommandError, match=f"^PORT={re.escape(text)} không phải số cổng"):
        free_port()


@pytest.mark.slow
def test_ctrl_c_stops_the_site_and_the_worker(port):
    with serving(port) as serve:
        started = children_of(serve.pid, "gunicorn") + children_of(serve.pid, "celery")
        assert answers(port)
        serve.send_signal(signal.SIGINT)
        assert serve.wait(30) == 0

    assert len(started) == 2
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []
    assert not answers(port)


@pytest.mark.slow
@pytest.mark.parametrize(("program", "label"), [("gunicorn", "Trang web"), ("celery", "Tiến trình nền")])
def test_when_one_ends_by_itself_the_other_is_stopped_and_the_reason_is_said(program, label, port):
    with serving(port) as serve:
        [victim] = children_of(serve.pid, program)
        os.kill(victim, signal.SIGKILL)
        last_words = serve.stdout.read()
        assert serve.wait(30) == 1

    assert f"{label} đã dừng (mã -9). Những dòng cuối của " in last_words
    assert not answers(port)
