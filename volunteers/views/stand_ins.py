"""Handing a place on, and taking it by the link."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import RuleError
from core.unlisted import unlisted
from volunteers.actions.stand_ins import (
    open_stand_in,
    stand_in_refusal,
    take_over,
    takeover_refusal,
    withdraw_stand_in,
)
from volunteers.actions.volunteers import volunteer_of
from volunteers.models import Shift, Signup, StandIn
from volunteers.queries.invitations import invitation_to
from volunteers.queries.volunteers import own_volunteer


def more_about(
    request: HttpRequest, shift: Shift, signup: Signup | None
) -> dict[str, object]:
    """What stands under the sign-up box: one's stand-in, one's invitation."""
    if signup is None:
        return {"invitation": invitation_to(request.user, shift)}
    signup.shift = shift
    refusal = stand_in_refusal(signup, now=timezone.now())
    is_sure = signup.state == Signup.State.CONFIRMED and not shift.has_started
    stand_in = signup.stand_ins.filter(state=StandIn.State.OPEN).first()
    return {
        "hands_on": is_sure and signup.heads == 1,
        "stand_in": stand_in,
        "stand_in_refusal": refusal,
    }


def _own_signup(request: HttpRequest, pk: int) -> Signup:
    signups = Signup.objects.filter(volunteer__user=request.user)
    return get_object_or_404(signups.select_related("shift__activity"), pk=pk)


@require_POST
@login_required
def stand_in_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link by which somebody takes one's place."""
    signup = _own_signup(request, pk)
    try:
        stand_in = open_stand_in(signup=signup, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(signup.shift)
    return redirect("volunteers:stand_in", stand_in.token)


@require_POST
@login_required
def stand_in_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one's link worthless."""
    signup = _own_signup(request, pk)
    try:
        withdraw_stand_in(signup=signup, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("链接已收回，名额还是您的。"))
    return redirect(signup.shift)


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: HttpRequest, token: str) -> HttpResponse:
    """The place handed on; who is signed in takes it with one click."""
    stand_in = get_object_or_404(
        StandIn.objects.select_related(
            "signup__shift__activity__organization",
            "signup__post",
            "signup__volunteer",
        ),
        token=token,
    )
    if request.method != "POST":
        return _page(request, stand_in)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        take_over(
            stand_in=stand_in,
            volunteer=volunteer_of(request.user),
            now=timezone.now(),
        )
    except RuleError as error:
        stand_in.refresh_from_db(fields=["state"])
        return _page(request, stand_in, refused=str(error), status=409)
    messages.success(request, _("名额已转给您，请按时参加，谢谢。"))
    return redirect(stand_in.signup.shift)


def _page(
    request: HttpRequest, stand_in: StandIn, *, refused: str = "", status: int = 200
) -> HttpResponse:
    signup, user = stand_in.signup, request.user
    is_own = user.is_authenticated and signup.volunteer.user_id == user.pk
    person = None
    if user.is_authenticated and not is_own:
        person = own_volunteer(user)
    path = reverse("volunteers:stand_in", args=[stand_in.token])
    context = {
        "stand_in": stand_in,
        "signup": signup,
        "shift": signup.shift,
        "activity": signup.shift.activity,
        "is_own": is_own,
        "refused": refused,
        "refusal": takeover_refusal(stand_in, person, now=timezone.now()),
        "address": f"{settings.SITE_URL}{path}",
    }
    return render(request, "volunteers/stand_in.html", context, status=status)
