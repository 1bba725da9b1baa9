"""One response on the page of its whistle."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from campaigns.forms.whistle_answers import LogForm
from campaigns.models import WhistleResponse
from campaigns.queries.whistle_pages import shown_clock
from campaigns.rules import Deed, Side, deeds_for, is_on_side


def answer_part(request: HttpRequest, response: WhistleResponse) -> dict[str, Any]:
    """What `_response_panel.html` needs: what the user may do, the form of the log.

    `is_on_side` says whether the user acts for the organisation that was asked.
    """
    whistle = response.whistle
    deeds = deeds_for(request.user, whistle, response)
    return {
        "response": response,
        "deeds": deeds,
        "is_on_side": is_on_side(request.user, Side.UNIT, whistle, response),
        "clock": shown_clock(response, timezone.now()),
        "extension": getattr(response, "extension", None),
        "log_form": LogForm(response=response) if Deed.LOG in deeds else None,
    }
