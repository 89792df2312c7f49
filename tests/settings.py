"""Settings of the suite: the same real servers in instances of their own, a quick hasher.

In a module of its own, outside `khuyencong.settings`, so that the addresses are set before those settings are read.
"""

import os
from pathlib import Path

from khuyencong import embedded

os.environ.setdefault("KHUYENCONG_MODE", "demonstration")
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = embedded.database_url(name="test", durable=False)
if not os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = embedded.redis_url(name="test")
os.environ.setdefault("REPORTS_DIR", str(Path(__file__).resolve().parents[1] / "var" / "test-reports"))
os.environ.setdefault("DOSSIER_DIR", str(Path(__file__).resolve().parents[1] / "var" / "test-dossiers"))

from khuyencong.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
