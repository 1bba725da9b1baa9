"""Pages whose address is a secret: whoever holds it may act."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse


def unlisted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the page out of search engines and caches, its address out of logs.

    The next page is told only the host it was reached from: other servers' logs and
    our own proxy's hold no secret, and forms still name an origin that can be checked.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answer
