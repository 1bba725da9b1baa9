"""Pages for those who organise: shifts of an activity, roll, cancelling."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, QuerySet, Value, When
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
from volunteers.actions.capacity import CapacityRefused
from volunteers.forms.shifts import GivingWayForm, ReasonForm, ShiftForm
from volunteers.models import Shift, ShiftPost, Signup
from volunteers.permissions import can_manage_shift, can_see_roll, shows_phones
from volunteers.queries.consequences import consequences_of
from volunteers.queries.roll import roll_of

PAGE_SIZE = 50
SHOWN_ON_THE_ACTIVITY = 20
WALK_IN_LINES = range(5)


def _activity(request: HttpRequest, pk: int) -> Activity:
    activities = Activity.objects.visible_to(request.user).select_related(
        "organization", "community"
    )
    return get_object_or_404(activities, pk=pk)


def managed_activity(request: HttpRequest, pk: int) -> Activity:
    """The activity, for who opens its shifts; else 404 or 403."""
    activity = _activity(request, pk)
    require(can_manage_shifts(request.user, activity))
    return activity


def _shift(request: HttpRequest, pk: int) -> Shift:
    shifts = Shift.objects.visible_to(request.user).select_related(
        "activity__organization", "community"
    )
    return get_object_or_404(shifts, pk=pk)


def managed_shift(request: HttpRequest, pk: int) -> Shift:
    """The shift, for who changes it; else 404 or 403."""
    shift = _shift(request, pk)
    require(can_manage_shift(request.user, shift))
    return shift


@require_safe
@vary_on_headers("HX-Request")
def activity_shifts(request: HttpRequest, pk: int) -> HttpResponse:
    """The shifts of an activity: a fragment of its page, or a page of its own."""
    activity = _activity(request, pk)
    can_manage = can_manage_shifts(request.user, activity)
    context = {"activity": activity, "can_manage": can_manage}
    shifts = _coming_first(activity)
    if request.htmx:
        rows = list(shifts[: SHOWN_ON_THE_ACTIVITY + 1])
        context["shifts"] = rows[:SHOWN_ON_THE_ACTIVITY]
        context["has_more"] = len(rows) > SHOWN_ON_THE_ACTIVITY
        return render(request, "volunteers/_activity_shifts.html", context)
    context["page"] = Paginator(shifts, PAGE_SIZE).get_page(request.GET.get("page"))
    context["shifts"] = context["page"].object_list
    if can_manage:
        context["rules"] = activity.shift_rules.order_by("state", "pk")
    return render(request, "volunteers/activity_shifts.html", context)


def _coming_first(activity: Activity) -> QuerySet[Shift]:
    """All its shifts in order of time, but those over at the end."""
    is_over = Case(
        When(ends_at__lte=timezone.now(), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    shifts = activity.shifts.select_related("activity", "community")
    return shifts.order_by(is_over, "starts_at", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a shift to an activity."""
    activity = managed_activity(request, pk)
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
    request: HttpRequest,
    form: ShiftForm,
    activity: Activity,
    giving_way: GivingWayForm | None = None,
) -> HttpResponse:
    context = {"form": form, "activity": activity, "giving_way": giving_way}
    status = 422 if form.errors else 200
    return render(request, "volunteers/shift_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a shift that has not started; says who gives way when it gets smaller."""
    shift = managed_shift(request, pk)
    form = ShiftForm(
        request.POST or None, instance=_shift(request, pk), activity=shift.activity
    )
    giving_way = None
    if request.method == "POST" and form.is_valid():
        values = form.changed_values()

        def save(choice: dict[str, Any]) -> None:
            actions.update_shift(
                shift=shift,
                values=values,
                by=request.user,
                now=timezone.now(),
                **choice,
            )

        giving_way = saved_or_who_gives_way(request, form, shift, save)
        if not form.errors:
            messages.success(request, _("班次已修改。"))
            return redirect(shift.activity)
    return _form_page(request, form, shift.activity, giving_way)


def saved_or_who_gives_way(
    request: HttpRequest, form: Any, shift: Shift, save: Callable[[dict], None]
) -> GivingWayForm | None:
    """Save with the choice sent; what is refused becomes an error of the form.

    Returns the form that asks who gives way, when that is what is wanting.
    """
    try:
        save(GivingWayForm(request.POST, signups=_sure(shift, None)).choice)
    except CapacityRefused as error:
        form.add_error("capacity", str(error))
        sent = GivingWayForm(request.POST, signups=_sure(shift, error.post))
        sent.is_valid()
        return GivingWayForm(
            signups=_sure(shift, error.post),
            initial={
                "gives_way": sent.cleaned_data.get("gives_way"),
                "moved": sent.cleaned_data.get("moved", ()),
            },
        )
    except RuleError as error:
        form.add_error(None, str(error))
    return None


def _sure(shift: Shift, post: ShiftPost | None) -> QuerySet[Signup]:
    """Who could give way, the last to sign up first."""
    signups = shift.signups.confirmed().select_related("volunteer__user")
    if post is not None:
        signups = signups.filter(post=post)
    return signups.order_by("-pk")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a shift, after a page that says whom it touches."""
    shift = managed_shift(request, pk)
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
        "consequences": consequences_of([shift], is_whole=False),
        "heading": _("取消班次"),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/cancel_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def activity_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an activity with its shifts, after a page that says whom it touches."""
    activity = managed_activity(request, pk)
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
    shifts = activity.shifts.filter(
        state=Shift.State.SCHEDULED, starts_at__gt=timezone.now()
    )
    context = {
        "form": form,
        "activity": activity,
        "consequences": consequences_of(shifts, is_whole=True),
        "rules": activity.shift_rules.filter(state="active").count(),
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
    roll = roll_of(shift)
    context = {
        "shift": shift,
        "activity": shift.activity,
        "confirmed": roll.expected,
        "offered": roll.offered,
        "waiting": roll.waiting,
        "has_posts": roll.has_posts,
        "walk_in_lines": WALK_IN_LINES,
        "shows_phones": shows_phones(shift),
        "can_manage": can_manage_shift(request.user, shift),
    }
    return render(request, "volunteers/shift_roll.html", context)
