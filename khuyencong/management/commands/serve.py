"""`make run`: the whole portal on this machine, for a demonstration or for work on the code."""

import signal
import sys
import time
from contextlib import ExitStack, suppress

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError

from khuyencong.demo import ACCOUNTS
from khuyencong.embedded.lock import exclusive
from khuyencong.management.portal import HOST, answers, free_port, start_site, start_worker

ANSWERS_IN = 60  # seconds from the start of the site to its first answer
SITE_PATIENCE, WORKER_PATIENCE = 5, 8  # seconds to finish what they are doing when we stop


class Command(BaseCommand):
    help = "Chạy cả cổng khuyến công trên máy này: cơ sở dữ liệu, dữ liệu trình diễn, tiến trình nền và trang web."
    requires_system_checks = []

    def handle(self, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("serve chỉ dùng để trình diễn và phát triển; khi vận hành, hãy dùng docker compose.")
        port = free_port()
        on_signals(signal.default_int_handler)  # every wish to stop is a KeyboardInterrupt
        failure = None
        with suppress(KeyboardInterrupt):
            self.prepare()
            failure = self.run(port)
        on_signals(signal.SIG_IGN)
        if failure:
            self.stderr.write(failure)
            sys.exit(1)
        self.say("Đã dừng cổng khuyến công; dữ liệu được giữ cho lần chạy sau.")

    def prepare(self):
        """Migrations and demonstration data, one `serve` at a time."""
        self.say("Đang chuẩn bị cơ sở dữ liệu và dữ liệu trình diễn…")
        settings.VAR_DIR.mkdir(exist_ok=True)
        try:
            with exclusive(settings.VAR_DIR / "prepare.lock"):
                call_command("migrate", interactive=False, verbosity=0)
                call_command("load_demo", verbosity=0)
        except OperationalError as error:
            raise CommandError(f"Không dùng được cơ sở dữ liệu: {error}") from error

    def run(self, port):
        """Run the worker and the site until we are stopped, first the site; a text when one ends by itself."""
        with ExitStack() as stopping:
            worker = start_worker(port)
            stopping.callback(worker.stop, WORKER_PATIENCE)
            site = start_site(port)
            stopping.callback(site.stop, SITE_PATIENCE)
            stopping.callback(on_signals, signal.SIG_IGN)  # from here on the stopping itself is not interrupted
            deadline = time.monotonic() + ANSWERS_IN
            while not (ended := next((child for child in (site, worker) if child.exit_code() is not None), None)):
                if deadline and answers(port):
                    self.say(welcome(port))
                    deadline = None
                if deadline and time.monotonic() > deadline:
                    return f"Trang web không trả lời sau {ANSWERS_IN} giây: xem {site.log}."
                time.sleep(0.3)
            return ended.obituary()

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def on_signals(handler):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def welcome(port):
    """The address, and the demonstration accounts as a table."""
    rows = [("Tài khoản", "Vai trò", "Địa bàn")]
    rows += [(account.username, account.role_label, account.territory) for account in ACCOUNTS]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    heading, *lines = ["   ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    text = [f"Cổng khuyến công: http://{HOST}:{port}/", "", heading, "─" * max(map(len, lines)), *lines, ""]
    text += [f"Mật khẩu chung của các tài khoản trình diễn: {settings.DEMO_PASSWORD}"]
    text += [f"Nhật ký: {settings.VAR_DIR / 'log'}. Dừng: nhấn Ctrl-C."]
    return "\n  ".join(["", *text, ""])
