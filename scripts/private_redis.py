"""A Redis server of our own: free port, nothing kept, gone afterwards."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from scripts.console import Refusal
from scripts.ports import free_port

START_SECONDS = 10


class RedisServer:
    """A server that can be started anew on its port; it keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it listens."""
        program = shutil.which("redis-server")
        if program is None:
            raise Refusal("redis-server was not found on PATH.")
        self.process = subprocess.Popen(
            [
                program,
                *("--bind", "127.0.0.1"),
                *("--port", str(self.port)),
                *("--save", ""),
                *("--appendonly", "no"),
                *("--dir", str(self.folder)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait_until_listening()

    def stop(self) -> None:
        """Ask it to end."""
        self.process.terminate()
        self.process.wait(START_SECONDS)

    def _wait_until_listening(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.05)
        raise Refusal("redis-server did not start.")


@contextlib.contextmanager
def private_redis() -> Iterator[str]:
    """Start the server; yields its URL."""
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        server = RedisServer(Path(folder))
        try:
            server.start()
            yield server.url
        finally:
            server.stop()
