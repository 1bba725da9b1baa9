"""Error pages and the pages machines ask for."""

import sys
from datetime import timedelta
from smtplib import SMTPException
from socket import gaierror

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.letters import LARGE, set_letters
from core.readiness import DATABASE, DOWN, readiness
from core.redirects import safe_path

RETRY_AFTER_SECONDS = "10"
SECURITY_TXT_HOLDS = timedelta(days=180)


# The database or the mail server does not answer: nothing is wrong with the request.
NO_ANSWER = (
    OperationalError,
    InterfaceError,
    SMTPException,
    ConnectionError,
    TimeoutError,
    gaierror,
)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page; 503 with Retry-After when a server behind us does not answer."""
    if isinstance(sys.exc_info()[1], NO_ANSWER):
        response = _plain_page(request, "503.html", status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    return _plain_page(request, "500.html", status=500)


def _plain_page(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    # Without the request no context processor asks the database that just failed.
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponse(render_to_string(template, context), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for an expired or missing form token."""
    return render(request, "403.html", {"csrf_failed": True}, status=403)


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Large letters or the usual ones, then back to the page one was on."""
    page = safe_path(request, request.headers.get("Referer"))
    response = redirect(page or reverse("home"))
    set_letters(response, are_large=request.POST.get("size") == LARGE)
    return response


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the process can do its work, and how the workers do theirs.

    Only a database that is down takes this server out of service: what is late behind
    it does not come sooner without it.
    """
    answers = readiness(timezone.now())
    is_down = answers[DATABASE]["status"] == DOWN
    return JsonResponse(answers, status=503 if is_down else 200)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tells search engines which pages are not for them."""
    lines = [
        "User-agent: *",
        "Disallow: /me/",
        "Disallow: /desk/",
        "Disallow: /reports/",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@never_cache
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness. Source: RFC 9116."""
    expires = timezone.now().replace(microsecond=0) + SECURITY_TXT_HOLDS
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    text = "\n".join(lines) + "\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
