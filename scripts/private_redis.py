"""A Redis server of our own: free port, nothing kept, gone afterwards."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator

from scripts.console import Refusal
from scripts.ports import free_port

START_SECONDS = 10


@contextlib.contextmanager
def private_redis() -> Iterator[str]:
    """Start the server; yields its URL."""
    program = shutil.which("redis-server")
    if program is None:
        raise Refusal("redis-server was not found on PATH.")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        server = subprocess.Popen(
            [
                program,
                *("--bind", "127.0.0.1"),
                *("--port", str(port)),
                *("--save", ""),
                *("--appendonly", "no"),
                *("--dir", folder),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait_until_listening(server, port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(START_SECONDS)


def _wait_until_listening(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    raise Refusal("redis-server did not start.")
