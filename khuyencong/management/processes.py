"""Programs that `manage.py serve` runs beside itself: each writes a log of its own, none outlives us."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress

PR_SET_PDEATHSIG = 1


class Process:
    """A running program; `label` is what the office calls it."""

    def __init__(self, label, command, *, log, cwd, pass_fds=()):
        self.label = label
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self._child = subprocess.Popen(
                command,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop things in order
                pass_fds=pass_fds,
                preexec_fn=_end_with_parent() if sys.platform == "linux" else None,
            )

    def exit_code(self):
        """None while it runs; minus the signal's number when it was killed."""
        return self._child.poll()

    def obituary(self):
        """Who ended, how, and the last words of its log."""
        words = self.log.read_text(errors="replace").splitlines()[-8:]
        return "\n  ".join([f"{self.label} đã dừng (mã {self.exit_code()}). Những dòng cuối của {self.log}:", *words])

    def stop(self, patience):
        """Ask it to end; after `patience` seconds kill it and everything that it started."""
        self._child.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(patience)
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()


def _end_with_parent():
    """What a child does before it becomes its program: ask Linux for a SIGTERM on the day that we die."""
    prctl = ctypes.CDLL(None).prctl  # loaded here: between fork and exec nothing may be loaded
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
