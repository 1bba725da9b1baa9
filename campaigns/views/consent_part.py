"""The consents on the page of a story or of a family's honour."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from campaigns.actions.consents import consents_of
from campaigns.forms.consents import ConsentForm
from campaigns.models import Honor, Story
from campaigns.permissions import can_see_consents


def record_url(thing: Honor | Story) -> str:
    """Where a consent for it is posted to."""
    name = "honor" if isinstance(thing, Honor) else "story"
    return reverse(f"campaigns:{name}_consent", args=[thing.pk])


def consent_part(
    request: HttpRequest, thing: Honor | Story, *, can_record: bool
) -> dict[str, Any]:
    """What `_consents.html` needs; who consented only for those who keep or check.

    Everyone else in scope reads how many consents hold.
    """
    consents = consents_of(thing)
    return {
        "thing": thing,
        "consents": consents,
        "live_consents": sum(consent.is_live for consent in consents),
        "sees_consents": can_see_consents(request.user, thing),
        "can_record": can_record,
        "consent_form": ConsentForm() if can_record else None,
        "consent_url": record_url(thing),
    }
