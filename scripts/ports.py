"""Ports to listen on: the one asked for, or any free one."""

import errno
import socket

from scripts.console import Refusal


def parse_port(text: str) -> int:
    """The port number in the text; refuses what is no port."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refusal(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def ensure_free(host: str, port: int) -> None:
    """Refuse when nothing could listen on the address."""
    try:
        _bind(host, port).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = "is taken. Choose another one: make run PORT=8001"
        else:
            reason = f"cannot be used: {error.strerror or error}."
        raise Refusal(f"Port {port} on {host} {reason}") from None


def free_port() -> int:
    """A port of this machine that is free now."""
    with _bind("127.0.0.1", 0) as listener:
        return listener.getsockname()[1]


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
