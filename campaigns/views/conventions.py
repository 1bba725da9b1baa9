"""The civic convention: read, agreed to, counted; no name on any page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.actions import conventions as actions
from campaigns.forms.conventions import PledgeForm, WithdrawPledgeForm
from campaigns.models import Convention
from campaigns.queries.conventions import (
    FEWEST_SHOWN,
    communities_with_counts,
    current_convention,
    likely_community,
    live_pledges,
    pledge_counts,
    public_conventions,
)
from communities.forms.filters import PlaceFilterForm
from core.errors import RuleError

PAGE_SIZE = 50
State = Convention.State


@require_safe
def convention(request: HttpRequest) -> HttpResponse:
    """The version in force, its counts, and saying yes to it."""
    return _page(request, current_convention())


@require_safe
def convention_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, in force or superseded."""
    return _page(request, get_object_or_404(public_conventions(), number=number))


def _page(
    request: HttpRequest,
    shown: Convention | None,
    *,
    form: PledgeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"convention": shown, "versions": public_conventions().defer("text")}
    if shown is not None:
        context["counts"] = pledge_counts(shown)
        context |= _own(request, shown, form)
    return render(request, "campaigns/convention.html", context, status=status)


def _own(
    request: HttpRequest, shown: Convention, form: PledgeForm | None
) -> dict[str, object]:
    """The reader's own yeses, and the form for those not said yet."""
    if not request.user.is_authenticated:
        return {}
    pledges = live_pledges(request.user, shown)
    pledged = {row.is_household for row in pledges}
    if form is None and shown.state == State.PUBLISHED and pledged != {True, False}:
        initial = {
            "number": shown.number,
            "community": likely_community(request.user),
        }
        form = PledgeForm(initial=initial, pledged=pledged)
    return {"pledges": pledges, "form": form}


@require_POST
@login_required
def pledge_create(request: HttpRequest) -> HttpResponse:
    """Say yes to the version on the page one read."""
    form = PledgeForm(request.POST)
    if form.is_valid():
        try:
            actions.pledge(
                user=request.user,
                number=form.cleaned_data["number"],
                community=form.cleaned_data["community"],
                is_household=form.is_household,
            )
        except RuleError as error:  # to be read anew: the page shows what holds now
            messages.error(request, str(error))
        else:
            messages.success(request, _("谢谢！已经记下，只计数，不公开姓名。"))
        return redirect("campaigns:convention")
    return _page(request, current_convention(), form=form, status=422)


@require_POST
@login_required
def pledge_withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's own yes back."""
    form = WithdrawPledgeForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, _("没有找到这份承诺，请刷新后再试。"))
        return redirect("campaigns:convention")
    held = form.cleaned_data["pledge"]
    actions.withdraw_pledge(pledge=held, now=timezone.now())
    messages.success(request, _("已收回，不再计数。"))
    return redirect(held.convention)


@require_safe
@vary_on_headers("HX-Request")
def convention_communities(request: HttpRequest) -> HttpResponse:
    """How many said yes in each community, by street and name; nothing is ranked."""
    form = PlaceFilterForm(request.GET)
    shown = current_convention()
    context = {"form": form, "convention": shown, "fewest": FEWEST_SHOWN}
    if shown is not None and form.is_valid():
        communities, counts = communities_with_counts(shown, **form.cleaned_data)
        page = Paginator(communities, PAGE_SIZE).get_page(request.GET.get("page"))
        context["page"] = page
        context["rows"] = [(row, counts.shown_in(row.pk)) for row in page]
    name = "_convention_rows.html" if request.htmx else "convention_communities.html"
    return render(request, f"campaigns/{name}", context)
