"""The demonstration's own secret key: made once, kept under var/, never in the project."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key


def demonstration_secret(path: Path) -> str:
    """The key in `path`; the first process to ask makes it (exclusively, so that all workers share one)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()
