"""Leading teams and links when units or communities merge or split."""

from datetime import date, timedelta

import pytest

from communities.actions.handovers.leaders import (
    LeaderLinkHandover,
    LeadingTeamHandover,
)
from communities.actions.leaders import appoint_leader
from communities.models import LeaderLink, LeaderTerm, LeadingPost, RegisterChange
from communities.queries.leader_teams import stray_links
from communities.queries.leaders import district_coverage
from tests.communities.trees import change, committee
from tests.factories.agreements import AgreementFactory, MeetingActionFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory
from tests.factories.leaders import (
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)

pytestmark = pytest.mark.django_db

FIRST, ON, LAST = date(2026, 1, 1), date(2026, 5, 1), date(2026, 4, 30)
LATER = date(2026, 7, 1)
TEAM, LINKS = LeadingTeamHandover(), LeaderLinkHandover()


@pytest.fixture
def units():
    old = OrganizationFactory(unit_name="旧局")
    return old, OrganizationFactory(unit_name="新局", parent=old.parent)


def rows(queryset, *fields):
    return sorted(queryset.values_list(*fields, "starts_on", "ends_on"))


def seats():
    return rows(LeaderTerm.objects, "post__organization__unit_name", "post__title")


def test_merge_ends_posts_and_terms_the_day_before(units):
    old, new = units
    LeaderTermFactory(post__organization=old, post__title="局长")

    count = TEAM.move(old, new, on=ON, by=None)

    assert count == 1
    assert seats() == [("旧局", "局长", FIRST, LAST)]
    assert rows(LeadingPost.objects, "title") == [("局长", FIRST, LAST)]


def test_merge_leaves_no_one_counted_until_appointed_anew(units):
    old, new = units
    term = LeaderTermFactory(post__organization=old)
    for slot in LeaderLink.Slot:
        LeaderLinkFactory(leader=term.leader, slot=slot)
    TEAM.move(old, new, on=ON, by=None)
    post = LeadingPostFactory(organization=new)

    between = district_coverage(ON)
    stray = [link.leader for link in stray_links(old, day=ON)]
    appoint_leader(post=post, leader=term.leader, starts_on=ON, by=None)
    after = district_coverage(ON)

    assert (between.leaders, between.vacant) == (0, 1)
    assert stray == [term.leader, term.leader]
    assert (after.leaders, after.linked_twice) == (1, 1)
    assert district_coverage(LAST).linked_twice == 1


def test_merge_takes_planned_terms_along(units):
    old, new = units
    LeadingPostFactory(organization=new, title="局长")
    post = LeadingPostFactory(organization=old, title="局长")
    LeaderTermFactory(post=post, ends_on=date(2026, 6, 30))
    LeaderTermFactory(post=post, starts_on=LATER)

    TEAM.move(old, new, on=ON, by=None)

    assert seats() == [
        ("新局", "局长（原旧局）", LATER, None),
        ("旧局", "局长", FIRST, LAST),
    ]


def test_merge_takes_a_post_of_later_as_it_is(units):
    old, new = units
    LeaderTermFactory(
        post__organization=old,
        post__title="局长",
        post__starts_on=LATER,
        starts_on=LATER,
    )

    TEAM.move(old, new, on=ON, by=None)

    assert seats() == [("新局", "局长", LATER, None)]


def test_merge_leaves_what_had_ended(units):
    old, new = units
    LeaderTermFactory(
        post__organization=old, post__title="局长", post__ends_on=LAST, ends_on=LAST
    )

    assert TEAM.move(old, new, on=ON, by=None) == 0
    assert seats() == [("旧局", "局长", FIRST, LAST)]
    assert TEAM.kept(old, on=ON) == 1


def test_split_gives_the_chosen_post_with_its_holder(units):
    old, new = units
    chosen = LeaderTermFactory(post__organization=old, post__title="副局长")
    LeaderTermFactory(post__organization=old, post__title="局长")

    TEAM.move(old, new, on=ON, by=None, keys={str(chosen.post.pk)})

    assert seats() == [
        ("新局", "副局长", ON, None),
        ("旧局", "副局长", FIRST, LAST),
        ("旧局", "局长", FIRST, None),
    ]


def test_wizard_lists_posts_with_their_holders(units):
    old, new = units
    LeaderTermFactory(post__organization=old, post__title="局长", leader__name="某甲")
    LeadingPostFactory(organization=old, title="副局长", rank=2)

    held = TEAM.held(old, on=ON, to=new)

    assert [row.text for row in held] == ["局长（某甲）", "副局长（空缺）"]
    assert "在新局重新登记" in held[0].outcome


def test_links_go_to_the_successor_from_the_day(db):
    old, new = CommunityFactory(name="旧社区"), CommunityFactory(name="新社区")
    LeaderLinkFactory(community=old)
    LeaderLinkFactory(community=old, starts_on=LATER)
    LeaderLinkFactory(community=old, ends_on=LAST)

    count = LINKS.move(old, new, on=ON, by=None)

    assert count == 2
    assert rows(LeaderLink.objects.filter(community=new), "slot") == [
        ("community", ON, None),
        ("community", LATER, None),
    ]
    assert rows(LeaderLink.objects.filter(community=old), "slot") == [
        ("community", FIRST, LAST),
        ("community", FIRST, LAST),
    ]


def test_link_whose_other_is_the_successor_already_ends():
    old, new = CommunityFactory(), CommunityFactory()
    link = LeaderLinkFactory(community=old)
    LeaderLinkFactory(leader=link.leader, slot="second", community=new)

    [held] = LINKS.held(old, on=ON, to=new)
    LINKS.move(old, new, on=ON, by=None)

    assert "另一挂钩点已是" in held.outcome
    assert rows(link.leader.links, "slot") == [
        ("community", FIRST, LAST),
        ("second", FIRST, None),
    ]


def test_only_the_chosen_links_go_when_a_community_splits():
    old, new = CommunityFactory(), CommunityFactory()
    chosen, stays = LeaderLinkFactory.create_batch(2, community=old)

    LINKS.move(old, new, on=ON, by=None, keys={str(chosen.pk)})

    stays.refresh_from_db()
    assert (stays.community, stays.ends_on) == (old, None)
    assert rows(new.leader_links, "leader") == [(chosen.leader_id, ON, None)]


def test_merge_of_units_hands_over_team_agreement_and_actions():
    old = committee(name="旧党委", unit_name="旧单位")
    new = committee(old.parent, name="新党委", unit_name="新单位")
    term = LeaderTermFactory(post__organization=old)
    agreement = AgreementFactory(organization=old)
    action = MeetingActionFactory(owner=old)

    done = change(old, RegisterChange.Kind.MERGE, successor=new.pk)

    term.refresh_from_db()
    action.refresh_from_db()
    assert term.ends_on == done.effective_on - timedelta(days=1)
    assert agreement.renewal.organization == new
    assert action.owner == new
    moved = {"leaders": 1, "agreements": 1, "meeting_actions": 1}
    assert moved.items() <= done.details["moved"].items()
