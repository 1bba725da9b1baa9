"""A person's own pages."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from volunteers.day_rules import is_day
from volunteers.forms.volunteers import VolunteerForm
from volunteers.models import Signup
from volunteers.queries.calendars import calendar_url
from volunteers.queries.certificates import IN_SHORT, own_certificates
from volunteers.queries.hours import ledger_sums
from volunteers.queries.invitations import waiting_invitations
from volunteers.queries.signups import signups_of
from volunteers.queries.stars import stars_of
from volunteers.queries.volunteers import live_guardian_consent, own_volunteer

INBOX_ROWS = 5
HISTORY_ROWS = 20


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What is coming up for this person, and their latest messages."""
    signups = signups_of(request.user)
    now = timezone.now()
    inbox = Notification.objects.visible_to(request.user).order_by("-pk")
    coming = _coming(now)
    volunteer = own_volunteer(request.user)
    upcoming = list(signups.filter(coming).order_by("shift__starts_at", "pk"))
    context = {
        "upcoming": upcoming,
        "offers": [signup for signup in upcoming if signup.is_held_at(now)],
        "today": {
            signup.pk
            for signup in upcoming
            if signup.state == Signup.State.CONFIRMED and is_day(signup.shift, now)
        },
        "history": signups.exclude(coming).order_by("-shift__starts_at")[:HISTORY_ROWS],
        "inbox": inbox[:INBOX_ROWS],
        "hours": ledger_sums(request.user),
        "report_ins": own_report_ins(request.user, day=timezone.localdate(now)),
        "holdings": holdings_of(request.user),
        "volunteer": volunteer,
        "stars": stars_of(volunteer),
        "certificates": own_certificates(request.user)[:IN_SHORT],
        "calendar_url": calendar_url(volunteer),
        "invitations": waiting_invitations(request.user, now=now),
    }
    return render(request, "volunteers/me.html", context)


def _coming(now: datetime) -> models.Q:
    """Sign-ups whose shift is to come or runs; a sure one until check-out closes."""
    check_out = timedelta(hours=settings.CHECK_OUT_HOURS)
    return models.Q(state__in=Signup.LIVE_STATES, shift__ends_at__gt=now) | models.Q(
        state=Signup.State.CONFIRMED, shift__ends_at__gt=now - check_out
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def volunteer_edit(request: HttpRequest) -> HttpResponse:
    """Change what one has told about oneself."""
    volunteer = own_volunteer(request.user)
    needs_guardian = volunteer.needs_guardian
    form = VolunteerForm(request.POST or None, instance=volunteer)
    if request.method == "POST" and form.is_valid():
        actions.save_volunteer(
            volunteer=form.save(commit=False),
            skills=form.cleaned_data["skills"],
            by=request.user,
        )
        messages.success(request, _("资料已保存。"))
        return redirect("volunteers:me")
    status = 422 if form.errors else 200
    consent = live_guardian_consent(request.user) if request.user.is_minor else None
    context = {
        "form": form,
        "consent": consent,
        "needs_guardian": needs_guardian,
    }
    if consent:
        path = reverse("volunteers:guardian", args=[consent.token])
        context["address"] = f"{settings.SITE_URL}{path}"
    return render(request, "volunteers/volunteer_form.html", context, status=status)
