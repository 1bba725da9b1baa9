"""Objects of the small district: certificates and feeds."""

from typing import Any

from tests.factories.certificates import CertificateFactory, ConfirmedRecordFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A certificate of the volunteer's (own) or of a stranger's (foreign)."""
    if side == "own":
        user = world.users["volunteer"]
        holder, _is_new = Volunteer.objects.get_or_create(user=user)
    else:
        holder = VolunteerFactory()
    holder.calendar_token = (side * 43)[:43]
    holder.save()
    record = ConfirmedRecordFactory(
        volunteer=holder, activity__organization=organization
    )
    certificate = CertificateFactory(volunteer=holder, records=[record])
    world.arguments |= {
        f"{side}_certificate": [certificate.pk],
        f"{side}_number": [certificate.number],
        f"{side}_calendar": [holder.calendar_token],
    }
    world.arguments |= {
        "unknown_number": ["XC2026-AAAA-AAAA"],
        "unknown_calendar": ["x" * 43],
    }
