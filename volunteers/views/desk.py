"""Pages for those who organise: shifts of an activity, roll, cancelling."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.models import Activity
from campaigns.permissions import can_manage_shifts
from communities.permissions import require
from core.errors import RuleError
from volunteers import actions
from volunteers.forms.shifts import ReasonForm, ShiftForm
from volunteers.models import Shift
from volunteers.permissions import can_manage_shift, can_see_roll, shows_phones


def _activity(request: HttpRequest, pk: int) -> Activity:
    activities = Activity.objects.visible_to(request.user).select_related(
        "organization", "community"
    )
    return get_object_or_404(activities, pk=pk)


def _shift(request: HttpRequest, pk: int) -> Shift:
    shifts = Shift.objects.visible_to(request.user).select_related(
        "activity__organization", "community"
    )
    return get_object_or_404(shifts, pk=pk)


@require_safe
@vary_on_headers("HX-Request")
def activity_shifts(request: HttpRequest, pk: int) -> HttpResponse:
    """The shifts of an activity: a fragment of its page, or a page of its own."""
    activity = _activity(request, pk)
    context = {
        "activity": activity,
        "shifts": activity.shifts.select_related("activity", "community"),
        "can_manage": can_manage_shifts(request.user, activity),
    }
    name = "_activity_shifts.html" if request.htmx else "activity_shifts.html"
    return render(request, f"volunteers/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a shift to an activity."""
    activity = _activity(request, pk)
    require(can_manage_shifts(request.user, activity))
    form = ShiftForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_shift(shift=form.save(commit=False), by=request.user)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("班次已添加。"))
            return redirect(activity)
    return _form_page(request, form, activity)


def _form_page(
    request: HttpRequest, form: ShiftForm, activity: Activity
) -> HttpResponse:
    context = {"form": form, "activity": activity}
    status = 422 if form.errors else 200
    return render(request, "volunteers/shift_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a shift that has not started."""
    shift = _shift(request, pk)
    require(can_manage_shift(request.user, shift))
    form = ShiftForm(
        request.POST or None, instance=_shift(request, pk), activity=shift.activity
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_shift(
                shift=shift,
                values=form.changed_values(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("班次已修改。"))
            return redirect(shift.activity)
    return _form_page(request, form, shift.activity)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a shift, after a page that says whom it touches."""
    shift = _shift(request, pk)
    require(can_manage_shift(request.user, shift))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_shift(
                shift=shift, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("班次已取消，已通知所有报名的人。"))
            return redirect(shift.activity)
    context = {
        "form": form,
        "activity": shift.activity,
        "shifts": [shift],
        "heading": _("取消班次"),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/cancel_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def activity_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an activity with its shifts, after a page that says whom it touches."""
    activity = _activity(request, pk)
    require(can_manage_shifts(request.user, activity))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_activity_with_shifts(
                activity=activity,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("活动已取消，已通知所有报名的人。"))
            return redirect(activity)
    context = {
        "form": form,
        "activity": activity,
        "shifts": activity.shifts.filter(
            state=Shift.State.SCHEDULED, starts_at__gt=timezone.now()
        ).select_related("activity"),
        "heading": _("取消活动"),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/cancel_form.html", context, status=status)


@require_safe
@login_required
def shift_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has signed up and who waits; phones in full only around the day."""
    shift = _shift(request, pk)
    require(can_see_roll(request.user, shift))
    signups = shift.signups.select_related("volunteer__user")
    context = {
        "shift": shift,
        "activity": shift.activity,
        "confirmed": signups.confirmed().order_by("pk"),
        "waiting": signups.waitlisted(),
        "shows_phones": shows_phones(shift),
        "can_manage": can_manage_shift(request.user, shift),
    }
    return render(request, "volunteers/shift_roll.html", context)
