"""Recalls agreements that end soon to both sides."""

from datetime import date

from django.db import transaction

from accounts.notifications.kind_settings import is_on, leads_of
from communities.models import Agreement
from communities.notices import agreements as notices
from communities.queries.agreements import ends_within
from communities.queries.officials import community_officials, responsible_officials

AGREEMENT_ENDS = "agreement_ends"


@transaction.atomic
def remind_of_agreements(*, today: date) -> int:
    """Tell the officials of both sides of each agreement that ends soon, once.

    One that is renewed is left alone; one whose last day was changed is recalled anew.
    Returns how many agreements end soon. Source: PRODUCT section 4, Reminders.
    """
    if not is_on(AGREEMENT_ENDS):
        return 0
    [days] = leads_of(AGREEMENT_ENDS)
    ending = list(
        Agreement.objects.filter(
            ends_within(days, day=today), starts_on__lte=today, ends_on__gte=today
        ).select_related("organization", "community")
    )
    officials = responsible_officials(row.organization for row in ending)
    for agreement in ending:
        people = [
            *officials[agreement.organization_id],
            *community_officials(agreement.community),
        ]
        notices.agreement_ends(agreement, people)
    return len(ending)
