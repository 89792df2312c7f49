"""Who may start a server, who still uses it, and who stops it. Only file locks: the kernel drops them with the process.

* `start.lock` is held alone while somebody looks for the server, starts it or stops it. Two processes that start at
  once therefore start one server, and nobody attaches to a server that is about to stop.
* `users.lock` is shared by every process that attached, until it ends, however it ends. At normal exit a process asks
  for it alone, without waiting: it gets it only when nobody else is attached, and then it stops the server. An upgrade
  of a `flock` may lose the shared lock on the way, which is harmless under `start.lock`.

A process that is killed, by a SIGTERM that it does not catch too, stops nothing: the server goes on until the next
process attaches and leaves.

Forks. A `flock` belongs to the open file description, and a forked child (a Celery pool worker, multiprocessing)
inherits that, so a family of forks is *one* user, whose head is the process that attached:

* a child that ends neither releases the lock (the head still has it open) nor stops the server (`_leave` acts only in
  the process that attached);
* the head stops the server even if a child still runs, as its children are about to go too; and should the head be
  killed, the orphans keep the lock, so that no other process stops the server under them;
* `start.lock` is unlocked, not just closed, because a child forked by another thread would keep it locked.

A gunicorn worker attaches after its fork, a subprocess (a pytest-xdist worker, `spawn`) never inherits the files: each
is a user of its own.
"""

import atexit
import fcntl
import logging
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from khuyencong.embedded.home import EmbeddedError, Home

logger = logging.getLogger(__name__)
_urls: dict[Path, str] = {}


class Server(Protocol):
    """What the life cycle asks of PostgreSQL and of Valkey; it calls each of them only while it holds `start.lock`."""

    home: Home

    def url(self) -> str | None:
        """The URL of the running server, None when there is none; waits for one that is starting up."""

    def start(self) -> str:
        """Start the server, wait until it answers and return its URL."""

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""


def attach(server: Server) -> str:
    """Use the server, start it if need be, and leave it when this process exits; raises EmbeddedError only."""
    directory = server.home.directory
    if directory not in _urls:
        try:
            server.home.claim()
            _urls[directory] = _enter(server)
        except OSError as error:
            raise EmbeddedError(f"Không dùng được {error.filename or directory}: {error.strerror or error}.") from error
    return _urls[directory]


def _enter(server):
    directory = server.home.directory
    with exclusive(directory / "start.lock"):
        users = _open(directory / "users.lock")
        try:
            fcntl.flock(users, fcntl.LOCK_SH)
            url = server.url() or server.start()
        except BaseException:
            os.close(users)
            raise
        atexit.register(_leave, server, users, os.getpid())
        return url


def _leave(server, users, attached_pid):
    """Stop the server when this process, and no other, uses it."""
    if os.getpid() != attached_pid:
        return
    directory = server.home.directory
    with suppress(FileNotFoundError), exclusive(directory / "start.lock"):
        if not os.path.samestat(os.fstat(users), os.stat(directory / "users.lock")):
            return  # somebody removed var/ and began anew: that server is not ours
        with suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _stop(server)


def _stop(server):
    try:
        server.stop()
    except EmbeddedError as error:
        logger.warning("%s", error)


@contextmanager
def exclusive(path: Path):
    """Hold the lock file `path` alone; whoever else wants it waits."""
    descriptor = _open(path)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _open(path):
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
