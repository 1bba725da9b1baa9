"""Pages on which a shift is found: list, calendar, the shifts of a community."""

import json
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communities.models import Community
from core.letters import letters_are_large
from volunteers.forms.finding import (
    PlaceAndKindForm,
    ShiftCalendarForm,
    ShiftFilterForm,
    filters_from,
)
from volunteers.queries.calendar import shift_calendar as calendar_of
from volunteers.queries.near import understand
from volunteers.queries.shifts import list_version, shift_page, shifts_of_community

COMMUNITY_ROWS = 5


@require_safe
@vary_on_headers("HX-Request", "Cookie")
def shift_list(request: HttpRequest) -> HttpResponse:
    """Upcoming shifts, filtered; the next page starts after the last row.

    The region of the rows asks again by itself while it is open; asked again without
    news it is a 304 (decision 12), and so is the page of who never signed in.
    """
    now = timezone.now()
    is_public = _is_public(request)
    version = ""
    if request.htmx or is_public:
        # A version names the session it was made for without asking whether that still
        # holds: an answer without news has no body to keep from anybody.
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        look = "large" if letters_are_large(request) else ""
        version = list_version(session, request.get_full_path(), look, now=now)
        if same := get_conditional_response(request, etag=version):
            return same
    form = _form(request, ShiftFilterForm)
    shifts, after = [], ""
    if form.is_valid():
        filters = _filters(form, now)
        shifts, after = shift_page(filters, user=request.user, now=now)
    context = {
        "form": form,
        "shifts": shifts,
        "after": after,
        "near": form.is_valid() and filters["near"],
        # The region asks by itself: no page with a session is kept by a browser.
        "headers": json.dumps({"If-None-Match": version}),
    }
    name = "_shift_rows.html" if request.htmx else "shift_list.html"
    response = render(request, f"volunteers/{name}", context)
    if version:
        response["ETag"] = version
    if is_public:
        response["Cache-Control"] = "no-cache"
    return response


def _is_public(request: HttpRequest) -> bool:
    """Whether nobody's session or message is on the page."""
    return request.COOKIES.keys().isdisjoint({settings.SESSION_COOKIE_NAME, "messages"})


def _form(request: HttpRequest, kind: type[PlaceAndKindForm]) -> PlaceAndKindForm:
    return filters_from(kind, request.GET, user=request.user, is_drawn=not request.htmx)


def _filters(form: PlaceAndKindForm, now: datetime) -> dict[str, object]:
    """What the form says, with the place it names as it was understood."""
    words = form.cleaned_data["near"]
    near = understand(words, form.registers, now=now) if words else None
    return form.cleaned_data | {"near": near}


@require_safe
@vary_on_headers("HX-Request")
def shift_calendar(request: HttpRequest) -> HttpResponse:
    """A month or a week of upcoming shifts, with the filters of the list."""
    now = timezone.now()
    form = _form(request, ShiftCalendarForm)
    context = {"form": form, "view": "month"}
    if form.is_valid():
        filters = _filters(form, now)
        view = filters["view"]
        context |= {
            "view": view,
            "near": filters["near"],
            "calendar": calendar_of(
                filters,
                view=view,
                day=filters["day"] or timezone.localdate(now),
                user=request.user,
                now=now,
            ),
        }
    name = "_calendar_days.html" if request.htmx else "shift_calendar.html"
    return render(request, f"volunteers/{name}", context)


@require_safe
@vary_on_headers("HX-Request")
def community_shifts(request: HttpRequest, pk: int) -> HttpResponse:
    """The next shifts in a community: a fragment of its page, or a page of its own."""
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    context = {
        "community": community,
        "shifts": shifts_of_community(
            community, COMMUNITY_ROWS, user=request.user, now=timezone.now()
        ),
    }
    name = "_community_shifts.html" if request.htmx else "community_shifts.html"
    return render(request, f"volunteers/{name}", context)
