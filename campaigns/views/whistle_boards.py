"""Whistles: the board that renews itself, and the list of all."""

import json

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.forms.whistle_lists import WhistleFilterForm
from campaigns.models import Whistle
from campaigns.queries.whistle_board import board_for, board_version
from campaigns.queries.whistle_groups import groups_for
from campaigns.queries.whistle_lists import filtered_whistles
from campaigns.queries.whistle_rows import row_of, with_units
from communities.permissions import Permission, has_permission, require

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def whistle_board(request: HttpRequest) -> HttpResponse:
    """What waits for this official, by time left; a poll without news is a 304.

    A right that ended changes the version, so it is asked for before anything is
    shown again.
    """
    now = timezone.now()
    version = board_version(request.user, now=now)
    if request.htmx and (same := get_conditional_response(request, etag=version)):
        return same
    require(has_permission(request.user, Permission.WHISTLE_VIEW))
    context = {
        "board": board_for(request.user, now=now),
        "blows": has_permission(request.user, Permission.WHISTLE_BLOW),
        "now": now,
        # The region asks by itself: no page with a session is kept by a browser.
        "headers": json.dumps({"If-None-Match": version}),
    }
    name = "_whistle_board.html" if request.htmx else "whistle_board.html"
    response = render(request, f"campaigns/{name}", context)
    response["ETag"] = version
    return response


@require_safe
@login_required
@vary_on_headers("HX-Request")
def whistle_list(request: HttpRequest) -> HttpResponse:
    """Every whistle the user may open, the latest first."""
    require(has_permission(request.user, Permission.WHISTLE_VIEW))
    now = timezone.now()
    groups = [group.key for group in groups_for(request.user)]
    form = WhistleFilterForm(request.GET, groups=groups)
    context = {
        "form": form,
        "blows": has_permission(request.user, Permission.WHISTLE_BLOW),
    }
    if form.is_valid():
        whistles = filtered_whistles(
            Whistle.objects.visible_to(request.user),
            user=request.user,
            now=now,
            **form.cleaned_data,
        )
        page = Paginator(whistles, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = [row_of(row, now) for row in with_units(page.object_list)]
        context["page"] = page
    name = "_whistle_rows.html" if request.htmx else "whistle_list.html"
    return render(request, f"campaigns/{name}", context)
