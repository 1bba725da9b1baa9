"""The form of an activity: a new one from what was chosen, or one to be changed."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.drafts import draft_of, drop_draft, typed_into
from campaigns import actions
from campaigns.actions.details import save_deed, save_study
from campaigns.actions.tasks import link_activity
from campaigns.forms.activities import ActivityForm
from campaigns.forms.activity_details import DEED, STUDY
from campaigns.forms.activity_filters import StartForm
from campaigns.forms.reviews import show_points
from campaigns.models import Activity, Initiative, TaskAssignment
from campaigns.permissions import can_edit_activity
from campaigns.queries.reviews import points_by_field
from campaigns.queries.starts import Start, initial_of
from campaigns.views.activity_page import visible_activity
from campaigns.views.evidence import add_photos
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def activity_create(request: HttpRequest) -> HttpResponse:
    """Record a new activity, with its photos, as a draft."""
    require(has_permission(request.user, Permission.ACTIVITY_RECORD))
    start = Start(**StartForm(request.GET, user=request.user).chosen())
    form = ActivityForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        initial=initial_of(start, user=request.user, now=timezone.now()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            activity = _create(form, request, start)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("活动已保存为草稿。"))
            return redirect(activity)
    return _form_page(request, form, draft_key=start.draft_key, start=start)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity that is still open for changes."""
    activity = visible_activity(request, pk)
    require(can_edit_activity(request.user, activity))
    form = ActivityForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        instance=visible_activity(request, pk),
    )
    points = show_points(form, points_by_field(activity))
    if request.method == "POST" and form.is_valid():
        try:
            _update(form, activity, request)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(activity)
    return _form_page(
        request,
        form,
        draft_key=_key_of(activity),
        activity=activity,
        start=Start(),
        points=points,
    )


@transaction.atomic
def _create(form: ActivityForm, request: HttpRequest, start: Start) -> Activity:
    activity = actions.create_activity(
        activity=form.save(commit=False), by=request.user
    )
    _save_details(form, activity, request)
    add_photos(form, activity, request)
    if start.assignment:
        _link(start.assignment, activity, request)
    drop_draft(owner=request.user, key=start.draft_key, now=timezone.now())
    return activity


@transaction.atomic
def _update(form: ActivityForm, activity: Activity, request: HttpRequest) -> None:
    actions.update_activity(
        activity=activity, values=form.changed_values(), by=request.user
    )
    _save_details(form, activity, request)
    add_photos(form, activity, request)
    drop_draft(owner=request.user, key=_key_of(activity), now=timezone.now())


def _key_of(activity: Activity) -> str:
    return f"activity-{activity.pk}"


def _save_details(form: ActivityForm, activity: Activity, request: HttpRequest) -> None:
    kind = form.cleaned_data["initiative"].kind
    if kind == Initiative.Kind.STUDY:
        save_study(
            activity=activity,
            values=form.changed_details(STUDY),
            are_names_agreed=form.cleaned_data["names_agreed"],
            by=request.user,
        )
    if kind == Initiative.Kind.DEED:
        save_deed(activity=activity, values=form.changed_details(DEED), by=request.user)


def _link(assignment: TaskAssignment, activity: Activity, request: HttpRequest) -> None:
    """Give the activity for the task; one that does not fit is saved all the same."""
    try:
        with transaction.atomic():
            link_activity(assignment=assignment, activity=activity, by=request.user)
    except RuleError as error:
        text = _("活动已保存，但没有关联到任务“%(task)s”：%(reason)s")
        words = {"task": assignment.task.title, "reason": error}
        messages.warning(request, text % words)


def _form_page(
    request: HttpRequest,
    form: ActivityForm,
    *,
    draft_key: str,
    start: Start,
    activity: Activity | None = None,
    points: Collection[str] = (),
) -> HttpResponse:
    context = {
        "points": points,
        "form": form,
        "activity": activity,
        "start": start,
        "draft_key": draft_key,
        "opened": int(timezone.now().timestamp() * 1000),
        **_restored(request, form, draft_key),
    }
    status = 422 if form.errors else 200
    return render(request, "campaigns/activity_form.html", context, status=status)


def _restored(request: HttpRequest, form: ActivityForm, key: str) -> dict[str, Any]:
    """Put back into a fresh form what was typed and not sent; say so on the page."""
    if form.is_bound:
        return {}
    draft = draft_of(owner=request.user, key=key, now=timezone.now())
    if draft is None or not form.restore(typed_into(draft)):
        return {}
    contested = [str(form.fields[name].label) for name in form.contested]
    return {"draft": draft, "draft_contested": contested}
