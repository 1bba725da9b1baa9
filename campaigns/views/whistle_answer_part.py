"""One response on the page of its whistle."""

from typing import Any

from django.http import HttpRequest

from campaigns.forms.whistle_answers import LogForm
from campaigns.models import WhistleResponse
from campaigns.rules import Deed, Side, deeds_for, is_on_side


def answer_part(request: HttpRequest, response: WhistleResponse) -> dict[str, Any]:
    """What the user may do with a response, and the form of its log.

    `is_on_side` says whether the user acts for the organisation that was asked.
    """
    whistle = response.whistle
    deeds = deeds_for(request.user, whistle, response)
    return {
        "response": response,
        "deeds": deeds,
        "is_on_side": is_on_side(request.user, Side.UNIT, whistle, response),
        "log_form": LogForm(response=response) if Deed.LOG in deeds else None,
    }
