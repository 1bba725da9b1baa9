"""Pages about activities: ask, call, answer."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns import actions
from campaigns.actions import ActivityIncomplete
from campaigns.forms.activity_filters import ActivityFilterForm
from campaigns.models import Activity
from campaigns.permissions import can_lead_activity
from campaigns.queries.activities import (
    narrowed,
    public_activities_of,
    with_names_of_the_day,
)
from campaigns.queries.partners import with_joint
from campaigns.views.activity_page import activity_page, visible_activity
from communities.forms.organizations import DayForm
from communities.models import Organization
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

PAGE_SIZE = 25
FRAGMENT_SIZE = 5


@require_safe
@vary_on_headers("HX-Request")
def organization_activities(request: HttpRequest, pk: int) -> HttpResponse:
    """Public activities of an organisation: a page, and a fragment of its page."""
    organization = get_object_or_404(Organization, pk=pk)
    size = FRAGMENT_SIZE if request.htmx else PAGE_SIZE
    form = DayForm(request.GET)
    day = form.cleaned_data["day"] if form.is_valid() else None
    is_past = day is not None and day < timezone.localdate()
    done = public_activities_of(organization, day=day if is_past else None)
    page = Paginator(done, size).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "day": day if is_past else None,
        "page": page,
        "activities": with_names_of_the_day(page),
    }
    fragment = "campaigns/_organization_activities.html"
    name = fragment if request.htmx else "campaigns/organization_activities.html"
    return render(request, name, context)


@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity, with what this reader may do about it."""
    return activity_page(request, visible_activity(request, pk))


@require_safe
@login_required
def activity_list(request: HttpRequest) -> HttpResponse:
    """The activities of the organisations one records for."""
    require(has_permission(request.user, Permission.ACTIVITY_RECORD))
    form = ActivityFilterForm(request.GET)
    rows = Activity.objects.managed_by(request.user).select_related(
        "organization", "pillar", "initiative"
    )
    rows = narrowed(rows, **form.cleaned_data) if form.is_valid() else rows.none()
    page = Paginator(with_joint(rows), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_names_of_the_day(page.object_list)
    active = form.active_count() if form.is_valid() else 0
    context = {"form": form, "page": page, "active": active}
    return render(request, "campaigns/activity_list.html", context)


def _move(
    request: HttpRequest, pk: int, action: Callable[..., Activity], done: str
) -> HttpResponse:
    activity = visible_activity(request, pk)
    require(can_lead_activity(request.user, activity))
    try:
        action(activity=activity, by=request.user)
    except ActivityIncomplete as error:
        return activity_page(request, activity, missing=error.missing, status=422)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(activity)


@require_POST
@login_required
def activity_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft for sign-up."""
    return _move(request, pk, actions.publish_activity, _("活动已发布。"))


@require_POST
@login_required
def activity_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an activity to the office."""
    return _move(request, pk, actions.submit_activity, _("活动已提交文明办审核。"))
