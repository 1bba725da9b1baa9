"""Disputes: said by the person, answered by an official."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.permissions import require
from core.errors import RuleError
from volunteers.actions.disputes import (
    answer_dispute,
    open_dispute,
    others_should_answer,
    withdraw_dispute,
)
from volunteers.forms.disputes import AnswerForm, DisputeForm
from volunteers.models import HoursDispute, Signup
from volunteers.permissions import can_answer_dispute
from volunteers.queries.hours import with_record_and_dispute


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dispute_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is not right about one's own settled sign-up."""
    signups = Signup.objects.visible_to(request.user).select_related(
        "shift__activity", "volunteer"
    )
    signup = get_object_or_404(signups, pk=pk)
    require(signup.volunteer.user_id == request.user.pk)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dispute = open_dispute(
                signup=signup,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("异议已提交，答复会发到您的消息里。"))
            return redirect(dispute)
    [signup] = with_record_and_dispute([signup], now=timezone.now())
    status = 422 if form.errors else 200
    context = {"form": form, "signup": signup, "shift": signup.shift}
    return render(request, "volunteers/dispute_form.html", context, status=status)


def _dispute(request: HttpRequest, pk: int) -> HoursDispute:
    disputes = HoursDispute.objects.visible_to(request.user).select_related(
        "signup__volunteer__user", "signup__shift__activity__organization"
    )
    return get_object_or_404(disputes, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dispute_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A dispute, for the person and for those who answer; posted: the answer."""
    dispute = _dispute(request, pk)
    answers = can_answer_dispute(request.user, dispute)
    if request.method == "POST":
        require(answers)
    now = timezone.now()
    [signup] = with_record_and_dispute([dispute.signup], now=now)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, dispute=dispute, record=signup.record)
    if form.is_bound and form.is_valid():
        try:
            answer_dispute(dispute=dispute, by=request.user, now=now, **form.values())
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已答复，本人会收到通知。"))
            return redirect(dispute)
    is_open = dispute.state == HoursDispute.State.OPEN
    context = {
        "dispute": dispute,
        "signup": signup,
        "shift": signup.shift,
        "is_own": signup.volunteer.user_id == request.user.pk,
        "is_open": is_open,
        "form": form if answers and (is_open or form.is_bound) else None,
        "leaves_it": answers and is_open and others_should_answer(signup, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/dispute_detail.html", context, status=status)


@require_POST
@login_required
def dispute_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The person takes their dispute back."""
    dispute = _dispute(request, pk)
    require(dispute.signup.volunteer.user_id == request.user.pk)
    try:
        withdraw_dispute(dispute=dispute, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("异议已撤回。"))
    return redirect("volunteers:hours_ledger")
