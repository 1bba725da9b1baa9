"""Consents: recorded for one thing, taken back, hiding it at once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.consents import (
    ConsentRefused,
    record_consent,
    withdraw_consent,
)
from campaigns.consent_texts import CONSENT_TEXTS
from campaigns.models import Consent, Story
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.honors import (
    FamilyHonorFactory,
    HonorConsentFactory,
    HonorFactory,
)
from tests.factories.stories import (
    ConsentFactory,
    PublishedStoryFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(db):
    return UserFactory()


def record(thing, by, **values):
    sound = {
        "subject": "示例王阿姨",
        "method": Consent.Method.SPOKEN,
        "given_on": timezone.localdate(),
    }
    return record_consent(thing=thing, by=by, **sound | values)


def test_consent_is_for_the_present_text(official):
    story = StoryFactory()

    consent = record(story, official, is_guardian=True)

    assert consent.text_version == settings.SHOWN_CONSENT_VERSION
    assert (consent.story, consent.honor, consent.is_guardian) == (story, None, True)
    assert len(consent.token) == 32


def test_present_version_has_a_text():
    assert settings.SHOWN_CONSENT_VERSION in CONSENT_TEXTS


def test_consent_of_tomorrow_is_refused(official):
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ConsentRefused, match="不能晚于今天"):
        record(StoryFactory(), official, given_on=tomorrow)


def test_consent_held_already_is_refused(official):
    story = StoryFactory()
    record(story, official, subject="示例王阿姨")

    with pytest.raises(ConsentRefused, match="已经登记"):
        record(story, official, subject="示例 王阿姨")


def test_consent_given_again_after_it_was_taken_back_is_recorded(official):
    story = StoryFactory()
    withdraw_consent(consent=record(story, official), by=None)

    record(story, official)

    assert [row.is_live for row in story.consents.all()] == [False, True]


def test_withdrawn_story_takes_no_consent(official):
    with pytest.raises(ConsentRefused, match="已撤下"):
        record(StoryFactory(state=Story.State.WITHDRAWN), official)


def test_honor_of_an_organisation_takes_no_consent(official):
    with pytest.raises(ConsentRefused, match="文明家庭"):
        record(HonorFactory(), official)


def test_audit_lines_name_neither_person_nor_token(official):
    consent = record(PublishedStoryFactory(title="示例林家的故事"), official)

    withdraw_consent(consent=consent, by=None)

    lines = AuditEntry.objects.order_by("pk")
    assert [line.verb for line in lines] == [
        "campaigns.consent_recorded",
        "campaigns.consent_withdrawn",
        "campaigns.story_hidden",
    ]
    said = str([(line.target_name, line.data) for line in lines])
    assert [word for word in ("王阿姨", "林家", consent.token) if word in said] == []


# Taken back -----------------------------------------------------------------


def test_published_story_is_hidden_by_the_first_consent_taken_back():
    story = PublishedStoryFactory(people_shown=2)
    first, _second = ConsentFactory.create_batch(2, story=story)

    withdraw_consent(consent=first, by=None)

    story.refresh_from_db()
    first.refresh_from_db()
    assert story.state == Story.State.HIDDEN
    assert first.withdrawn_at is not None


def test_family_honor_is_hidden_but_stays_awarded():
    honor = FamilyHonorFactory(awarded=True, is_public=True)

    withdraw_consent(consent=HonorConsentFactory(honor=honor), by=None)

    honor.refresh_from_db()
    assert (honor.is_public, honor.state) == (False, "awarded")


def test_family_honor_is_shown_again_when_the_same_person_consents_again(official):
    honor = FamilyHonorFactory(awarded=True, is_public=True)
    withdraw_consent(consent=HonorConsentFactory(honor=honor), by=None)

    record(honor, official, subject="示例另一人")
    honor.refresh_from_db()
    assert not honor.is_public

    record(honor, official, subject=honor.consents.first().subject)
    honor.refresh_from_db()
    assert honor.is_public


def test_second_consent_taken_back_of_a_hidden_story_stands():
    story = PublishedStoryFactory()
    first, second = ConsentFactory.create_batch(2, story=story)
    withdraw_consent(consent=first, by=None)

    withdraw_consent(consent=second, by=None)

    second.refresh_from_db()
    assert not second.is_live


def test_consent_is_taken_back_once_only():
    consent = ConsentFactory(story=PublishedStoryFactory())
    withdraw_consent(consent=consent, by=None)
    before = Consent.objects.get(pk=consent.pk).withdrawn_at

    withdraw_consent(consent=consent, by=None)

    consent.refresh_from_db()
    assert consent.withdrawn_at == before
    assert AuditEntry.objects.filter(verb="campaigns.consent_withdrawn").count() == 1


def test_officials_who_keep_it_are_told_without_a_name():
    organization = OrganizationFactory()
    of_unit = MembershipFactory(role="unit", organization=organization).user
    story = PublishedStoryFactory(organization=organization, title="示例林家的故事")
    of_community = MembershipFactory(role="community", community=story.community).user
    MembershipFactory(role="unit", organization=OrganizationFactory())
    consent = ConsentFactory(story=story, subject="示例王阿姨")

    withdraw_consent(consent=consent, by=of_unit)

    told = Notification.objects.order_by("recipient_id")
    expected = sorted([of_community.pk, consent.recorded_by_id])
    assert [row.recipient_id for row in told] == expected
    assert not any(
        word in row.title + row.body + row.path
        for row in told
        for word in ("林家", "王阿姨", consent.token)
    )


def test_consent_of_an_honor_is_told_to_its_community():
    honor = FamilyHonorFactory(awarded=True)
    official = MembershipFactory(role="community", community=honor.community).user
    consent = HonorConsentFactory(honor=honor, recorded_by=official)

    withdraw_consent(consent=consent, by=None)

    [told] = Notification.objects.all()
    assert (told.recipient, told.path) == (official, honor.get_absolute_url())
