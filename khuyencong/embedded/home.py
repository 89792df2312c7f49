"""Where one server lives on this machine, and which account runs it."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from contextlib import suppress
from functools import cached_property
from pathlib import Path

ELSEWHERE = Path("/var/lib")
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}  # PG… and LC_… of the shell must not reach the server


class EmbeddedError(Exception):
    """Why a server cannot be used: in Vietnamese, what is wrong and, where we know, what to do."""


class Home:
    """One server's folder under `var/`, its data, and the account that runs it.

    PostgreSQL refuses to run as root, so root drops to another account. That account may be unable to reach a clone
    under /root: then the data, and a copy of the programs, go to /var/lib, and a symlink to the data stays behind.
    """

    def __init__(self, directory: Path):
        self.directory = directory.resolve()

    @property
    def data(self) -> Path:
        """The data directory, symlink followed; the server makes it at its first start."""
        return (self.directory / "data").resolve()

    def claim(self):
        """Make the folder, or say whose it is."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            owner = self.data.stat().st_uid if self.data.exists() else self.uid
        except PermissionError:
            owner = None
        if owner != self.uid or not os.access(self.directory, os.W_OK):
            raise EmbeddedError(
                f"Thư mục {self.directory} do người dùng khác tạo, hoặc không cho ghi: hãy chạy lại bằng người dùng đó, "
                f"hoặc xoá thư mục {self.directory.parent} để bắt đầu với dữ liệu mới."
            )

    def settle(self):
        """Before a start: choose, the first time, where the data will be."""
        link = self.directory / "data"
        if not os.path.lexists(link) and not self.can_run("/bin/sh", "-c", 'cd "$1"', "sh", str(self.directory)):
            link.symlink_to(ELSEWHERE / f"khuyencong-{self._digest}" / "data")
        if link.is_symlink():
            self.data.parent.mkdir(parents=True, exist_ok=True)
            self.data.parent.chmod(0o755)

    def make_private(self, path: Path) -> Path:
        """`path` as a new folder that only the account, and root, can open."""
        path.mkdir(mode=0o700)
        self._give(path)
        return path

    def write_private(self, name: str, text: str):
        """A file beside the data that only the account, and root, can read."""
        path = self.directory / name
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        self._give(path)

    def socket_folder(self) -> Path:
        """A private folder with a short name: a socket's path has at most 107 bytes, and a clone may lie deeper."""
        path = Path("/tmp") / f"khuyencong-{self.uid}-{self._digest}"
        if not os.path.lexists(path):
            self.make_private(path)
        status = path.lstat()
        if status.st_uid != self.uid or not stat.S_ISDIR(status.st_mode) or status.st_mode & 0o077:
            raise EmbeddedError(f"{path} không phải do chương trình này tạo: hãy xoá nó rồi chạy lại.")
        return path

    def programs(self, folder: Path, probe: str) -> Path:
        """`folder`, or a copy beside the data when the account cannot run `folder/probe` (an environment in /root)."""
        if not self.account or self.can_run(folder / probe, "--version"):
            return folder
        copy = self.data.parent / f"{folder.name}-{(folder / probe).stat().st_mtime_ns}"
        if not copy.exists():
            half = copy.with_name("half-a-copy")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(folder, half)
            for path in (half, *half.rglob("*")):
                path.chmod(0o755)
            half.rename(copy)
        return copy

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """None: ourselves. For root: the owner of the data, else postgres, else nobody, else anybody unprivileged."""
        if os.geteuid() != 0:
            return None
        with suppress(FileNotFoundError, KeyError):
            owner = pwd.getpwuid(self.data.stat().st_uid)
            if owner.pw_uid:
                return owner
        return _unprivileged_account()

    @property
    def uid(self) -> int:
        """The numeric user who runs the server and owns its data."""
        return self.account.pw_uid if self.account else os.geteuid()

    def run(self, *command, text="") -> str:
        """Run a program as the account, with `text` as its input; returns its output, raises EmbeddedError."""
        name = Path(command[0]).name
        drop = {"user": self.uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        try:
            done = subprocess.run(
                command, input=text, capture_output=True, text=True, errors="replace", cwd="/", env=ENVIRONMENT, **drop
            )
        except OSError as error:
            raise EmbeddedError(f"Không chạy được {name}: {error.strerror}.") from None
        output = done.stdout + done.stderr
        if done.returncode:
            raise EmbeddedError(f"{name} báo lỗi: {' '.join(output.split()) or done.returncode}")
        return output

    def can_run(self, *command) -> bool:
        """Whether the account can run this command to a good end."""
        try:
            self.run(*command)
        except EmbeddedError:
            return False
        return True

    def _give(self, path):
        if self.account:
            os.chown(path, self.uid, self.account.pw_gid)

    @property
    def _digest(self):
        return hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:12]


def _unprivileged_account():
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    for account in pwd.getpwall():
        if account.pw_uid:
            return account
    raise EmbeddedError(
        "PostgreSQL không chạy bằng root: hãy tạo một người dùng thường, ví dụ bằng lệnh: useradd postgres"
    )
