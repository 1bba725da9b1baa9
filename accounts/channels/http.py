"""One way to post JSON to other people's servers, and to say what came of it.

A message may be posted once, so it matters when things went wrong: until the
connection stands nothing has gone out (Unavailable), from then on nobody can know
(Unclear) unless the other side says so. Errors and logs hold no address: addresses
of robots are keys, those of gateways may be.
"""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError

from accounts.channels.base import Refused, Unavailable, Unclear

CONNECT_SECONDS = 3
# For the whole answer, however slowly it drips in.
ANSWER_SECONDS = 8
MOST_BYTES = 64 * 1024
LEAST_WAIT = timedelta(minutes=1)
MOST_WAIT = timedelta(hours=6)
NOT_SENT = (OSError, HTTPError, ValueError)


class NoConnection(Unavailable):
    """Nobody answers at all: the next message would meet the same."""


class Rejected(Refused):
    """Refused by the status of the answer; `answer` is its JSON object, or empty."""

    def __init__(self, status: int, answer: dict) -> None:
        super().__init__(_("对方服务器拒收（HTTP %(status)s）。") % {"status": status})
        self.status = status
        self.answer = answer


@dataclass(frozen=True, kw_only=True)
class Timeouts:
    """How long to wait for a connection and for the whole answer, in seconds."""

    connect: float = CONNECT_SECONDS
    answer: float = ANSWER_SECONDS


def post_json(
    url: str,
    values: dict,
    *,
    token: str = "",
    public_only: bool = False,
    timeouts: Timeouts | None = None,
) -> dict:
    """Post values as JSON; returns the JSON object answered with a status of 2xx.

    With `public_only` the host's name may lead to no address of a private network.
    Follows no redirects. Raises NoConnection, Unavailable, Refused or Unclear.
    """
    timeouts = timeouts or Timeouts()
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "application/json",
        "Host": parts.netloc.rpartition("@")[2],
        "Connection": "close",
        **({"Authorization": f"Bearer {token}"} if token else {}),
    }
    body = json.dumps(values, ensure_ascii=False).encode()
    connection = _connect(parts, public_only, timeouts)
    with _closing(connection, timeouts.answer):
        try:
            connection.request(
                "POST", target, body=body, headers=headers, preload_content=False
            )
            response = connection.getresponse()
            _judge(response.status, response.headers.get("Retry-After", ""))
            answer = response.read(MOST_BYTES + 1, decode_content=False)
        except NOT_SENT:
            raise Unclear(_("已发出，但没有收到完整答复。")) from None
    values = _object_in(answer)
    if not 200 <= response.status < 300:
        raise Rejected(response.status, values or {})
    if values is None:
        raise Unclear(_("已发出，但看不懂对方服务器的答复。"))
    return values


def _connect(parts: object, public_only: bool, timeouts: Timeouts) -> HTTPConnection:
    """An open connection to the first address that answers."""
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise NoConnection(_("查不到对方服务器的地址。")) from None
    port = port or (443 if parts.scheme == "https" else 80)
    addresses = _looked_up(host, port, timeouts.connect)
    if public_only and not all(_is_public(one) for one in addresses):
        raise Refused(_("对方服务器的地址在内部网络，不予连接。"))
    context = _tls() if parts.scheme == "https" else None
    for address in addresses[:2]:
        connection = _made(address, port, host, context, timeouts)
        try:
            connection.connect()
        except NOT_SENT as error:
            _close(connection)
            if isinstance(error, ssl.SSLError | SSLError):
                raise NoConnection(_("对方服务器的证书或加密连接有问题。")) from None
        else:
            return connection
    raise NoConnection(_("连接不上对方服务器。"))


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name.

    The system's resolver knows no limit of time and may ask for half a minute, so
    it is waited for no longer than for a connection.
    """
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def ask() -> None:
        found: list = []
        with suppress(OSError, ValueError):
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put(list(dict.fromkeys(entry[4][0] for entry in found)))

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    addresses: list[str] = []
    with suppress(Empty):
        addresses = answers.get(timeout=seconds)
    if not addresses:
        raise NoConnection(_("查不到对方服务器的地址。"))
    return addresses


def _made(
    address: str,
    port: int,
    host: str,
    context: ssl.SSLContext | None,
    timeouts: Timeouts,
) -> HTTPConnection:
    """A connection to the address that was checked, not to the name once more."""
    if context is None:
        return HTTPConnection(address, port, timeout=timeouts.connect)
    return HTTPSConnection(
        address,
        port,
        timeout=timeouts.connect,
        ssl_context=context,
        server_hostname=host,
    )


def _tls() -> ssl.SSLContext:
    """Verifies with the certificates of the system; there must be some."""
    context = ssl.create_default_context()
    folder = ssl.get_default_verify_paths().capath
    in_folder = bool(folder) and Path(folder).is_dir() and any(Path(folder).iterdir())
    if not (context.cert_store_stats()["x509_ca"] or in_folder):
        raise NoConnection(_("系统中没有根证书，请安装 ca-certificates。"))
    return context


def _is_public(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_global


@contextmanager
def _closing(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """Hang up at the end, and when the time is over, whatever drips in until then."""
    line = connection.sock
    line.settimeout(seconds)
    watch = threading.Timer(seconds, _hang_up, [line])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        _close(connection)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        # Not the method of the TLS socket: it would take its state from the reader.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _close(connection: HTTPConnection) -> None:
    with suppress(Exception):
        connection.close()


def _judge(status: int, retry_after: str) -> None:
    """What a status says by itself; 2xx says nothing yet, 3xx and 4xx refuse."""
    if status in (408, 425, 429, 503):
        # The other side says that it has not taken it.
        raise Unavailable(
            _("对方服务器暂不接收（HTTP %(status)s）。") % {"status": status},
            wait=_wait(retry_after),
        )
    if not 200 <= status < 500:
        # A proxy or a program broke down half way: it may have passed it on.
        raise Unclear(_("对方服务器出错（HTTP %(status)s）。") % {"status": status})


def _wait(retry_after: str) -> timedelta | None:
    """Seconds or a date, kept between a minute and six hours; None for neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        wait = timedelta(seconds=min(int(text[:9]), MOST_WAIT.total_seconds()))
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (TypeError, ValueError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        wait = moment - timezone.now()
    return min(max(wait, LEAST_WAIT), MOST_WAIT)


def _object_in(answer: bytes) -> dict | None:
    """The JSON object of an answer, or None for anything else."""
    if len(answer) <= MOST_BYTES:
        with suppress(ValueError, RecursionError):
            values = json.loads(answer)
            return values if isinstance(values, dict) else None
    return None
