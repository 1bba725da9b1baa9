"""Consents: recorded and taken back by officials, seen and taken back by the person."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.actions.consents import record_consent, withdraw_consent
from campaigns.consent_texts import consent_text
from campaigns.forms.consents import ConsentForm, TakeBackForm
from campaigns.models import Consent, Honor, Story
from campaigns.permissions import can_keep_consents, can_see_consents
from campaigns.queries.consents import consents_in_scope, with_things
from campaigns.views.consent_part import record_url
from communities.permissions import require
from core.errors import RuleError
from core.unlisted import unlisted


@require_POST
@login_required
def story_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a consent for a story."""
    stories = Story.objects.select_related("organization", "community")
    return _record(request, get_object_or_404(stories.visible_to(request.user), pk=pk))


@require_POST
@login_required
def honor_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a consent for a family's honour."""
    honors = Honor.objects.select_related("organization", "community")
    return _record(request, get_object_or_404(honors.visible_to(request.user), pk=pk))


def _record(request: HttpRequest, thing: Honor | Story) -> HttpResponse:
    require(can_keep_consents(request.user, thing))
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            record_consent(thing=thing, by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("同意已登记，请打印回执交给本人。"))
            return redirect(f"{thing.get_absolute_url()}#consents")
    context = {"thing": thing, "form": form, "consent_url": record_url(thing)}
    return render(request, "campaigns/consent_form.html", context, status=422)


def _consent_in_scope(request: HttpRequest, pk: int) -> Consent:
    return get_object_or_404(consents_in_scope(request.user), pk=pk)


@require_POST
@login_required
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a consent back for somebody who asked an official to."""
    consent = _consent_in_scope(request, pk)
    require(can_see_consents(request.user, consent.thing))
    withdraw_consent(consent=consent, by=request.user)
    messages.success(request, _("同意已撤回，相关内容不再公开展示。"))
    return redirect(f"{consent.thing.get_absolute_url()}#consents")


@require_safe
@login_required
@unlisted
def consent_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip for the person who consented, on one sheet of paper."""
    consent = _consent_in_scope(request, pk)
    require(can_keep_consents(request.user, consent.thing))
    path = reverse("campaigns:consent_page", args=[consent.token])
    context = _shown(consent) | {"address": f"{settings.SITE_URL}{path}"}
    return render(request, "campaigns/consent_slip.html", context)


def _shown(consent: Consent) -> dict[str, object]:
    text = consent_text(consent.text_version)
    return {"consent": consent, "thing": consent.thing, "text": text}


# The person with the slip ---------------------------------------------------


@unlisted
# The secret in the address is the right to act; nothing rests on a cookie here. A
# browser that hides where it comes from posts "Origin: null", which Django refuses.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def consent_page(request: HttpRequest, token: str) -> HttpResponse:
    """What a person agreed to, and taking it back; the slip's address opens it."""
    consent = get_object_or_404(with_things(Consent.objects.all()), token=token)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        withdraw_consent(consent=consent, by=None)
        return redirect("campaigns:consent_page", token)
    context = _shown(consent) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "campaigns/consent_page.html", context, status=status)
