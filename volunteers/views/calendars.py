"""The calendar feed: its address on one's own page, and the feed itself."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from volunteers import exports
from volunteers.actions.calendars import close_calendar, rotate_calendar_token
from volunteers.actions.volunteers import volunteer_of
from volunteers.queries.calendars import volunteer_with_token

TOKEN_LENGTH = 43


@require_POST
@login_required
def calendar_renew(request: HttpRequest) -> HttpResponse:
    """Make the feed's address, or a new one instead of the old."""
    rotate_calendar_token(volunteer=volunteer_of(request.user), by=request.user)
    messages.success(request, _("日历订阅地址已生成；以前的地址不再有效。"))
    return _back()


@require_POST
@login_required
def calendar_close(request: HttpRequest) -> HttpResponse:
    """Switch the feed off."""
    close_calendar(volunteer=volunteer_of(request.user), by=request.user)
    messages.success(request, _("日历订阅已停用，原来的地址不再有效。"))
    return _back()


def _back() -> HttpResponse:
    return redirect(f"{reverse('volunteers:me')}#calendar")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed for who knows its address; no session is asked for or made."""
    volunteer = volunteer_with_token(token) if len(token) == TOKEN_LENGTH else None
    if volunteer is None:
        raise Http404
    feed = exports.calendar_feed(volunteer, now=timezone.now())
    changed_at = int(feed.changed_at.timestamp())
    response = HttpResponse(feed.content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="shifts.ics"'
    response["ETag"] = quote_etag(hashlib.sha256(feed.content).hexdigest()[:32])
    response["Last-Modified"] = http_date(changed_at)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=changed_at,
        response=response,
    )
