"""Ctrl-C, SIGTERM and SIGHUP, and the end of the make that started us."""

import os
import signal

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the command to end."""


class StopSignals:
    """The wish to stop: raised once, at once, or remembered for the next `check`.

    While programs are being started and stopped the wish waits, so that none is
    left behind half started.
    """

    def __init__(self):
        self._wanted = False
        self._raise_at_once = True
        self._parent = os.getppid()
        for number in SIGNALS:
            signal.signal(number, self._receive)

    def remember(self) -> None:
        """From now on the wish waits for `check`."""
        self._raise_at_once = False

    def check(self) -> None:
        """Raise Stopped when somebody asked for it, or when our make is gone."""
        if self._wanted or ("MAKELEVEL" in os.environ and os.getppid() != self._parent):
            raise Stopped

    def _receive(self, *_) -> None:
        raise_now = self._raise_at_once and not self._wanted
        self._wanted = True
        if raise_now:
            raise Stopped
