"""Two people act on a story, a consent, the convention in the same moment."""

import pytest
from django.utils import timezone

from campaigns.actions.consents import (
    ConsentRefused,
    record_consent,
    withdraw_consent,
)
from campaigns.actions.conventions import (
    ConventionRefused,
    draft_convention,
    pledge,
    publish_convention,
)
from campaigns.actions.stories import StoryRefused, publish_story, write_story
from campaigns.models import Consent, Convention, Pledge, Story
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory
from tests.factories.stories import (
    ConsentFactory,
    ConventionFactory,
    StoryFactory,
)
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)

State = Story.State


@pytest.fixture
def waiting():
    """A story that waits for the office, with the one consent it needs."""
    story = StoryFactory(state=State.SUBMITTED)
    return ConsentFactory(story=story).story


@pytest.fixture
def office():
    return UserFactory()


def publish(story, by):
    return publish_story(story=story, by=by, now=timezone.now())


def test_story_is_not_published_beside_a_consent_being_taken_back(waiting, office):
    consent = waiting.consents.get()

    with before_commit_of(lambda: withdraw_consent(consent=consent, by=None)) as start:
        second = start(lambda: publish(waiting, office))
    with pytest.raises(StoryRefused, match="还缺 1 份"):
        second.result(timeout=20)

    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED


def test_consent_taken_back_while_the_story_is_published_hides_it(waiting, office):
    consent = waiting.consents.get()

    with before_commit_of(lambda: publish(waiting, office)) as start:
        second = start(lambda: withdraw_consent(consent=consent, by=None))
    second.result(timeout=20)

    waiting.refresh_from_db()
    assert waiting.state == State.HIDDEN


def test_consent_of_one_person_recorded_twice_at_once_is_kept_once(office):
    story = StoryFactory()

    def record():
        return record_consent(
            thing=story,
            subject="示例王阿姨",
            method=Consent.Method.PAPER,
            given_on=timezone.localdate(),
            by=office,
        )

    with before_commit_of(record) as start:
        second = start(record)
    with pytest.raises(ConsentRefused, match="已经登记"):
        second.result(timeout=20)

    assert story.consents.count() == 1


def test_story_sent_twice_at_once_is_saved_once(office):
    community = CommunityFactory()

    def write():
        story = StoryFactory.build(
            title="示例故事", community=community, created_by=None
        )
        return write_story(story=story, by=office, now=timezone.now())

    with before_commit_of(write) as start:
        second = start(write)
    second.result(timeout=20)

    assert Story.objects.count() == 1


def test_of_two_versions_published_at_once_the_later_is_in_force(office):
    first, second = (
        ConventionFactory(number=number, state=Convention.State.DRAFT)
        for number in (1, 2)
    )

    def put_in_force(convention):
        return publish_convention(convention=convention, by=office, now=timezone.now())

    with before_commit_of(lambda: put_in_force(first)) as start:
        later = start(lambda: put_in_force(second))
    later.result(timeout=20)

    states = Convention.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["superseded", "published"]


def test_of_two_first_drafts_at_once_one_is_refused(office):
    def draft():
        return draft_convention(title="示例公约", text="示例条文", by=office)

    with before_commit_of(draft) as start:
        second = start(draft)
    with pytest.raises(ConventionRefused):
        second.result(timeout=20)

    assert Convention.objects.count() == 1


def test_yes_said_twice_at_once_counts_once():
    user, community = UserFactory(), CommunityFactory()
    convention = ConventionFactory()

    def say_yes():
        return pledge(
            user=user,
            number=convention.number,
            community=community,
            is_household=False,
        )

    with before_commit_of(say_yes) as start:
        second = start(say_yes)
    second.result(timeout=20)

    assert Pledge.objects.count() == 1
