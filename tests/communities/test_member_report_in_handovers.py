"""A community or an organisation merges: report-ins and posts go on from the day."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Notification
from communities.actions.handovers.member_report_ins import (
    MEMBERS,
    MemberOrganizationHandover,
    MemberReportInHandover,
)
from communities.actions.handovers.posts import PostHandover
from communities.models import MemberReportIn, PostHolding, ServicePost
from communities.queries.member_report_ins import member_report_in_counts
from core.dates import day_text
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    OrganizationFactory,
    PostHoldingFactory,
    ServicePostFactory,
)

pytestmark = pytest.mark.django_db

State = MemberReportIn.State
DAY, DAY_BEFORE = date(2026, 6, 1), date(2026, 5, 31)


@pytest.fixture
def successor(db):
    return CommunityFactory(name="合并后社区")


def move(node, to, handover=None, keys=None):
    handover = handover or MemberReportInHandover()
    return handover.move(node, to, on=DAY, by=None, keys=keys)


def rows_of(user):
    rows = MemberReportIn.objects.filter(user=user).order_by("pk")
    return [(r.community, r.state, r.starts_on, r.ends_on) for r in rows]


# Report-ins -----------------------------------------------------------------


def test_active_one_goes_on_in_the_successor(community, successor):
    signer, signed_at = UserFactory(), datetime(2026, 1, 1, 4, tzinfo=UTC)
    held = MemberReportInFactory(
        community=community,
        signed=True,
        skills="水电",
        answered_by=signer,
        answered_at=signed_at,
    )

    assert move(community, successor) == 1

    assert rows_of(held.user) == [
        (community, State.TRANSFERRED, date(2026, 1, 1), DAY_BEFORE),
        (successor, State.ACTIVE, DAY, None),
    ]
    new = MemberReportIn.objects.get(community=successor)
    assert (new.answered_by, new.answered_at) == (signer, signed_at)
    assert new.skills == "水电"


def test_person_is_told_of_the_successor(community, successor):
    held = MemberReportInFactory(community=community, signed=True)

    move(community, successor)

    [told] = Notification.objects.all()
    assert (told.recipient, told.kind) == (held.user, "member_report_in_handed_over")
    assert "合并后社区" in told.title


def test_figures_before_the_day_stay_with_the_old_community(community, successor):
    MemberReportInFactory.create_batch(2, community=community, signed=True)

    move(community, successor)

    assert member_report_in_counts(DAY_BEFORE) == {community.pk: 2}
    assert member_report_in_counts(DAY) == {successor.pk: 2}


def test_one_signed_on_the_day_itself_just_moves(community, successor):
    held = MemberReportInFactory(community=community, state="active", starts_on=DAY)

    move(community, successor)

    assert rows_of(held.user) == [(successor, State.ACTIVE, DAY, None)]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
def test_waiting_one_waits_in_the_successor(state, community, successor):
    waiting = MemberReportInFactory(community=community, state=state)

    move(community, successor)

    assert rows_of(waiting.user) == [(successor, state, None, None)]


def test_past_one_stays_where_it_was(community, successor):
    past = MemberReportInFactory(
        community=community,
        state=State.ENDED,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 2, 1),
    )

    assert move(community, successor) == 0

    assert rows_of(past.user)[0][0] == community


def test_who_waited_for_the_successor_need_not_wait_any_more(community, successor):
    home = MemberReportInFactory(community=community, signed=True)
    MemberReportInFactory(user=home.user, community=successor)

    move(community, successor)

    ended = MemberReportIn.objects.get(user=home.user, state=State.ENDED)
    assert (ended.community, ended.starts_on) == (successor, None)
    assert MemberReportIn.objects.get(state=State.ACTIVE).community == successor


def test_split_that_leaves_members_moves_nobody(community, successor):
    held = MemberReportInFactory(community=community, signed=True)

    assert move(community, successor, keys=[]) == 0

    assert rows_of(held.user)[0][:2] == (community, State.ACTIVE)


def test_preview_counts_and_names_nobody(community, successor):
    held = MemberReportInFactory(community=community, signed=True)
    MemberReportInFactory(community=community)

    [shown] = MemberReportInHandover().held(community, on=DAY, to=successor)

    assert (shown.key, shown.text) == (MEMBERS, "1 人已报到，1 人待办理")
    assert shown.outcome == f"自{day_text(DAY)}起由合并后社区承接"
    assert str(held.user) not in f"{shown.text}{shown.outcome}{shown.url}"


def test_empty_community_has_nothing_to_preview(community, successor):
    assert MemberReportInHandover().held(community, on=DAY, to=successor) == []
    assert PostHandover().held(community, on=DAY, to=successor) == []


def test_live_ones_name_the_merged_organisation(community):
    old, new = OrganizationFactory(), OrganizationFactory()
    live = MemberReportInFactory(organization=old, signed=True)
    past = MemberReportInFactory(organization=old, state=State.ENDED)

    assert move(old, new, MemberOrganizationHandover()) == 1

    live.refresh_from_db()
    past.refresh_from_db()
    assert (live.organization, past.organization) == (new, old)


def test_each_moved_row_leaves_an_audit_line_without_names(community, successor):
    held = MemberReportInFactory(community=community, signed=True)
    MemberReportInFactory(community=community)

    move(community, successor)

    lines = AuditEntry.objects.filter(target_type="communities.MemberReportIn")
    assert sorted(lines.values_list("verb", flat=True)) == [
        "communities.member_report_in_active",
        "communities.member_report_in_changed",
        "communities.member_report_in_transferred",
    ]
    assert all(str(held.user) not in f"{x.target_name}{x.data}" for x in lines)


# Posts ----------------------------------------------------------------------


def test_held_post_goes_on_with_its_holders(community, successor):
    post = ServicePostFactory(community=community, title="楼道长", places=3)
    held = PostHoldingFactory(post=post, starts_on=date(2026, 3, 1))

    assert move(community, successor, PostHandover()) == 1

    new = ServicePost.objects.get(community=successor)
    post.refresh_from_db()
    assert (new.title, new.state, new.taken, new.places) == (
        "楼道长",
        "published",
        1,
        3,
    )
    assert new.published_at == post.published_at
    assert (post.community, post.state, post.taken) == (community, "closed", 0)
    rows = PostHolding.objects.filter(user=held.user).order_by("pk")
    assert [(row.post, row.starts_on, row.ends_on) for row in rows] == [
        (post, date(2026, 3, 1), DAY_BEFORE),
        (new, DAY, None),
    ]


def test_holding_of_the_day_itself_just_moves(community, successor):
    post = ServicePostFactory(community=community)
    PostHoldingFactory(post=post, starts_on=DAY)

    move(community, successor, PostHandover())

    [row] = PostHolding.objects.all()
    assert (row.post.community, row.ended_at) == (successor, None)


def test_draft_moves_and_closed_post_stays(community, successor):
    draft = ServicePostFactory(community=community, state="draft", published_at=None)
    closed = ServicePostFactory(community=community, state="closed")

    move(community, successor, PostHandover())

    draft.refresh_from_db()
    closed.refresh_from_db()
    assert (draft.community, draft.state) == (successor, "draft")
    assert closed.community == community
    assert ServicePost.objects.count() == 2


def test_only_the_named_posts_go(community, successor):
    goes, stays = ServicePostFactory.create_batch(2, community=community)

    assert move(community, successor, PostHandover(), keys=[str(goes.pk)]) == 1

    stays.refresh_from_db()
    assert (stays.community, stays.state) == (community, "published")


@pytest.mark.parametrize("posts_first", [True, False])
def test_wish_for_a_post_follows_it(posts_first, community, successor):
    post = ServicePostFactory(community=community)
    report_in = MemberReportInFactory(community=community, signed=True)
    report_in.posts.add(post)
    handovers = [PostHandover(), MemberReportInHandover()]

    for handover in handovers if posts_first else reversed(handovers):
        move(community, successor, handover)

    live = MemberReportIn.objects.get(user=report_in.user, state=State.ACTIVE)
    assert ServicePost.objects.get(community=successor) in live.posts.all()
