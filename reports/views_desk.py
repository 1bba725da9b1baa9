"""The desk: what waits for an official today, and where their lists are."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.models import Activity
from campaigns.queries.activities import with_names_of_the_day
from communities.permissions import (
    Permission,
    has_permission,
    memberships_of,
    require,
    scope_filter,
)
from communities.queries.pairings import pairings_visible_to
from reports.desk import desk_parts
from reports.desk_links import desk_deeds, desk_links
from volunteers.models import Shift

DESK_ROWS = 5
DESK_PAIRINGS = 24


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this official, by role."""
    require(has_permission(request.user, Permission.DESK_ENTER))
    today = timezone.localdate()
    context = {
        "memberships": memberships_of(request.user),
        "today": today,
        "deeds": desk_deeds(request.user),
        "links": desk_links(request.user),
        **_waiting_desk(request, today),
    }
    if has_permission(request.user, Permission.ACTIVITY_RECORD):
        context.update(_recorder_desk(request))
    if has_permission(request.user, Permission.PAIRING_VIEW):
        context.update(_pairing_desk(request))
    if not has_permission(request.user, Permission.ACTIVITY_RECORD):
        context.update(_watcher_desk(request))
    return render(request, "reports/desk.html", context)


def _waiting_desk(request: HttpRequest, today: date) -> dict[str, object]:
    """What waits, then what is only on offer; the rest of the concerns by name."""
    parts = desk_parts(request.user, today=today)
    shown = [part for part in parts if part.is_shown]
    return {
        **{part.concern.key: part.block for part in parts},
        "parts": sorted(shown, key=lambda part: not part.count),
        "quiet_parts": [part for part in parts if not part.is_shown],
    }


def _recorder_desk(request: HttpRequest) -> dict[str, object]:
    own = Activity.objects.managed_by(request.user).select_related(
        "organization", "pillar"
    )
    now = timezone.now()
    shifts = (
        Shift.objects.managed_by(request.user)
        .filter(state=Shift.State.SCHEDULED)
        .upcoming(now)
        .select_related("activity")
    )
    return {
        "is_recorder": True,
        "recent": with_names_of_the_day(
            own.exclude(state=Activity.State.DRAFT)[:DESK_ROWS]
        ),
        "next_shifts": shifts[:DESK_ROWS],
    }


def _pairing_desk(request: HttpRequest) -> dict[str, object]:
    pairings = pairings_visible_to(request.user).active()
    return {
        "pairing_count": pairings.count(),
        "pairings": pairings.select_related("organization", "community__subdistrict")[
            :DESK_PAIRINGS
        ],
    }


def _watcher_desk(request: HttpRequest) -> dict[str, object]:
    in_scope = scope_filter(
        request.user,
        Permission.ACTIVITY_VIEW,
        organization="organization",
        community="community",
    )
    recent = Activity.objects.filter(in_scope).exclude(state=Activity.State.DRAFT)
    shifts = Shift.objects.listed().filter(
        scope_filter(
            request.user,
            Permission.ACTIVITY_VIEW,
            organization="activity__organization",
            community="community",
        )
    )
    return {
        "recent": with_names_of_the_day(
            recent.select_related("organization", "pillar", "community")[:DESK_ROWS]
        ),
        "next_shifts": shifts.upcoming(timezone.now()).select_related("activity")[
            :DESK_ROWS
        ],
    }
