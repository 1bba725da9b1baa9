"""Large letters (适老化): one's own choice, kept by the browser alone."""

from django.http import HttpRequest, HttpResponse

COOKIE = "letters"
LARGE = "large"
KEPT_SECONDS = 365 * 24 * 3600


def letters_are_large(request: HttpRequest) -> bool:
    """Whether this browser asked for large letters."""
    return request.COOKIES.get(COOKIE) == LARGE


def set_letters(response: HttpResponse, *, are_large: bool) -> None:
    """Let the browser keep the choice; scripts change it too, in place."""
    if are_large:
        response.set_cookie(COOKIE, LARGE, max_age=KEPT_SECONDS, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
