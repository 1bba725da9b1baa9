"""A web server on a free port that fails in every way a test asks for."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

DRIP_SECONDS = 0.02


@dataclass
class Request:
    """What was posted."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def values(self) -> dict:
        return json.loads(self.body)


Way = Callable[[socket.socket], None]


@dataclass
class Server:
    """Answers each request in the next of its ways, the last one ever after."""

    port: int
    ways: list[Way]
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def next_way(self) -> Way:
        return self.ways.pop(0) if len(self.ways) > 1 else self.ways[0]


@contextmanager
def http_server(*ways: Way, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that takes each request and goes on in one of the ways."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1], list(ways) or [says({"ok": True})])
        work = threading.Thread(
            target=_serve, args=(listener, server, context), daemon=True
        )
        work.start()
        try:
            yield server
        finally:
            # Closing alone does not wake who accepts.
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def says(values: object, *, status: int = 200, **headers: str) -> Way:
    """Answers with JSON; underscores in names of headers are dashes."""
    return says_bytes(json.dumps(values).encode(), status=status, **headers)


def says_bytes(body: bytes, *, status: int = 200, **headers: str) -> Way:
    """Answers with a body of any kind."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return lambda line: line.sendall(head + body)


def hangs_up(line: socket.socket) -> None:
    """Closes after reading."""


def hangs_up_half_way(line: socket.socket) -> None:
    """Closes in the middle of the answer."""
    line.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok": ')


def says_nothing(line: socket.socket) -> None:
    """Keeps the connection and never answers."""
    with suppress(OSError):
        line.settimeout(5)
        line.recv(1)


def drips(line: socket.socket) -> None:
    """Sends an endless header, byte by byte."""
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    with suppress(OSError):
        while True:
            line.sendall(b"x")
            time.sleep(DRIP_SECONDS)


def drips_body(line: socket.socket) -> None:
    """Sends a long body, byte by byte."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{")
    with suppress(OSError):
        while True:
            line.sendall(b" ")
            time.sleep(DRIP_SECONDS)


def _serve(
    listener: socket.socket, server: Server, context: ssl.SSLContext | None
) -> None:
    with suppress(OSError):
        while True:
            line, _address = listener.accept()
            server.connections += 1
            args = (line, server, context)
            threading.Thread(target=_answer, args=args, daemon=True).start()


def _answer(
    line: socket.socket, server: Server, context: ssl.SSLContext | None
) -> None:
    with suppress(OSError, ValueError):
        line.settimeout(5)
        with context.wrap_socket(line, server_side=True) if context else line as open_:
            server.requests.append(_read(open_))
            server.next_way()(open_)
    line.close()


def _read(line: socket.socket) -> Request:
    """One request; raises ValueError for what is none."""
    with line.makefile("rb") as stream:
        _method, path, _version = stream.readline().decode().split()
        headers = {}
        while (text := stream.readline().decode().strip()) != "":
            name, _colon, value = text.partition(":")
            headers[name.lower()] = value.strip()
        return Request(path, headers, stream.read(int(headers["content-length"])))
