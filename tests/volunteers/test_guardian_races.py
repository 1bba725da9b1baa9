"""Two callers at once about a guardian's consent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.invitations import GuardianConsentFactory, MinorFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from tests.threads import before_commit_of
from tests.volunteers.counts import assert_counts_match
from volunteers.actions import sign_up
from volunteers.actions.guardians import (
    ask_guardian,
    give_guardian_consent,
    withdraw_guardian_consent,
)
from volunteers.models import GuardianConsent, Signup

pytestmark = pytest.mark.django_db(transaction=True)


def daytime_shift():
    start = (timezone.localtime() + timedelta(days=3)).replace(hour=9)
    return ShiftFactory(starts_at=start)


def withdrawing(consent):
    return lambda: withdraw_guardian_consent(
        consent=consent, by=None, now=timezone.now()
    )


def giving(consent, name="示例监护人"):
    return lambda: give_guardian_consent(
        consent=consent, guardian_name=name, now=timezone.now()
    )


def test_nobody_signs_up_on_a_consent_being_withdrawn():
    consent, shift = giving(GuardianConsentFactory())(), daytime_shift()

    with before_commit_of(withdrawing(consent)) as start:
        late = start(
            lambda: sign_up(
                shift=shift, volunteer=consent.volunteer, now=timezone.now()
            )
        )

    assert late.exception().code == "needs_guardian"
    assert not Signup.objects.exists()


def test_a_sign_up_being_made_is_cancelled_by_the_withdrawal():
    consent, shift = giving(GuardianConsentFactory())(), daytime_shift()

    def signing_up():
        sign_up(shift=shift, volunteer=consent.volunteer, now=timezone.now())

    with before_commit_of(signing_up) as start:
        late = start(withdrawing(consent))

    assert [row.state for row in late.result()] == ["cancelled"]


def test_a_withdrawal_keeps_the_counts_of_who_signs_up_meanwhile():
    consent = giving(GuardianConsentFactory())()
    shift = SignupFactory(volunteer=consent.volunteer).shift
    other = VolunteerFactory()

    def signing_up():
        sign_up(shift=shift, volunteer=other, now=timezone.now())

    with before_commit_of(signing_up) as start:
        late = start(withdrawing(consent))

    assert len(late.result()) == 1
    assert_counts_match(shift)


def test_two_people_with_the_link_agree_once():
    consent = GuardianConsentFactory()

    with before_commit_of(giving(consent)) as start:
        late = start(giving(consent, "示例旁人"))

    assert "已用过" in str(late.exception())
    assert GuardianConsent.objects.get().guardian_name == "示例监护人"


def test_two_clicks_ask_once():
    minor = MinorFactory()

    def asking():
        return ask_guardian(volunteer=minor, by=minor.user)

    with before_commit_of(asking) as start:
        again = start(asking)

    assert again.result() == GuardianConsent.objects.get()
