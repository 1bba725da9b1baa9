"""A page with one form about a whistle, and what becomes of it when it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import HttpResponseClientRedirect

from campaigns.forms.whistle_answers import WorkForm
from campaigns.models import Whistle, WhistleResponse
from campaigns.rules import Deed, may, refusal_of
from communities.permissions import require
from core.errors import RuleError


@dataclass(frozen=True)
class Words:
    """What the page says: its heading (and button), what was done, and before it acts
    a hint, or the consequences of what cannot be taken back.
    """

    heading: str
    done: str
    hint: str = ""
    consequences: tuple[str, ...] = ()


def response_for(request: HttpRequest, pk: int, deed: Deed) -> WhistleResponse:
    """The response, or 403 for those whose deed this is not, whatever its state."""
    responses = WhistleResponse.objects.visible_to(request.user).select_related(
        "whistle__community__subdistrict",
        "whistle__category",
        "organization",
        "extension",
    )
    response = get_object_or_404(responses, pk=pk)
    require(may(request.user, deed, response.whistle, response))
    return response


def deed_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    deed: Deed,
    whistle: Whistle,
    words: Words,
    response: WhistleResponse | None = None,
) -> HttpResponse:
    """Show the form or, sent and sound, `act` on what it holds and go back.

    With mistakes it comes back with 422; a form with photos (WorkForm) that a script
    sent comes back alone, so that the chosen files stay where they are.
    """
    if request.method != "POST":
        if refusal := refusal_of(deed, whistle, response):
            messages.error(request, refusal)
            return redirect(response or whistle)
    elif form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, words.done)
            return _back(request, response or whistle)
    has_photos = isinstance(form, WorkForm)
    if has_photos and form.errors and not request.htmx:
        form.say_photos_are_gone()
    context = {
        "whistle": whistle,
        "response": response,
        "form": form,
        "words": words,
        "has_photos": has_photos,
    }
    is_part = has_photos and request.htmx
    name = "_response_work_form.html" if is_part else "whistle_deed.html"
    status = 422 if form.errors else 200
    return render(request, f"campaigns/{name}", context, status=status)


def _back(request: HttpRequest, target: Whistle | WhistleResponse) -> HttpResponse:
    """To where it stands; without a place on the page for scripts.

    A browser already there would only scroll, and show what stood before.
    """
    if not request.htmx:
        return redirect(target)
    return HttpResponseClientRedirect(target.get_absolute_url().partition("#")[0])
