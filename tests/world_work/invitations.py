"""Objects of the small district: invitations, stand-ins, guardians."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories.campaigns import ActivityFactory
from tests.factories.invitations import (
    GuardianConsentFactory,
    InvitationFactory,
    StandInFactory,
)
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Volunteer


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """On the own side what is the role volunteer's, on the foreign side others'."""
    activity = ActivityFactory(
        organization=organization, community=community, state="published"
    )
    shift = ShiftFactory(activity=activity)
    person = VolunteerFactory()
    if side == "own":
        user = world.users["volunteer"]
        person = Volunteer.objects.get_or_create(user=user)[0]
    # Away from all else the person signs up for in the tests.
    days = {"own": 30, "foreign": 40}[side]
    start = timezone.now() + timedelta(days=days)
    elsewhere = SignupFactory(volunteer=person, shift=ShiftFactory(starts_at=start))
    consent = GuardianConsentFactory()
    world.arguments |= {
        f"{side}_invite": [shift.pk],
        f"{side}_shift_invitation": [
            InvitationFactory(shift=shift, volunteer=person).pk
        ],
        f"{side}_handed_on": [elsewhere.pk],
        f"{side}_stand_in": [StandInFactory(signup=elsewhere).token],
        f"{side}_guardian": [consent.token],
        "unknown_stand_in": ["nothing"],
        "unknown_guardian": ["nothing"],
    }
