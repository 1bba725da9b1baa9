"""What every request passes: number, origin, limits, sign-in, private pages."""

import unicodedata
import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.origins import acting_from, address_of
from core.redirects import safe_path
from core.request_ids import set_request_id

Respond = Callable[[HttpRequest], HttpResponse]

# Nine photos of 10 MB and the form around them.
MAX_BODY_BYTES = 100 * 1024 * 1024

BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


class RequestIdMiddleware:
    """Gives each request a number, says it in `X-Request-ID` and keeps the address.

    Both are for the audit log, which notes them without being handed the request.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:16]
        set_request_id(request.request_id)
        with acting_from(address_of(request)):
            response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        return response


class BodyLimitMiddleware:
    """Refuses a request that declares too long a body, before any of it is read.

    Django bounds fields and the number of files but not their size: looking for the
    form token it would write any upload of anybody to the disk first.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:20]) > MAX_BODY_BYTES:
            text = _("上传的内容超过 100 MB，请分几次上传。")
            return HttpResponse(text, content_type="text/plain", status=413)
        return self.get_response(request)


class CleanInputMiddleware:
    """Refuses control characters in the path and the query string with a 400.

    They crash the ORM (NUL) or deceive the eye (bidi controls). Posted text is
    checked by the forms, which can name the field.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> None:
        texts = [request.path_info]
        for name, values in request.GET.lists():
            texts += [name, *values]
        if any(_is_dirty(text) for text in texts):
            raise BadRequest(_("网址中含有不可见的控制字符。"))


def _is_dirty(text: str) -> bool:
    if text.isascii() and text.isprintable():
        return False
    return any(
        char in BIDI_CONTROLS or unicodedata.category(char) in {"Cc", "Cs"}
        for char in text
    )


class HtmxSignInMiddleware:
    """Sends the whole page to sign-in when an htmx request is not signed in.

    Without it the sign-in page would land inside a fragment. A form sent after the
    session ended leads back to its page: many addresses of forms take no GET.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        login_path = resolve_url(settings.LOGIN_URL)
        target = response.headers.get("Location", "")
        if request.htmx and urlsplit(target).path == login_path:
            here = safe_path(request, request.htmx.current_url) or "/"
            answer = HttpResponse(status=401)
            answer["HX-Redirect"] = f"{login_path}?{urlencode({'next': here})}"
            return answer
        if request.method == "POST" and target == _back_to(request, login_path):
            page = safe_path(request, request.headers.get("Referer"))
            if page:
                response["Location"] = f"{login_path}?{urlencode({'next': page})}"
        return response


def _back_to(request: HttpRequest, login_path: str) -> str:
    """Where login_required sends this request."""
    return redirect_to_login(request.get_full_path(), login_path)["Location"]


class PrivateCacheMiddleware:
    """Keeps pages of people with a session out of every cache."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
