"""Reads of what people told about themselves."""

from accounts.models import User
from volunteers.models import GuardianConsent, Volunteer


def own_volunteer(user: User) -> Volunteer:
    """The person's record, or an unsaved one: reading a page writes nothing."""
    held = Volunteer.objects.filter(user=user).first()
    volunteer = held or Volunteer(user=user)
    volunteer.user = user
    return volunteer


def live_guardian_consent(user: User) -> GuardianConsent | None:
    """The consent the person has asked for or got, or None."""
    live = [GuardianConsent.State.ASKED, GuardianConsent.State.GIVEN]
    consents = GuardianConsent.objects.filter(volunteer__user=user, state__in=live)
    return consents.select_related("volunteer").first()
