"""Asking people to help with a whistle: part of its page, or a page of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from campaigns.models import WhistleResponse
from campaigns.rules import Deed, may, refusal_of
from communities.permissions import require
from core.errors import RuleError
from volunteers.actions.people import ask_for_people, shift_for
from volunteers.forms.people import PeopleForm
from volunteers.permissions import can_see_roll


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def whistle_people(request: HttpRequest, pk: int) -> HttpResponse:
    """The shift people were asked to, or the form that asks them with one click."""
    response = _response(request, pk)
    is_own = may(request.user, Deed.ASK_PEOPLE, response.whistle, response)
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = PeopleForm(data, response=response, now=now)
    if request.method == "POST":
        require(is_own)
        if form.is_valid() and _ask(request, response, form):
            return redirect(response)
    shift = shift_for(response)
    context = {
        "response": response,
        "whistle": response.whistle,
        "shift": shift,
        "can_see_roll": shift is not None and can_see_roll(request.user, shift),
        "form": form,
        "is_own": is_own,
        "refusal": refusal_of(Deed.ASK_PEOPLE, response.whistle, response),
    }
    name = "_whistle_people.html" if request.htmx else "whistle_people.html"
    status = 422 if form.errors else 200
    return render(request, f"volunteers/{name}", context, status=status)


def _response(request: HttpRequest, pk: int) -> WhistleResponse:
    responses = WhistleResponse.objects.visible_to(request.user).select_related(
        "organization", "whistle__community", "whistle__category"
    )
    return get_object_or_404(responses, pk=pk)


def _ask(request: HttpRequest, response: WhistleResponse, form: PeopleForm) -> bool:
    """Whether it went well; what went wrong stands on the form."""
    try:
        ask_for_people(
            response=response,
            values=form.cleaned_data,
            by=request.user,
            now=timezone.now(),
        )
    except RuleError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("已发布召集，并邀请在该社区报到的党员自愿参加。"))
    return True
