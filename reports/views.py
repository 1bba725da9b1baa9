"""The front page and the desk: what everyone sees first, what waits for officials."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.models import Activity
from campaigns.queries import (
    current_campaign,
    pillars_with_counts,
    recent_public_activities,
    with_names_of_the_day,
)
from communities.permissions import (
    Permission,
    has_permission,
    memberships_of,
    require,
    scope_filter,
)
from communities.queries.pairings import pairings_visible_to
from reports.figures import home_figures
from volunteers.models import Shift
from volunteers.queries import next_shifts

HOME_SHIFTS = 4
HOME_ACTIVITIES = 6
DESK_ROWS = 8
DESK_PAIRINGS = 24


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The campaign, its five pillars with live figures, what is next, what was done."""
    context = {
        "campaign": current_campaign(),
        "pillars": pillars_with_counts(),
        "figures": home_figures(),
        "shifts": next_shifts(HOME_SHIFTS, now=timezone.now()),
        "activities": recent_public_activities(HOME_ACTIVITIES),
    }
    return render(request, "reports/home.html", context)


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """After sign-in: officials go to their desk, everyone else to their own page."""
    if has_permission(request.user, Permission.DESK_ENTER):
        return redirect("reports:desk")
    return redirect("volunteers:me")


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this official, by role."""
    require(has_permission(request.user, Permission.DESK_ENTER))
    context = {
        "memberships": memberships_of(request.user),
        "today": timezone.localdate(),
        "can_export": has_permission(request.user, Permission.REPORT_EXPORT),
    }
    if has_permission(request.user, Permission.ACTIVITY_RECORD):
        context.update(_recorder_desk(request))
    if has_permission(request.user, Permission.ACTIVITY_REVIEW):
        context.update(_reviewer_desk(request))
    if has_permission(request.user, Permission.PAIRING_VIEW):
        context.update(_pairing_desk(request))
    if not has_permission(request.user, Permission.ACTIVITY_RECORD):
        context.update(_watcher_desk(request))
    return render(request, "reports/desk.html", context)


def _recorder_desk(request: HttpRequest) -> dict[str, object]:
    own = Activity.objects.managed_by(request.user).select_related(
        "organization", "pillar"
    )
    waiting = Activity.objects.managed_by(request.user).filter(
        state__in=[
            Activity.State.RETURNED,
            Activity.State.ENDED,
            Activity.State.DRAFT,
        ]
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
        "to_mend": waiting.select_related("organization", "pillar").order_by(
            "-state_changed_at"
        )[:DESK_ROWS],
        "recent": with_names_of_the_day(
            own.exclude(state=Activity.State.DRAFT)[:DESK_ROWS]
        ),
        "next_shifts": shifts[:DESK_ROWS],
    }


def _reviewer_desk(request: HttpRequest) -> dict[str, object]:
    waiting = Activity.objects.visible_to(request.user).awaiting_review()
    return {
        "is_reviewer": True,
        "review_count": waiting.count(),
        "to_review": with_names_of_the_day(
            waiting.select_related("organization", "pillar")[:DESK_ROWS]
        ),
    }


def _pairing_desk(request: HttpRequest) -> dict[str, object]:
    pairings = pairings_visible_to(request.user).active()
    return {
        "pairing_count": pairings.count(),
        "pairings": pairings.select_related("organization", "community__subdistrict")[
            :DESK_PAIRINGS
        ],
        "can_publish_pairings": has_permission(
            request.user, Permission.PAIRING_PUBLISH
        ),
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
