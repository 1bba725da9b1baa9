"""What the street does with a whistle, on the whistle's page."""

from typing import Any

from django.http import HttpRequest

from campaigns.models import Whistle
from campaigns.rules import Deed, Side, deeds_for, is_on_side

DEEDS = {Deed.DISPATCH, Deed.SEND_BACK, Deed.MERGE}


def dispatch_part(request: HttpRequest, whistle: Whistle) -> dict[str, Any] | None:
    """What `_whistle_dispatch.html` needs; None for whom it does not concern.

    `waits` says that nothing happens until it is dispatched.
    """
    if not is_on_side(request.user, Side.DISPATCHER, whistle):
        return None
    deeds = deeds_for(request.user, whistle) & DEEDS
    if not deeds:
        return None
    return {
        "whistle": whistle,
        "deeds": deeds,
        "waits": whistle.state == Whistle.State.ISSUED,
    }
