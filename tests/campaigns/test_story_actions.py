"""Stories: written, handed in with consents, published, hidden, withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.activities import NotEditable
from campaigns.actions.stories import (
    StoryRefused,
    hide_story,
    publish_story,
    return_story,
    submit_story,
    update_story,
    withdraw_story,
    write_story,
)
from campaigns.models import Evidence, Story
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import EvidenceFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory
from tests.factories.stories import (
    ConsentFactory,
    PublishedStoryFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db

State = Story.State


@pytest.fixture
def writer():
    return UserFactory()


@pytest.fixture
def office():
    return UserFactory()


def consented(count=1, **values):
    """A story with as many people shown and live consents."""
    story = StoryFactory(people_shown=count, **values)
    ConsentFactory.create_batch(count, story=story)
    return story


def waiting(writer, **values):
    return consented(
        state=State.SUBMITTED, created_by=writer, submitted_by=writer, **values
    )


def write(by, **values):
    story = StoryFactory.build(created_by=None, community=CommunityFactory(), **values)
    return write_story(story=story, by=by, now=timezone.now())


def submit(story, by):
    return submit_story(story=story, by=by, now=timezone.now())


def publish(story, by):
    return publish_story(story=story, by=by, now=timezone.now())


# Written --------------------------------------------------------------------


def test_story_sent_twice_is_saved_once(writer):
    community = CommunityFactory()
    same = {"community": community, "title": "示例故事", "created_by": None}

    first, second = (
        write_story(story=StoryFactory.build(**same), by=writer, now=timezone.now())
        for _time in range(2)
    )

    assert first == second
    assert Story.objects.count() == 1


def test_story_of_a_community_that_ended_is_refused(writer):
    over = CommunityFactory(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(StoryRefused, match="改选现在的社区"):
        write_story(
            story=StoryFactory.build(community=over), by=writer, now=timezone.now()
        )


def test_story_of_a_suspended_organisation_is_refused(writer):
    suspended = OrganizationFactory(state="suspended")

    with pytest.raises(StoryRefused, match="不能再记录"):
        write(writer, organization=suspended)


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.HIDDEN])
def test_story_open_for_changes_is_changed(writer, state):
    story = StoryFactory(state=state)

    update_story(story=story, values={"title": "示例新题"}, by=writer)

    story.refresh_from_db()
    assert story.title == "示例新题"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED, State.WITHDRAWN])
def test_story_closed_for_changes_is_not_changed(writer, state):
    story = StoryFactory(state=state)

    with pytest.raises(NotEditable):
        update_story(story=story, values={"title": "示例新题"}, by=writer)


# Handed in ------------------------------------------------------------------


def test_story_with_a_consent_for_each_person_is_handed_in(writer):
    story = consented(2)

    submit(story, writer)

    story.refresh_from_db()
    assert (story.state, story.submitted_by) == (State.SUBMITTED, writer)


def test_story_with_a_consent_missing_is_not_handed_in(writer):
    story = StoryFactory(people_shown=3)
    ConsentFactory.create_batch(2, story=story)

    with pytest.raises(StoryRefused, match="还缺 1 份"):
        submit(story, writer)


def test_consent_taken_back_does_not_count(writer):
    story = StoryFactory()
    ConsentFactory(story=story, withdrawn_at=timezone.now())

    with pytest.raises(StoryRefused, match="还缺 1 份"):
        submit(story, writer)


def test_story_without_text_is_not_handed_in(writer):
    with pytest.raises(StoryRefused, match="正文"):
        submit(consented(text=" "), writer)


def test_photo_without_all_its_words_is_named(writer):
    story = consented()
    EvidenceFactory(activity=None, story=story)
    Evidence.objects.filter(story=story).update(place="", people="")

    with pytest.raises(StoryRefused, match="第 1 个.*地点、人物"):
        submit(story, writer)


def test_hidden_story_is_handed_in_again_once_consents_suffice(writer):
    story = consented(state=State.HIDDEN)

    submit(story, writer)

    assert Story.objects.get().state == State.SUBMITTED


def test_story_that_still_names_who_took_back_is_not_handed_in(writer):
    story = consented(state=State.HIDDEN, text="示例林阿婆\n天天送饭")
    ConsentFactory(
        story=story, subject="示例 林阿婆", withdrawn_at=timezone.now()
    )  # the number fits: people_shown was lowered

    with pytest.raises(StoryRefused, match="还写着本人"):
        submit(story, writer)

    update_story(story=story, values={"text": "天天送饭"}, by=writer)
    assert submit(story, writer).state == State.SUBMITTED


# Judged ---------------------------------------------------------------------


def test_publishing_shows_it_and_tells_who_wrote_it(writer, office):
    story = waiting(writer)

    publish(story, office)

    story.refresh_from_db()
    assert list(Story.objects.public()) == [story]
    assert story.published_at is not None
    assert Notification.objects.get().recipient == writer


def send_back(story, by):
    return return_story(story=story, reason="示例理由", by=by)


@pytest.mark.parametrize("judge", [publish, send_back])
def test_nobody_judges_what_they_handed_in(writer, judge):
    story = waiting(writer)

    with pytest.raises(StoryRefused, match="自己提交"):
        judge(story, writer)


def test_nobody_judges_what_they_handed_in_before_a_colleague_did(writer, office):
    story = submit(consented(created_by=writer), office)
    story = submit(send_back(story, UserFactory()), writer)

    with pytest.raises(StoryRefused, match="自己提交"):
        publish(story, office)


def test_publishing_looks_at_the_consents_again(writer, office):
    story = waiting(writer)
    story.consents.update(withdrawn_at=timezone.now())

    with pytest.raises(StoryRefused, match="还缺 1 份"):
        publish(story, office)


def test_draft_is_not_published(writer, office):
    with pytest.raises(StoryRefused, match="不在待审核"):
        publish(consented(), office)


def test_returned_story_carries_its_reason(writer, office):
    story = waiting(writer)

    return_story(story=story, reason="照片太暗", by=office)

    story.refresh_from_db()
    assert story.state == State.RETURNED
    assert AuditEntry.objects.latest("pk").reason == "照片太暗"
    assert "照片太暗" in Notification.objects.get().body


def test_return_without_a_reason_is_refused(writer, office):
    with pytest.raises(StoryRefused, match="理由"):
        return_story(story=waiting(writer), reason=" ", by=office)


def test_reason_that_names_somebody_shown_is_refused(writer, office):
    story = waiting(writer)
    ConsentFactory(story=story, subject="示例王阿姨")

    with pytest.raises(StoryRefused, match="不要写出现者的称呼"):
        return_story(story=story, reason="请把示例王阿姨的照片换掉", by=office)

    assert not AuditEntry.objects.exists()


# Taken down -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "state"),
    [(hide_story, State.HIDDEN), (withdraw_story, State.WITHDRAWN)],
    ids=["hide", "withdraw"],
)
def test_published_story_is_taken_down_for_a_reason(office, action, state):
    story = PublishedStoryFactory()

    action(story=story, reason="示例理由", by=office)

    story.refresh_from_db()
    assert story.state == state
    assert Notification.objects.get().recipient == story.created_by


def test_withdrawn_story_does_not_come_back(writer):
    story = consented(state=State.WITHDRAWN)

    with pytest.raises(MoveRefused):
        submit(story, writer)


def test_audit_lines_do_not_tell_the_title(writer, office):
    story = write(writer, title="示例林家的故事")
    update_story(story=story, values={"text": "示例新正文"}, by=writer)
    withdraw_story(story=story, reason="示例理由", by=office)

    said = str(list(AuditEntry.objects.values_list("target_name", "data")))
    assert "林家" not in said
