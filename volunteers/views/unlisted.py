"""Pages whose address is a secret that a person hands on."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse


def unlisted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with headers that keep the page out of search engines and caches.

    The portal's own policy sends no address of a page to other servers.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store, private"
        return response

    return answer
