"""The tasks on the page of an activity."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.actions.tasks import link_activity
from campaigns.forms.tasks import GiveForm
from campaigns.models import Activity
from campaigns.permissions import can_record_activity
from campaigns.queries.tasks import assignments_for, links_shown
from communities.permissions import Permission, memberships_with, require
from core.errors import RuleError


def task_part(
    request: HttpRequest, activity: Activity, *, is_recorder: bool
) -> dict[str, Any]:
    """What `_activity_tasks.html` needs: the tasks the activity is given for.

    For its recorder also a form to give it for an open one, where there is any.
    """
    if not memberships_with(request.user, Permission.TASK_VIEW):
        return {}
    context: dict[str, Any] = {"task_links": links_shown(activity, request.user)}
    if is_recorder and activity.state != Activity.State.CANCELLED:
        open_ones = assignments_for(activity, request.user)
        if open_ones.exists():
            context["give_form"] = GiveForm(assignments=open_ones)
    return context


@require_POST
@login_required
def activity_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an activity for one of the open tasks of its organisation."""
    activities = Activity.objects.visible_to(request.user)
    activity = get_object_or_404(activities.select_related("organization"), pk=pk)
    require(can_record_activity(request.user, activity))
    form = GiveForm(request.POST, assignments=assignments_for(activity, request.user))
    if not form.is_valid():
        messages.error(request, _("请选择一项未完成的任务。"))
        return redirect(activity)
    try:
        link_activity(
            assignment=form.cleaned_data["assignment"],
            activity=activity,
            by=request.user,
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("活动已关联到任务。"))
    return redirect(activity)
