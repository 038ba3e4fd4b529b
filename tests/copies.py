"""Copies of this process: they have all modules loaded, so they begin at once, and can be killed as any process can."""

import os
import signal
import time
import traceback
import warnings
from collections.abc import Callable
from contextvars import Context
from pathlib import Path
from types import TracebackType
from typing import Never, Self

from app.extensions import db

FAILED = 3
PATIENCE_SECONDS = 90.0
Act = Callable[[], object]


class Copy:
    """Does one act, in a context of its own and on connections of its own; handled as `subprocess.Popen` is."""

    def __init__(self, act: Act, log: Path) -> None:
        self.log = log
        self.code: int | None = None  # as it ended; a signal is negative
        db.session.remove()
        db.engine.dispose()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads of the test runner, which no copy needs
            self.pid = os.fork()
        if self.pid == 0:
            _run_and_end(act, log)

    def send_signal(self, number: signal.Signals) -> None:
        if self.code is None:
            os.kill(self.pid, number)

    def wait(self, seconds: float = PATIENCE_SECONDS) -> int:
        ends = time.monotonic() + seconds
        while self.code is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self.code = os.waitstatus_to_exitcode(status)
            else:
                assert time.monotonic() < ends, f"it has not ended: {self.said()}"
                time.sleep(0.005)
        return self.code

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.send_signal(signal.SIGKILL)
        self.wait()


def _run_and_end(act: Act, log: Path) -> Never:
    code: object = FAILED
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, 1)
        os.dup2(opened, 2)
        try:
            code = Context().run(act)
        except BaseException:  # noqa: BLE001  # whatever it is, this copy of the test runner ends here
            os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code if isinstance(code, int) else 0)
