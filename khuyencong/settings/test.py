"""Settings of the suite: the same real servers in instances of their own, a quick hasher, no HTTPS."""

import os

from khuyencong import embedded

os.environ.setdefault("KHUYENCONG_MODE", "demonstration")
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = embedded.database_url(name="test", durable=False)
if not os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = embedded.redis_url(name="test")

from khuyencong.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
