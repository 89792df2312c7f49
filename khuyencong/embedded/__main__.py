"""`python -m khuyencong.embedded COMMAND…`: run a command with DATABASE_URL and REDIS_URL of the embedded servers."""

import os
import subprocess
import sys

from khuyencong import embedded


def main(command: list[str]) -> int | str:
    """The command's exit status, or a sentence that says why it could not run."""
    if not command:
        return "Cách dùng: python -m khuyencong.embedded LỆNH [THAM SỐ…]"
    try:
        urls = {"DATABASE_URL": embedded.database_url(), "REDIS_URL": embedded.redis_url()}
        return subprocess.run(command, env={**os.environ, **urls}).returncode
    except (embedded.EmbeddedError, OSError) as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
