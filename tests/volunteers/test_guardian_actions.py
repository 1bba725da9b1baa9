"""Guardians agree by a link and take it back; the minor's sign-ups follow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from core.models import AuditEntry
from tests.factories.invitations import GuardianConsentFactory, MinorFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.volunteers.counts import assert_counts_match
from volunteers.actions.guardians import (
    GuardianRefused,
    ask_guardian,
    give_guardian_consent,
    withdraw_guardian_consent,
)
from volunteers.consent_texts import guardian_text
from volunteers.models import GuardianConsent, Signup

pytestmark = pytest.mark.django_db


def asked(volunteer):
    return ask_guardian(volunteer=volunteer, by=volunteer.user)


def given(consent, name="示例监护人", now=None):
    return give_guardian_consent(
        consent=consent, guardian_name=name, now=now or timezone.now()
    )


def taken_back(consent, by=None, now=None):
    return withdraw_guardian_consent(consent=consent, by=by, now=now or timezone.now())


def held_by_minor():
    """A consent that was given, of a minor with a confirmed sign-up."""
    consent = given(GuardianConsentFactory())
    SignupFactory(volunteer=consent.volunteer)
    return consent


def test_ask_guardian_keeps_one_link_with_the_text_of_today(settings):
    minor = MinorFactory()

    consent = asked(minor)

    assert asked(minor) == consent
    assert consent.text_version == settings.GUARDIAN_CONSENT_VERSION
    assert guardian_text(consent.text_version).take_back


def test_ask_guardian_of_an_adult_is_refused():
    with pytest.raises(GuardianRefused, match="不需要"):
        asked(VolunteerFactory())


def test_give_guardian_consent_lets_the_minor_sign_up():
    now, consent = timezone.now(), GuardianConsentFactory()

    given(consent, now=now)

    consent.refresh_from_db()
    minor = consent.volunteer
    assert (consent.state, consent.given_at) == ("given", now)
    assert (minor.guardian_name, minor.needs_guardian) == ("示例监护人", False)
    assert Notification.objects.get().kind == "guardian_agreed"


def test_give_guardian_consent_twice_is_refused():
    consent = given(GuardianConsentFactory())

    with pytest.raises(GuardianRefused, match="已用过"):
        given(consent, "示例旁人")


def test_give_guardian_consent_in_the_name_of_the_minor_is_refused():
    consent = GuardianConsentFactory(volunteer__user__display_name="示例小明")

    with pytest.raises(GuardianRefused, match="监护人本人"):
        given(consent, "示例 小明")


def test_give_guardian_consent_for_who_has_come_of_age_is_refused():
    consent = GuardianConsentFactory()
    consent.volunteer.user.age_band = "18-59"
    consent.volunteer.user.save()

    with pytest.raises(GuardianRefused, match="已满18周岁"):
        given(consent)


def test_withdraw_guardian_consent_cancels_what_is_to_come_and_tells_once():
    consent = held_by_minor()
    minor = consent.volunteer
    SignupFactory(volunteer=minor, state=Signup.State.WAITLISTED)
    over = SignupFactory(
        volunteer=minor,
        shift=ShiftFactory(starts_at=timezone.now() - timedelta(minutes=1)),
    )

    cancelled = taken_back(consent)

    minor.refresh_from_db()
    over.refresh_from_db()
    assert (minor.needs_guardian, minor.guardian_name) == (True, "")
    assert [(row.state, row.is_late) for row in cancelled] == [("cancelled", False)] * 2
    assert over.state == "confirmed"
    [told] = Notification.objects.filter(kind="guardian_took_back")
    assert all(str(row.shift) in told.body for row in cancelled)
    first = min(row.shift.starts_at for row in cancelled)
    assert told.expires_at == first - timedelta(hours=2)
    for row in cancelled:
        assert_counts_match(row.shift)


def test_withdraw_guardian_consent_offers_the_place_on():
    consent = held_by_minor()
    held = consent.volunteer.signups.get()
    held.shift.capacity = 1
    held.shift.save()
    waiting = SignupFactory(shift=held.shift, state=Signup.State.WAITLISTED)

    taken_back(consent)

    waiting.refresh_from_db()
    assert waiting.state == Signup.State.OFFERED


def test_withdraw_guardian_consent_by_the_minor_names_them():
    consent = held_by_minor()

    taken_back(consent, by=consent.volunteer.user)

    line = AuditEntry.objects.get(verb="volunteers.guardian_consent_withdrawn")
    assert line.actor_id == consent.volunteer.user_id
    assert consent.volunteer.signups.get().cancelled_by == consent.volunteer.user


def test_withdraw_guardian_consent_twice_changes_nothing():
    consent = held_by_minor()
    taken_back(consent)

    assert taken_back(consent) == []
    assert Notification.objects.filter(kind="guardian_took_back").count() == 1


def test_withdraw_guardian_consent_leaves_room_for_a_new_link():
    consent = GuardianConsentFactory()
    taken_back(consent)

    again = asked(consent.volunteer)

    assert (again.state, again != consent) == (GuardianConsent.State.ASKED, True)
