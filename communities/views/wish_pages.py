"""Micro-wishes as everyone reads them, and what one has claimed."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from communities.actions.wish_claims import refusal_to_claim
from communities.forms.wishes import WishClaimForm, WishFilterForm
from communities.models import Wish
from communities.permissions import Permission, has_permission
from communities.queries.wishes import (
    acts_for_claim,
    claims_listed_for,
    contacts_open_to,
    filtered_wishes,
    history_of_wish,
    public_wishes,
    publishes_wish,
    wishes_visible_to,
    with_names_then,
)

PAGE_SIZE = 24


# Nothing keeps a copy: a wish taken back is gone with the next look.
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def wish_list(request: HttpRequest) -> HttpResponse:
    """Wishes of residents, the open ones first, by street and category."""
    form = WishFilterForm(request.GET)
    publishes = has_permission(request.user, Permission.NEED_PUBLISH)
    context = {"form": form, "publishes": publishes}
    if form.is_valid():
        wishes = filtered_wishes(
            public_wishes(), day=timezone.localdate(), **form.cleaned_data
        )
        page = Paginator(wishes, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_names_then(page.object_list)
        context["page"] = page
    name = "_wish_cards.html" if request.htmx else "wish_list.html"
    return render(request, f"communities/{name}", context)


def visible_wish(request: HttpRequest, pk: int) -> Wish:
    """The wish, or 404 when the user may not read it."""
    wishes = wishes_visible_to(request.user).select_related("community__subdistrict")
    return get_object_or_404(wishes, pk=pk)


@require_safe
@never_cache
def wish_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish; for its claimant and its community also what comes next."""
    return wish_page(request, visible_wish(request, pk))


def wish_page(
    request: HttpRequest,
    wish: Wish,
    *,
    claim_form: WishClaimForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The wish's page, with the claim form as it was sent."""
    with_names_then([wish])
    is_open = wish.state == Wish.State.PUBLISHED and not wish.is_past(
        timezone.localdate()
    )
    context = {"wish": wish, "is_open": is_open}
    if request.user.is_authenticated:
        context |= _of_user(request, wish)
        if is_open or claim_form is not None:
            context |= _claiming(request, wish, claim_form)
    return render(request, "communities/wish_detail.html", context, status=status)


def _of_user(request: HttpRequest, wish: Wish) -> dict[str, object]:
    is_owner = publishes_wish(request.user, wish)
    return {
        "is_owner": is_owner,
        "is_own": wish.claim is not None and acts_for_claim(request.user, wish.claim),
        "has_contact": any(contacts_open_to(request.user, wish)),
        "history": history_of_wish(wish) if is_owner else [],
    }


def _claiming(
    request: HttpRequest, wish: Wish, form: WishClaimForm | None
) -> dict[str, object]:
    """The form, or why this person has none."""
    form = form or WishClaimForm(user=request.user)
    refusal = None
    if not (form.is_bound or form.has_choice):
        refusal = refusal_to_claim(wish, by=request.user, now=timezone.now())
    return {"claim_form": None if refusal else form, "refusal": refusal}


@require_safe
@login_required
@never_cache
def wish_mine(request: HttpRequest) -> HttpResponse:
    """What one has claimed, and the organisations one claims for."""
    claims = claims_listed_for(request.user)
    page = Paginator(claims, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    with_names_then(claim.wish for claim in page)
    return render(request, "communities/wish_mine.html", {"page": page})
