"""Where an act comes from: a visitor's address, the worker or a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

COMMAND, WORKER, UNKNOWN = "command", "worker", "unknown"

_origin: ContextVar[str] = ContextVar("origin")
_of_process = COMMAND


def current_origin() -> str:
    """The address of the visitor now answered; "worker" or "command" without one."""
    return _origin.get(_of_process)


def be_the_worker(**_signal: object) -> None:
    """From now on what this process does outside of requests is the worker's."""
    global _of_process
    _of_process = WORKER


@contextmanager
def acting_from(origin: str) -> Iterator[None]:
    """What happens inside comes from `origin`."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def address_of(request: HttpRequest) -> str:
    """The visitor's address, counted from the right past the proxies we trust.

    What stands further left was written by the visitor. "unknown" when there is no
    address there: a header that is too short, or a socket file without one.
    """
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = request.META.get("REMOTE_ADDR", "")
    if count:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        told = chain[-count] if len(chain) >= count else ""
    try:
        return str(ip_address(told.strip()))
    except ValueError:
        return UNKNOWN
