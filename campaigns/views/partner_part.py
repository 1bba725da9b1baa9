"""The joint owners on the page of an activity."""

from typing import Any

from django.http import HttpRequest

from campaigns.actions.partners import CLOSED_STATES
from campaigns.models import Activity, ActivityPartner
from campaigns.permissions import can_answer_partner, can_lead_activity
from campaigns.queries.partners import partners_of


def partner_part(
    request: HttpRequest, activity: Activity, *, sees_history: bool
) -> dict[str, Any]:
    """What `_activity_partners.html` needs: each partner, and what may be done.

    Invitations nobody has answered show to the two sides and to those who supervise.
    """
    leads = can_lead_activity(request.user, activity)
    partners = []
    for partner in partners_of(activity):
        partner.may_answer = can_answer_partner(request.user, partner)
        is_confirmed = partner.state == ActivityPartner.State.CONFIRMED
        if not (is_confirmed or sees_history or partner.may_answer):
            continue
        is_open = activity.state not in CLOSED_STATES
        partner.waits_for_me = partner.may_answer and not is_confirmed and is_open
        partner.may_end = activity.is_editable and (
            leads or (partner.may_answer and is_confirmed)
        )
        partners.append(partner)
    return {
        "partners": partners,
        "waiting_partners": [row for row in partners if row.waits_for_me],
        "can_lead": leads,
        "can_invite": leads and activity.is_editable,
    }
