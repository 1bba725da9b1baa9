"""Answering an offered place; turning it down is `signup_cancel`."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.permissions import require
from core.errors import RuleError
from volunteers import actions
from volunteers.models import Signup
from volunteers.permissions import can_answer_offer


@require_POST
@login_required
def offer_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the place that is held for oneself."""
    signups = Signup.objects.visible_to(request.user).select_related("volunteer")
    signup = get_object_or_404(signups, pk=pk)
    require(can_answer_offer(request.user, signup))
    try:
        actions.accept_offer(signup=signup, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("名额已确认，请按时参加。"))
    return redirect("volunteers:shift_detail", pk=signup.shift_id)
