"""A shift's page, signing up and giving up a place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from communities.permissions import require
from core.errors import RuleError
from volunteers import actions
from volunteers.forms.signups import PostForm
from volunteers.models import Shift, Signup
from volunteers.permissions import can_cancel_signup, can_manage_shift
from volunteers.queries.attendance import day_part
from volunteers.queries.hours_desk import hours_of_shift
from volunteers.queries.posts import post_choices, refusal_of_posts
from volunteers.queries.sharing import preview_of
from volunteers.queries.signups import own_signup
from volunteers.queries.volunteers import own_volunteer
from volunteers.rules import Newcomer, clash_refusal, signup_refusal
from volunteers.views.stand_ins import more_about


def visible_shift(request: HttpRequest, pk: int) -> Shift:
    """The shift with all its page shows."""
    return _visible(
        request,
        pk,
        Shift.objects.select_related(
            "activity__organization", "activity__pillar", "community__subdistrict"
        ),
    )


def _visible(request: HttpRequest, pk: int, shifts: models.QuerySet) -> Shift:
    # Nearly every shift asked for is open to all; that is a far plainer question
    # than what this person may see beyond it.
    shift = shifts.visible_to(AnonymousUser()).filter(pk=pk).first()
    return shift or get_object_or_404(shifts.visible_to(request.user), pk=pk)


@require_safe
def shift_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One shift, with the one thing this person can do about it."""
    return _shift_page(request, visible_shift(request, pk))


def _shift_page(
    request: HttpRequest, shift: Shift, *, refused: str = "", status: int = 200
) -> HttpResponse:
    signup, lapsed = own_signup(request.user, shift), None
    if signup and signup.state == Signup.State.LAPSED:
        signup, lapsed = None, signup
    context = {
        "shift": shift,
        "activity": shift.activity,
        "signup": signup,
        "lapsed": lapsed,
        **_ways_in(request, shift, signup),
        "refused": refused,
        "can_manage": can_manage_shift(request.user, shift),
        "preview": preview_of(shift),
        **more_about(request, shift, signup),
        "day": day_part(request.user, shift, signup, now=timezone.now()),
        "hours": hours_of_shift(request.user, shift, now=timezone.now()),
    }
    return render(request, "volunteers/shift_detail.html", context, status=status)


def _ways_in(request: HttpRequest, shift: Shift, signup: Signup | None) -> dict:
    """The posts to choose from and what stands in the person's way."""
    now = timezone.now()
    if signup is not None:
        is_held = signup.is_held_at(now)
        clash = clash_refusal(shift, signup.volunteer) if is_held else None
        return {"is_held": is_held, "refusal": clash}
    if not request.user.is_authenticated:
        return {"posts": post_choices(shift, None)}
    volunteer = own_volunteer(request.user)
    posts = post_choices(shift, volunteer)
    refusal = signup_refusal(shift, volunteer, now=now, known=Newcomer(volunteer))
    refusal = refusal or refusal_of_posts(posts)
    return {"posts": posts, "refusal": refusal}


@require_POST
def signup_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign up for a shift; refused with the reason on the shift's page."""
    # The action reads the shift anew under its lock; the page is only for a refusal.
    shift = _visible(request, pk, Shift.objects.only("pk"))
    if not request.user.is_authenticated:
        # Back to the page with the button: this address takes no GET.
        return redirect_to_login(shift.get_absolute_url())
    form = PostForm(request.POST, shift=shift)
    if not form.is_valid():
        return _shift_page(
            request,
            visible_shift(request, pk),
            refused=_("请选择一个岗位。"),
            status=422,
        )
    volunteer = actions.volunteer_of(request.user)
    try:
        signup = actions.sign_up(
            shift=shift,
            volunteer=volunteer,
            post=form.cleaned_data["post"],
            now=timezone.now(),
        )
    except RuleError as error:
        return _shift_page(
            request, visible_shift(request, pk), refused=str(error), status=409
        )
    messages.success(request, signup_answer(signup))
    return redirect(shift)


def signup_answer(signup: Signup) -> str:
    """What the person is told at once."""
    if signup.state == Signup.State.CONFIRMED:
        return _("报名成功，请按时参加。")
    return _("名额已满，您已进入候补，序号 %(position)d。") % {
        "position": signup.position
    }


@require_POST
@login_required
def signup_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a place or turn an offered one down; it is offered to who waits."""
    signup = get_object_or_404(
        Signup.objects.visible_to(request.user).select_related(
            "shift__activity__organization", "volunteer"
        ),
        pk=pk,
    )
    require(can_cancel_signup(request.user, signup))
    is_own = signup.volunteer.user_id == request.user.pk
    reason = "" if is_own else _("组织者代为取消")
    was_offered = signup.is_offered
    try:
        actions.cancel_signup(
            signup=signup, by=request.user, now=timezone.now(), reason=reason
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        said = _("已放弃名额，让给下一位。") if was_offered else _("已取消报名。")
        messages.success(request, said)
    if is_own:
        return redirect("volunteers:me")
    return redirect("volunteers:shift_roll", pk=signup.shift_id)
