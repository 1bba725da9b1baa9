"""What is to be recorded: chosen before the form."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.queries.completeness import wishes_of
from campaigns.queries.starts import open_assignments_of, ways_to_start
from communities.permissions import Permission, has_permission, require

MOST_ASSIGNMENTS = 10


@require_safe
@login_required
def activity_choose(request: HttpRequest) -> HttpResponse:
    """The initiatives by pillar with their templates, and the tasks still to do."""
    require(has_permission(request.user, Permission.ACTIVITY_RECORD))
    initiatives = ways_to_start()
    for initiative in initiatives:
        initiative.wishes = wishes_of(initiative)
    context = {
        "initiatives": initiatives,
        "assignments": open_assignments_of(request.user, most=MOST_ASSIGNMENTS),
        "today": timezone.localdate(),
    }
    return render(request, "campaigns/activity_choose.html", context)
