"""A shift's page, signing up and giving up a place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
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
from volunteers.models import Shift, Signup
from volunteers.permissions import can_cancel_signup, can_manage_shift
from volunteers.queries.signups import live_signup
from volunteers.queries.volunteers import own_volunteer
from volunteers.rules import signup_refusal


def visible_shift(request: HttpRequest, pk: int) -> Shift:
    shifts = Shift.objects.select_related(
        "activity__organization", "activity__pillar", "community__subdistrict"
    )
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
    signup = live_signup(request.user, shift)
    refusal = None
    if request.user.is_authenticated and signup is None:
        refusal = signup_refusal(shift, own_volunteer(request.user), now=timezone.now())
    context = {
        "shift": shift,
        "activity": shift.activity,
        "signup": signup,
        "refusal": refusal,
        "refused": refused,
        "can_manage": can_manage_shift(request.user, shift),
    }
    return render(request, "volunteers/shift_detail.html", context, status=status)


@require_POST
def signup_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign up for a shift; refused with the reason on the shift's page."""
    shift = visible_shift(request, pk)
    if not request.user.is_authenticated:
        # Back to the page with the button: this address takes no GET.
        return redirect_to_login(shift.get_absolute_url())
    volunteer = actions.volunteer_of(request.user)
    try:
        signup = actions.sign_up(shift=shift, volunteer=volunteer, now=timezone.now())
    except RuleError as error:
        return _shift_page(
            request, visible_shift(request, pk), refused=str(error), status=409
        )
    if signup.state == Signup.State.CONFIRMED:
        messages.success(request, _("报名成功，请按时参加。"))
    else:
        messages.success(
            request,
            _("名额已满，您已进入候补，序号 %(position)d。")
            % {"position": signup.position},
        )
    return redirect(shift)


@require_POST
@login_required
def signup_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a place; the longest-waiting person moves up."""
    signup = get_object_or_404(
        Signup.objects.visible_to(request.user).select_related(
            "shift__activity__organization", "volunteer"
        ),
        pk=pk,
    )
    require(can_cancel_signup(request.user, signup))
    is_own = signup.volunteer.user_id == request.user.pk
    reason = "" if is_own else _("组织者代为取消")
    try:
        actions.cancel_signup(
            signup=signup, by=request.user, now=timezone.now(), reason=reason
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已取消报名。"))
    if is_own:
        return redirect("volunteers:me")
    return redirect("volunteers:shift_roll", pk=signup.shift_id)
