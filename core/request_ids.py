"""The number of the request being answered, for logs, audit and error pages."""

import logging
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The request's number, or an empty string outside a request."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Remember the number of the request this thread now answers."""
    _request_id.set(value)


class RequestIdFilter(logging.Filter):
    """Puts the request's number on every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id() or "-"
        return True
