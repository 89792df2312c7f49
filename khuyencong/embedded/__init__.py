"""PostgreSQL and Valkey for a machine that has neither: private servers from wheels, their data under `var/`.

`database_url()` and `redis_url()` attach this process to a running server or start one, and return its URL. The last
process to exit stops the server, so nothing is left behind (`lock.py` says how). Settings call them only when
DATABASE_URL or REDIS_URL is not set. Nothing here imports Django. Linux and macOS.
"""

from pathlib import Path

from khuyencong.embedded.home import EmbeddedError, Home
from khuyencong.embedded.lock import attach
from khuyencong.embedded.postgres import Postgres
from khuyencong.embedded.valkey import Valkey

__all__ = ["EmbeddedError", "database_url", "redis_url"]

VAR = Path(__file__).resolve().parents[2] / "var"


def database_url(name: str = "main", *, durable: bool = True, var: Path = VAR) -> str:
    """The URL of the PostgreSQL whose data is `var/<name>-postgres`; not `durable`: fast, may be lost with the power.

    Raises EmbeddedError, whose text is a Vietnamese sentence for the person at the terminal.
    """
    return attach(Postgres(Home(var / f"{name}-postgres"), durable))


def redis_url(name: str = "main", *, durable: bool = True, var: Path = VAR) -> str:
    """The URL of the Valkey whose data is `var/<name>-valkey`; not `durable`: forgets everything when it stops."""
    return attach(Valkey(Home(var / f"{name}-valkey"), durable))
