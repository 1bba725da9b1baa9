"""What units do with needs: claim, start, deliver, give up; and the answer to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.actions import need_claims as actions
from communities.actions.needs import start_need
from communities.forms.needs import ClaimForm
from communities.models import NeedClaim
from communities.permissions import Permission, has_permission, require
from communities.queries.needs import claims_of, claims_visible_to
from communities.views.needs import (
    need_page,
    publishes_for,
    reason_page,
    visible_need,
)
from core.errors import RuleError


@require_POST
@login_required
def need_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim pieces of a need for one of the user's organisations."""
    need = visible_need(request, pk)
    require(has_permission(request.user, Permission.NEED_CLAIM))
    form = ClaimForm(request.POST, need=need, user=request.user, now=timezone.now())
    if form.is_valid():
        try:
            actions.claim_need(
                need=need, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已认领，社区会收到通知。"))
            return redirect(need)
    return need_page(request, need, claim_form=form, status=422)


@require_POST
@login_required
def need_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that work on a claimed need has begun."""
    need = visible_need(request, pk)
    is_claimant = claims_of(request.user).filter(
        need=need, state=NeedClaim.State.ACTIVE
    )
    require(publishes_for(request, need) or is_claimant.exists())
    try:
        start_need(need=need, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已标记为进行中。"))
    return redirect(need)


def _visible_claim(request: HttpRequest, pk: int) -> NeedClaim:
    claims = claims_visible_to(request.user).select_related(
        "need__community", "organization"
    )
    return get_object_or_404(claims, pk=pk)


def _own_claim(request: HttpRequest, pk: int) -> NeedClaim:
    """The claim, or 403 for those who do not act for its organisation."""
    claim = _visible_claim(request, pk)
    require(
        has_permission(
            request.user, Permission.NEED_CLAIM, organization=claim.organization
        )
    )
    return claim


@require_POST
@login_required
def claim_deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit has done its share."""
    claim = _own_claim(request, pk)
    try:
        actions.deliver_claim(claim=claim, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已标记交付，等社区确认。"))
    return redirect(claim)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the pieces back, after a page that asks for the reason."""
    claim = _own_claim(request, pk)
    return reason_page(
        request,
        claim.need,
        lambda reason: actions.withdraw_claim(
            claim=claim, reason=reason, by=request.user
        ),
        heading=_("放弃认领"),
        consequences=[
            _("名额重新开放，别的单位可以认领。"),
            _("社区会收到通知和理由。"),
        ],
        done=_("已放弃认领。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The community sends a delivery back, after a page that asks for the reason."""
    claim = _visible_claim(request, pk)
    require(publishes_for(request, claim.need))
    return reason_page(
        request,
        claim.need,
        lambda reason: actions.return_claim(
            claim=claim, reason=reason, by=request.user
        ),
        heading=_("退回交付"),
        consequences=[
            _("认领单位会收到通知和理由，补齐后再次交付。"),
        ],
        done=_("已退回，已通知认领单位。"),
    )
