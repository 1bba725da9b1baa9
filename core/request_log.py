"""One log line for each request: what was asked, how it ended, how long it took."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject, empty

logger = logging.getLogger(__name__)

PATH_LENGTH = 200
# Asked every few seconds by machines; told only when they do not succeed.
PROBES = {"/healthz", "/readyz"}


class RequestLogMiddleware:
    """Tells method, route, path, status, milliseconds and the user's number.

    Never the query string, the client's address or a name. The time ends when the
    answer begins: a file that streams goes on after it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        response = self.get_response(request)
        is_quiet = response.status_code < 400 and _is_of_machines(request.path)
        match = request.resolver_match
        fields = {
            "method": request.method,
            "route": match.route if match else "",
            "path": request.path[:PATH_LENGTH],
            "status": response.status_code,
            "ms": round((time.monotonic() - started) * 1000),
            "user": _user_id(request),
        }
        level = logging.DEBUG if is_quiet else logging.INFO
        logger.log(level, "request", extra={"fields": fields})
        return response


def _is_of_machines(path: str) -> bool:
    return path in PROBES or path.startswith(settings.STATIC_URL)


def _user_id(request: HttpRequest) -> int | None:
    """The signed-in person's number, if the request has asked for it: no query."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject) and user._wrapped is empty:
        return None
    return getattr(user, "pk", None)
