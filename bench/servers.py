"""gunicorn as in production, and the CPU its processes have taken."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.console import Refusal
from scripts.health import is_healthy
from scripts.layout import ROOT
from scripts.ports import free_port

START_SECONDS = 60
SYNC = ("--worker-class", "sync", "--workers", "2")
THREADS = ("--worker-class", "gthread", "--workers", "2", "--threads", "8")
KINDS = {"2 sync workers": SYNC, "2 x 8 threads": THREADS}
_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server: its port and what its processes cost."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port

    def cpu(self) -> float:
        """Seconds of CPU of the server and its workers so far."""
        return sum(map(_cpu_of, [self.process.pid, *_children(self.process.pid)]))


@contextlib.contextmanager
def web_server(
    options: tuple[str, ...], environment: Mapping[str, str]
) -> Iterator[Server]:
    """Start gunicorn on a free port; stopped at the end."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "xiangcheng_portal.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--backlog", "1024"),
            *("--preload", "--no-control-socket", "--graceful-timeout", "2"),
            *("--log-level", "error"),
            *options,
        ],
        cwd=ROOT,
        env={**environment, "SITE_URL": f"http://127.0.0.1:{port}"},
        stdin=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not is_healthy("127.0.0.1", port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Refusal("gunicorn does not answer")
            time.sleep(0.1)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
