"""Joint owners of an activity: asked, answering, taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.actions.partners import (
    answer_partner,
    invite_partner,
    withdraw_partner,
)
from campaigns.forms.partners import PartnerAnswerForm, PartnerForm
from campaigns.models import Activity, ActivityPartner
from campaigns.permissions import can_answer_partner, can_lead_activity
from campaigns.queries.partners import partners_of
from campaigns.views.activity_page import visible_activity
from communities.permissions import require
from core.errors import RuleError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def partner_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another organisation to hold the activity together."""
    activity = visible_activity(request, pk)
    require(can_lead_activity(request.user, activity) and activity.is_editable)
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            partner = invite_partner(
                activity=activity,
                organization=form.cleaned_data["organization"],
                by=request.user,
            )
        except RuleError as error:
            form.add_error("organization", str(error))
        else:
            text = _("已邀请%(name)s联办，等待对方确认。")
            messages.success(request, text % {"name": partner.organization.name})
            return redirect(activity)
    context = {
        "activity": activity,
        "form": form,
        "partners": partners_of(activity),
    }
    status = 422 if form.errors else 200
    return render(request, "campaigns/partner_invite.html", context, status=status)


@require_POST
@login_required
def partner_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a joint activity, or decline."""
    partner = _visible_partner(request, pk)
    require(can_answer_partner(request.user, partner))
    form = PartnerAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.error_text())
        return redirect(partner.activity)
    confirms = form.cleaned_data["answer"] == "confirm"
    try:
        answer_partner(partner=partner, confirms=confirms, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        done = _("已确认联办。") if confirms else _("已谢绝联办。")
        messages.success(request, done)
    return _back(request, partner)


@require_POST
@login_required
def partner_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an invitation, or end the joint ownership; either side may."""
    partner = _visible_partner(request, pk)
    require(
        can_lead_activity(request.user, partner.activity)
        or can_answer_partner(request.user, partner)
    )
    try:
        withdraw_partner(partner=partner, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("联办已撤回。"))
    return _back(request, partner)


def _visible_partner(request: HttpRequest, pk: int) -> ActivityPartner:
    rows = ActivityPartner.objects.select_related(
        "activity__organization", "organization"
    )
    visible = Activity.objects.visible_to(request.user)
    return get_object_or_404(rows.filter(activity__in=visible), pk=pk)


def _back(request: HttpRequest, partner: ActivityPartner) -> HttpResponse:
    """To the activity, or to the desk when it may not be seen any more."""
    visible = Activity.objects.visible_to(request.user)
    if visible.filter(pk=partner.activity_id).exists():
        return redirect(partner.activity)
    return redirect("reports:desk")
