"""Organisers ask people to a shift; the person's quiet "no, thanks"."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.permissions import require
from core.errors import RuleError
from volunteers.actions.invitations import (
    decline_invitation,
    invitation_refusal,
    invitations_left,
    invite,
)
from volunteers.forms.invitations import InviteForm
from volunteers.models import Invitation, Shift
from volunteers.permissions import can_manage_shift
from volunteers.queries.invitations import invitable


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to ask: first how many that would be, then sending; nobody is named."""
    shifts = Shift.objects.visible_to(request.user)
    shift = get_object_or_404(shifts.select_related("activity__organization"), pk=pk)
    require(can_manage_shift(request.user, shift))
    data = request.POST if request.method == "POST" else request.GET or None
    form = InviteForm(data)
    if request.method == "POST" and form.is_valid():
        try:
            count = invite(
                shift=shift,
                criteria=form.criteria(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("已邀请 %(count)d 人，由他们自己报名。") % {"count": count}
            )
            return redirect("volunteers:shift_invite", pk=shift.pk)
    return _invite_page(request, shift, form)


def _invite_page(request: HttpRequest, shift: Shift, form: InviteForm) -> HttpResponse:
    left = invitations_left(shift)
    counted = None
    if form.is_bound and form.is_valid():
        counted = invitable(shift, form.criteria(), by=request.user).count()
    context = {
        "shift": shift,
        "activity": shift.activity,
        "form": form,
        "refusal": invitation_refusal(shift, now=timezone.now()),
        "counted": counted,
        "sent_now": None if counted is None else min(counted, left),
        "left": left,
        "sent": settings.INVITATIONS_A_SHIFT - left,
    }
    is_refused = request.method == "POST" and form.errors
    status = 422 if is_refused else 200
    return render(request, "volunteers/invitation_form.html", context, status=status)


@require_POST
@login_required
def invitation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """ "No, thanks": no reason, nobody is told."""
    own = Invitation.objects.filter(volunteer__user=request.user)
    decline_invitation(invitation=get_object_or_404(own, pk=pk))
    messages.success(request, _("好的，谢谢。不会有人知道您没有参加。"))
    return redirect("volunteers:me")
