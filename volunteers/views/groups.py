"""Families and branches that come together."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core.errors import RuleError
from volunteers import actions
from volunteers.forms.groups import CompanionForm, GroupForm
from volunteers.models import Companion, Shift, SignupGroup
from volunteers.queries.groups import companions_of, held_signup, member_signup
from volunteers.queries.volunteers import own_volunteer
from volunteers.rules import join_refusal, signup_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def group_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign up with a family or a branch."""
    shifts = Shift.objects.visible_to(request.user).select_related("activity")
    shift = get_object_or_404(shifts, pk=pk)
    form = GroupForm(request.POST or None, shift=shift)
    if request.method == "POST" and form.is_valid():
        try:
            signup = _sign_up(request, shift, form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _answer(signup))
            return redirect(signup.group)
    person = own_volunteer(request.user)
    context = {
        "shift": shift,
        "form": form,
        "refusal": signup_refusal(shift, person, now=timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/group_form.html", context, status=status)


def _sign_up(request: HttpRequest, shift: Shift, values: dict):
    return actions.sign_up_group(
        shift=shift,
        contact=actions.volunteer_of(request.user),
        kind=values["kind"],
        companions=values["companions"],
        organization=values["organization"],
        post=values.get("post"),
        is_guardian=values["is_guardian"],
        now=timezone.now(),
    )


def _answer(signup) -> str:
    words = {"heads": signup.heads, "position": signup.position or 0}
    if signup.position is None:
        return _("报名成功，共 %(heads)d 人。") % words
    return _("名额不够 %(heads)d 人，已进入候补，序号 %(position)d。") % words


def _group_or_404(request: HttpRequest, token: str) -> SignupGroup:
    groups = SignupGroup.objects.visible_to(request.user)
    related = ("shift__activity", "contact__user", "organization")
    return get_object_or_404(groups.select_related(*related), token=token)


@require_safe
@login_required
def group_detail(request: HttpRequest, token: str) -> HttpResponse:
    """For the contact who comes along; for who has the link, a place to take."""
    group = _group_or_404(request, token)
    if group.contact.user_id == request.user.pk:
        return _contact_page(request, group)
    return _join_page(request, group)


def _contact_page(
    request: HttpRequest,
    group: SignupGroup,
    form: CompanionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    held, now = held_signup(group), timezone.now()
    companions = companions_of(group)
    context = {
        "group": group,
        "shift": group.shift,
        "held": held,
        "companions": companions,
        "can_change": held is not None and group.shift.starts_at > now,
        "unnamed": next((row for row in companions if row.is_unnamed), None),
        "address": f"{settings.SITE_URL}{group.get_absolute_url()}",
        "form": form or CompanionForm(),
    }
    return render(request, "volunteers/group_detail.html", context, status=status)


def _join_page(
    request: HttpRequest, group: SignupGroup, refused: str = "", status: int = 200
) -> HttpResponse:
    held, own = held_signup(group), member_signup(group, request.user)
    refusal = None
    if held is not None and own is None:
        person = own_volunteer(request.user)
        refusal = join_refusal(group.shift, held.post, person, now=timezone.now())
    context = {
        "group": group,
        "shift": group.shift,
        "held": held,
        "own": own,
        "refusal": refusal,
        "refused": refused,
        "has_open": held is not None and group.companions.unnamed().exists(),
    }
    return render(request, "volunteers/group_join.html", context, status=status)


@require_POST
@login_required
def group_join(request: HttpRequest, token: str) -> HttpResponse:
    """Take one of the group's open places for oneself."""
    group = _group_or_404(request, token)
    try:
        actions.join_group(
            group=group,
            volunteer=actions.volunteer_of(request.user),
            now=timezone.now(),
        )
    except RuleError as error:
        return _join_page(request, group, refused=str(error), status=409)
    messages.success(request, _("报名成功，请按时参加。"))
    return redirect(group.shift)


def _own_companion(request: HttpRequest, pk: int) -> Companion:
    rows = Companion.objects.visible_to(request.user)
    related = ("group__shift__activity", "group__contact__user", "group__organization")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@require_POST
@login_required
def companion_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact gives a companion's place back."""
    companion = _own_companion(request, pk)
    try:
        actions.leave_companion(
            companion=companion, by=request.user, now=timezone.now()
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已减少一位同行人，名额已让出。"))
    return redirect(companion.group)


@require_POST
@login_required
def companion_name(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact names who takes an open place."""
    companion = _own_companion(request, pk)
    form = CompanionForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            actions.name_companion(
                companion=companion,
                name=values["name"],
                age_band=values["age_band"],
                is_guardian=values["is_guardian"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("同行人已填写。"))
            return redirect(companion.group)
    return _contact_page(request, companion.group, form, status=422)
