"""Pages for those who take part: find a shift, sign up, see one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from accounts.models import Notification
from communities.models import Community
from communities.permissions import require
from communities.queries.member_report_ins import own_report_ins
from communities.queries.posts import holdings_of
from core.errors import RuleError
from volunteers import actions
from volunteers.forms import ShiftFilterForm, VolunteerForm
from volunteers.models import Shift, Signup, Volunteer
from volunteers.permissions import can_cancel_signup, can_manage_shift
from volunteers.queries import (
    live_signup,
    shift_page,
    shifts_of_community,
    signups_of,
)
from volunteers.rules import signup_refusal

INBOX_ROWS = 5
HISTORY_ROWS = 20
COMMUNITY_ROWS = 5


@require_safe
@vary_on_headers("HX-Request")
def shift_list(request: HttpRequest) -> HttpResponse:
    """Upcoming shifts, filtered; the next page starts after the last row."""
    form = ShiftFilterForm(request.GET)
    shifts, after = [], ""
    if form.is_valid():
        shifts, after = shift_page(
            form.cleaned_data, user=request.user, now=timezone.now()
        )
    context = {"form": form, "shifts": shifts, "after": after}
    name = "_shift_rows.html" if request.htmx else "shift_list.html"
    return render(request, f"volunteers/{name}", context)


@require_safe
@vary_on_headers("HX-Request")
def community_shifts(request: HttpRequest, pk: int) -> HttpResponse:
    """The next shifts in a community: a fragment of its page, or a page of its own."""
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    context = {
        "community": community,
        "shifts": shifts_of_community(
            community, COMMUNITY_ROWS, user=request.user, now=timezone.now()
        ),
    }
    name = "_community_shifts.html" if request.htmx else "community_shifts.html"
    return render(request, f"volunteers/{name}", context)


def _visible(request: HttpRequest, pk: int) -> Shift:
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
    return _shift_page(request, _visible(request, pk))


def _shift_page(
    request: HttpRequest, shift: Shift, *, refused: str = "", status: int = 200
) -> HttpResponse:
    signup = live_signup(request.user, shift)
    refusal = None
    if request.user.is_authenticated and signup is None:
        refusal = signup_refusal(shift, _volunteer(request), now=timezone.now())
    context = {
        "shift": shift,
        "activity": shift.activity,
        "signup": signup,
        "refusal": refusal,
        "refused": refused,
        "can_manage": can_manage_shift(request.user, shift),
    }
    return render(request, "volunteers/shift_detail.html", context, status=status)


def _volunteer(request: HttpRequest) -> Volunteer:
    """The person's record, or an unsaved one: reading a page writes nothing."""
    held = Volunteer.objects.filter(user=request.user).first()
    volunteer = held or Volunteer(user=request.user)
    volunteer.user = request.user
    return volunteer


@require_POST
def signup_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign up for a shift; refused with the reason on the shift's page."""
    shift = _visible(request, pk)
    if not request.user.is_authenticated:
        # Back to the page with the button: this address takes no GET.
        return redirect_to_login(shift.get_absolute_url())
    volunteer = actions.volunteer_of(request.user)
    try:
        signup = actions.sign_up(shift=shift, volunteer=volunteer, now=timezone.now())
    except RuleError as error:
        return _shift_page(
            request, _visible(request, pk), refused=str(error), status=409
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


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What is coming up for this person, and their latest messages."""
    signups = signups_of(request.user)
    now = timezone.now()
    inbox = Notification.objects.visible_to(request.user).order_by("-pk")
    context = {
        "upcoming": signups.live()
        .filter(shift__ends_at__gt=now)
        .order_by("shift__starts_at"),
        "history": signups.exclude(
            state__in=Signup.LIVE_STATES, shift__ends_at__gt=now
        ).order_by("-shift__starts_at")[:HISTORY_ROWS],
        "inbox": inbox[:INBOX_ROWS],
        "report_ins": own_report_ins(request.user, day=timezone.localdate(now)),
        "holdings": holdings_of(request.user),
        "volunteer": _volunteer(request),
    }
    return render(request, "volunteers/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def volunteer_edit(request: HttpRequest) -> HttpResponse:
    """Change what one has told about oneself."""
    form = VolunteerForm(request.POST or None, instance=_volunteer(request))
    if request.method == "POST" and form.is_valid():
        actions.save_volunteer(volunteer=form.save(commit=False), by=request.user)
        messages.success(request, _("资料已保存。"))
        return redirect("volunteers:me")
    status = 422 if form.errors else 200
    context = {"form": form}
    return render(request, "volunteers/volunteer_form.html", context, status=status)
