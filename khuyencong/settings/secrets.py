"""The demonstration's own secret key: made once, kept under var/, never in the project."""

import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def demonstration_secret(path: Path) -> str:
    """The key in `path`; the first process makes it, whole at once, and all later ones read the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
        with os.fdopen(handle, "w") as file:
            file.write(get_random_secret_key())
        _link(draft, path)
    return path.read_text()


def _link(draft, path):
    """Give the draft its name unless somebody was faster."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
