"""A person's own pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from accounts.models import Notification
from communities.queries.member_report_ins import own_report_ins
from communities.queries.posts import holdings_of
from volunteers import actions
from volunteers.forms.volunteers import VolunteerForm
from volunteers.models import Signup
from volunteers.queries.signups import signups_of
from volunteers.queries.volunteers import own_volunteer

INBOX_ROWS = 5
HISTORY_ROWS = 20


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What is coming up for this person, and their latest messages."""
    signups = signups_of(request.user)
    now = timezone.now()
    inbox = Notification.objects.visible_to(request.user).order_by("-pk")
    context = {
        "upcoming": signups.live()
        .filter(shift__ends_at__gt=now)
        .order_by("shift__starts_at"),
        "history": signups.exclude(
            state__in=Signup.LIVE_STATES, shift__ends_at__gt=now
        ).order_by("-shift__starts_at")[:HISTORY_ROWS],
        "inbox": inbox[:INBOX_ROWS],
        "report_ins": own_report_ins(request.user, day=timezone.localdate(now)),
        "holdings": holdings_of(request.user),
        "volunteer": own_volunteer(request.user),
    }
    return render(request, "volunteers/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def volunteer_edit(request: HttpRequest) -> HttpResponse:
    """Change what one has told about oneself."""
    form = VolunteerForm(request.POST or None, instance=own_volunteer(request.user))
    if request.method == "POST" and form.is_valid():
        actions.save_volunteer(volunteer=form.save(commit=False), by=request.user)
        messages.success(request, _("资料已保存。"))
        return redirect("volunteers:me")
    status = 422 if form.errors else 200
    context = {"form": form}
    return render(request, "volunteers/volunteer_form.html", context, status=status)
