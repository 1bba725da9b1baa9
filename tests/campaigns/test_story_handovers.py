"""What mergers do to stories and to the counts of the convention."""

import pytest

from campaigns.models import Pledge, Story
from campaigns.queries.conventions import pledge_counts
from communities.actions.touched import what_is_touched
from communities.models import Community
from core.models import AuditEntry
from tests.communities.trees import MAY, Kind, change, committee
from tests.factories.communities import CommunityFactory
from tests.factories.stories import ConventionFactory, PledgeFactory, StoryFactory

pytestmark = pytest.mark.django_db

State = Story.State


@pytest.fixture
def old():
    return committee(name="旧党委")


@pytest.fixture
def new(old):
    return committee(old.parent, name="新党委")


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.HIDDEN]
)
def test_open_story_goes_to_the_successor(old, new, state):
    story = StoryFactory(organization=old, state=state)

    change(old, Kind.MERGE, successor=new.pk)

    story.refresh_from_db()
    assert (story.organization, story.state) == (new, state)
    assert AuditEntry.objects.filter(verb="campaigns.story_changed").count() == 1


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_story_that_is_done_keeps_the_old_name(old, new, state):
    story = StoryFactory(organization=old, state=state)

    change(old, Kind.MERGE, successor=new.pk)

    story.refresh_from_db()
    assert story.organization == old


def test_story_of_a_community_goes_to_its_successor():
    street = CommunityFactory().subdistrict
    here, there = CommunityFactory.create_batch(2, subdistrict=street)
    story = StoryFactory(community=here)

    change(here, Kind.MERGE, successor=there.pk)

    story.refresh_from_db()
    assert story.community == there


def test_preview_of_a_merger_names_no_title(old):
    StoryFactory(organization=old, title="示例林家的故事")

    groups = what_is_touched(old, on=MAY, to=None)

    [group] = [group for group in groups if group.name == "stories"]
    assert "林家" not in str(group)


def test_yeses_stay_as_said_and_count_under_the_successor():
    street = CommunityFactory().subdistrict
    here, there = CommunityFactory.create_batch(2, subdistrict=street)
    convention = ConventionFactory()
    PledgeFactory.create_batch(3, convention=convention, community=here)

    change(here, Kind.MERGE, successor=there.pk)

    assert set(Pledge.objects.values_list("community", flat=True)) == {here.pk}
    assert Community.objects.get(pk=here.pk).successor == there
    assert pledge_counts(convention).shown_in(there.pk)["persons"] == 3
