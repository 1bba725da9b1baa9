"""What claimants do with micro-wishes: take one, bring it, give it up, ask whom."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from communities.actions import wish_claims as actions
from communities.forms.wishes import WishClaimForm
from communities.models import WishClaim
from communities.permissions import require
from communities.queries.wishes import (
    acts_for_claim,
    claims_visible_to,
    contacts_open_to,
)
from communities.views.needs import reason_page
from communities.views.wish_pages import visible_wish, wish_page
from core.errors import RuleError


@require_POST
def wish_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim a wish, in person or for one of the user's organisations."""
    if not request.user.is_authenticated:
        # Back to the page with the button: this address takes no GET.
        return redirect_to_login(reverse("communities:wish_detail", args=[pk]))
    wish = visible_wish(request, pk)
    form = WishClaimForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            actions.claim_wish(
                wish=wish, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("认领成功，谢谢您！社区会与您联系。"))
            return redirect(wish)
    return wish_page(request, visible_wish(request, pk), claim_form=form, status=422)


def _own_claim(request: HttpRequest, pk: int) -> WishClaim:
    """The claim, 404 when out of scope, 403 for those it is not theirs to move."""
    claims = claims_visible_to(request.user)
    claim = get_object_or_404(claims.select_related("wish", "organization"), pk=pk)
    require(acts_for_claim(request.user, claim))
    return claim


@require_POST
@login_required
def wish_claim_deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """The claimant has brought it."""
    claim = _own_claim(request, pk)
    try:
        actions.deliver_wish_claim(claim=claim, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已标记送达，等社区确认。"))
    return redirect(claim.wish)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wish_claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a wish up, after a page that asks for the reason."""
    claim = _own_claim(request, pk)
    return reason_page(
        request,
        claim.wish,
        lambda reason: actions.withdraw_wish_claim(
            claim=claim, reason=reason, by=request.user
        ),
        heading=_("放弃认领"),
        consequences=[
            _("心愿重新开放，别人可以认领。"),
            _("社区会收到通知和理由。"),
        ],
        done=_("已放弃认领，心愿重新开放。"),
    )


# Read by POST only: each look leaves a line in the audit log.
@require_POST
@login_required
@never_cache
def wish_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to call, for the community and for officials of the claiming unit."""
    wish = visible_wish(request, pk)
    require(any(contacts_open_to(request.user, wish)))
    try:
        contact = actions.see_wish_contact(wish=wish, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(wish)
    context = {"wish": wish, "contact": contact}
    return render(request, "communities/wish_contact.html", context)
