"""The front page, and where one goes after sign-in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.queries.activities import recent_public_activities
from campaigns.queries.campaigns import current_campaign, pillars_with_counts
from communities.permissions import Permission, has_permission
from reports.figures import home_figures
from volunteers.queries.shifts import next_shifts

HOME_SHIFTS = 4
HOME_ACTIVITIES = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The campaign, its five pillars with live figures, what is next, what was done."""
    context = {
        "campaign": current_campaign(),
        "pillars": pillars_with_counts(),
        "figures": home_figures(),
        "shifts": next_shifts(HOME_SHIFTS, now=timezone.now()),
        "activities": recent_public_activities(HOME_ACTIVITIES),
        "has_desk": has_permission(request.user, Permission.DESK_ENTER),
    }
    return render(request, "reports/home.html", context)


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """After sign-in: officials go to their desk, everyone else to their own page."""
    if has_permission(request.user, Permission.DESK_ENTER):
        return redirect("reports:desk")
    return redirect("volunteers:me")
