"""Posts, terms and links of leading teams: what may be written, and what not."""

from datetime import date

import pytest

from communities.actions.leader_links import end_link, link_leader
from communities.actions.leader_rows import LeaderRefused
from communities.actions.leaders import add_post, appoint_leader, end_post, end_term
from communities.models import (
    Leader,
    LeaderLink,
    LeaderTerm,
    LeadingPost,
    Organization,
)
from core.models import AuditEntry
from tests.factories.communities import CommunityFactory, OrganizationFactory
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)

pytestmark = pytest.mark.django_db

FIRST, LATER, LAST = date(2026, 1, 1), date(2026, 5, 1), date(2026, 4, 30)
SLOT = LeaderLink.Slot


def periods(rows):
    return sorted(rows.values_list("starts_on", "ends_on"))


def verbs():
    return [line.verb for line in AuditEntry.objects.order_by("pk")][-2:]


# Posts ----------------------------------------------------------------------


def test_post_is_added_and_vacant():
    organization = OrganizationFactory()

    post = add_post(
        organization=organization, title="局长", rank=1, starts_on=FIRST, by=None
    )

    assert (post.organization, post.title, post.starts_on) == (
        organization,
        "局长",
        FIRST,
    )
    assert not post.terms.exists()
    assert verbs()[-1] == "communities.leading_post_created"


def test_post_of_a_title_that_stands_is_refused():
    post = LeadingPostFactory(title="局长")

    with pytest.raises(LeaderRefused, match="已有“局长”"):
        add_post(organization=post.organization, title="局长", starts_on=FIRST, by=None)


def test_post_of_a_title_that_has_ended_may_come_back():
    old = LeadingPostFactory(title="局长", ends_on=LAST)

    add_post(organization=old.organization, title="局长", starts_on=LATER, by=None)

    assert periods(LeadingPost.objects) == [(FIRST, LAST), (LATER, None)]


def test_post_of_a_merged_unit_is_refused():
    organization = OrganizationFactory()
    Organization.objects.filter(pk=organization.pk).update(state="dissolved")

    with pytest.raises(LeaderRefused, match="已合并或撤销"):
        add_post(organization=organization, title="局长", starts_on=FIRST, by=None)


def test_post_that_is_vacant_ends():
    post = LeaderTermFactory(ends_on=LAST).post

    end_post(post=post, last_day=LAST, by=None)

    post.refresh_from_db()
    assert post.ends_on == LAST


def test_post_that_is_held_does_not_end():
    post = LeaderTermFactory().post

    with pytest.raises(LeaderRefused, match="先办理离任"):
        end_post(post=post, last_day=LAST, by=None)


@pytest.mark.parametrize("last_day", [date(2025, 12, 31), LATER])
def test_post_does_not_end_before_it_began_nor_a_second_time_later(last_day):
    post = LeadingPostFactory(ends_on=LAST)

    with pytest.raises(LeaderRefused):
        end_post(post=post, last_day=last_day, by=None)


# Terms ----------------------------------------------------------------------


def test_new_person_is_appointed_by_name():
    post = LeadingPostFactory()

    term = appoint_leader(post=post, name="某甲", starts_on=FIRST, by=None)

    assert (term.leader.name, term.leader.organization) == ("某甲", post.organization)
    assert verbs() == ["communities.leader_created", "communities.leader_term_created"]


def test_person_known_already_is_appointed_and_stays_one():
    leader = LeaderFactory()

    for post in LeadingPostFactory.create_batch(2):
        appoint_leader(post=post, leader=leader, starts_on=FIRST, by=None)

    assert Leader.objects.count() == 1
    assert leader.terms.count() == 2


def test_name_the_unit_knows_is_refused():
    leader = LeaderFactory(name="某甲")
    post = LeadingPostFactory(organization=leader.organization)

    with pytest.raises(LeaderRefused, match="已登记过某甲"):
        appoint_leader(post=post, name="某甲", starts_on=FIRST, by=None)


def test_appointment_of_nobody_is_refused():
    with pytest.raises(LeaderRefused, match="请选择"):
        appoint_leader(post=LeadingPostFactory(), starts_on=FIRST, by=None)


def test_post_that_is_held_is_not_given_twice():
    post = LeaderTermFactory().post

    with pytest.raises(LeaderRefused, match="2026年1月1日.*请先结束"):
        appoint_leader(post=post, leader=LeaderFactory(), starts_on=LATER, by=None)

    assert periods(LeaderTerm.objects) == [(FIRST, None)]


def test_previous_holder_leaves_the_day_before_when_asked():
    post = LeaderTermFactory().post

    appoint_leader(
        post=post,
        leader=LeaderFactory(),
        starts_on=LATER,
        ends_previous=True,
        by=None,
    )

    assert periods(LeaderTerm.objects) == [(FIRST, LAST), (LATER, None)]
    assert "communities.leader_term_ended" in verbs()


def test_holder_of_the_same_first_day_was_a_mistake_and_is_replaced():
    held = LeaderTermFactory()
    right = LeaderFactory()

    appoint_leader(
        post=held.post, leader=right, starts_on=FIRST, ends_previous=True, by=None
    )

    assert [term.leader for term in LeaderTerm.objects.all()] == [right]
    assert verbs()[-1] == "communities.leader_term_changed"


def test_earlier_term_is_entered_where_nothing_overlaps():
    held = LeaderTermFactory(starts_on=LATER, post__starts_on=FIRST)

    appoint_leader(
        post=held.post,
        leader=LeaderFactory(),
        starts_on=FIRST,
        ends_on=LAST,
        by=None,
    )

    assert periods(LeaderTerm.objects) == [(FIRST, LAST), (LATER, None)]


@pytest.mark.parametrize("ends_on", [None, LATER])
def test_earlier_term_that_reaches_into_the_next_is_refused(ends_on):
    held = LeaderTermFactory(starts_on=LATER, post__starts_on=FIRST)

    with pytest.raises(LeaderRefused, match="最后一天填在这之前"):
        appoint_leader(
            post=held.post,
            leader=LeaderFactory(),
            starts_on=FIRST,
            ends_on=ends_on,
            ends_previous=True,
            by=None,
        )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2025, 12, 31), LAST, "才设立"),
        (FIRST, None, "不再设置"),
        (FIRST, LATER, "不再设置"),
        (LAST, FIRST, "不能早于"),
    ],
)
def test_term_outside_its_post_is_refused(starts_on, ends_on, words):
    post = LeadingPostFactory(ends_on=LAST)

    with pytest.raises(LeaderRefused, match=words):
        appoint_leader(
            post=post, name="某甲", starts_on=starts_on, ends_on=ends_on, by=None
        )


def test_term_ends_and_the_links_stay():
    term = LeaderTermFactory()
    link = LeaderLinkFactory(leader=term.leader)

    end_term(term=term, last_day=LAST, by=None)

    term.refresh_from_db()
    link.refresh_from_db()
    assert (term.ends_on, link.ends_on) == (LAST, None)


def test_term_that_ended_is_only_shortened():
    term = LeaderTermFactory(ends_on=LAST)

    with pytest.raises(LeaderRefused, match="只能改得更早"):
        end_term(term=term, last_day=LATER, by=None)


# Links ----------------------------------------------------------------------


def test_leader_is_linked_to_a_community_and_a_place():
    leader, community = LeaderFactory(), CommunityFactory(name="湖内社区")

    link_leader(
        leader=leader,
        slot=SLOT.COMMUNITY,
        community=community,
        starts_on=FIRST,
        by=None,
    )
    link_leader(
        leader=leader, slot=SLOT.SECOND, label="中山路", starts_on=FIRST, by=None
    )

    assert [link.target_name for link in leader.links.order_by("slot")] == [
        "湖内社区",
        "中山路",
    ]


def test_new_link_ends_the_one_before_the_day_before():
    old = LeaderLinkFactory()

    link_leader(
        leader=old.leader,
        slot=old.slot,
        community=CommunityFactory(),
        starts_on=LATER,
        by=None,
    )

    assert periods(LeaderLink.objects) == [(FIRST, LAST), (LATER, None)]


def test_link_of_the_same_first_day_was_a_mistake_and_gets_the_target():
    old, right = LeaderLinkFactory(), CommunityFactory()

    link_leader(
        leader=old.leader, slot=old.slot, community=right, starts_on=FIRST, by=None
    )

    assert [link.community for link in LeaderLink.objects.all()] == [right]
    line = AuditEntry.objects.order_by("pk").last()
    assert (line.verb, line.data["before"]) == (
        "communities.leader_link_changed",
        str(old),
    )


def test_link_inside_a_past_one_is_refused_and_changes_nothing():
    old = LeaderLinkFactory(ends_on=LATER)

    with pytest.raises(LeaderRefused, match="请先结束它或另选日期"):
        link_leader(
            leader=old.leader,
            slot=old.slot,
            community=CommunityFactory(),
            starts_on=LAST,
            by=None,
        )

    assert periods(LeaderLink.objects) == [(FIRST, LATER)]


def test_link_before_a_later_one_needs_an_end():
    later = LeaderLinkFactory(starts_on=LATER)
    values = {
        "leader": later.leader,
        "slot": later.slot,
        "community": CommunityFactory(),
        "starts_on": FIRST,
        "by": None,
    }

    with pytest.raises(LeaderRefused, match="最后一天填在这之前"):
        link_leader(**values)
    link_leader(**values, ends_on=LAST)

    assert periods(LeaderLink.objects) == [(FIRST, LAST), (LATER, None)]


@pytest.mark.parametrize(
    ("slot", "words"), [("community", "请选择挂钩的社区"), ("second", "或填写")]
)
def test_link_without_a_target_is_refused(slot, words):
    with pytest.raises(LeaderRefused, match=words):
        link_leader(leader=LeaderFactory(), slot=slot, starts_on=FIRST, by=None)


def test_both_links_to_one_community_are_refused():
    held = LeaderLinkFactory()

    with pytest.raises(LeaderRefused, match="不能相同"):
        link_leader(
            leader=held.leader,
            slot=SLOT.SECOND,
            community=held.community,
            starts_on=LATER,
            by=None,
        )


def test_link_to_a_community_that_had_ended_is_refused():
    community = CommunityFactory(ends_on=LAST)

    with pytest.raises(LeaderRefused, match="已于2026年4月30日"):
        link_leader(
            leader=LeaderFactory(),
            slot=SLOT.COMMUNITY,
            community=community,
            starts_on=LATER,
            by=None,
        )


def test_link_ends():
    link = LeaderLinkFactory()

    end_link(link=link, last_day=LAST, by=None)

    assert periods(LeaderLink.objects) == [(FIRST, LAST)]
