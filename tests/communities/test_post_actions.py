"""Service posts: draft, publish, change, close, take and give up."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notification, User
from communities.actions.posts import (
    close_post,
    create_post,
    leave_post,
    publish_post,
    take_post,
    update_post,
)
from communities.models import MemberReportIn, Organization, PostHolding, ServicePost
from communities.queries.posts import PostRefused, post_refusal
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    OrganizationFactory,
    PairingFactory,
    PostHoldingFactory,
    ServicePostFactory,
)

pytestmark = pytest.mark.django_db

State = ServicePost.State
NOON = datetime(2026, 5, 6, 12, tzinfo=timezone.get_default_timezone())
FIRST_DAYS = timedelta(days=7)


@pytest.fixture
def fresh():
    """A post of a moment ago: only those who come first may take it."""
    return ServicePostFactory(published_at=NOON)


def take(post, user, now=NOON):
    return take_post(post=post, user=user, now=now)


def taken(post):
    post.refresh_from_db()
    return post.taken


def draft(community, **values):
    values = {"title": "楼道长", "duties": "巡查楼道", "places": 1, **values}
    return ServicePost(community=community, **values)


def reason_against(post, user, now=NOON):
    refusal = post_refusal(post, user, now=now)
    return refusal.code if refusal else None


# Keeping posts --------------------------------------------------------------


def test_new_post_is_a_draft_of_its_maker(community, stranger):
    post = create_post(post=draft(community), by=stranger, now=NOON)

    assert (post.state, post.created_by) == (State.DRAFT, stranger)
    assert AuditEntry.objects.get().verb == "communities.service_post_created"


def test_same_form_sent_twice_makes_one_draft(community, stranger):
    now = timezone.now()
    first = create_post(post=draft(community), by=stranger, now=now)

    second = create_post(post=draft(community), by=stranger, now=now)

    assert second == first
    assert ServicePost.objects.count() == 1


def test_another_post_of_that_moment_is_a_draft_of_its_own(community, stranger):
    now = timezone.now()
    create_post(post=draft(community), by=stranger, now=now)

    create_post(post=draft(community, places=2), by=stranger, now=now)

    assert ServicePost.objects.count() == 2


def test_community_that_ended_gets_no_post(stranger):
    gone = CommunityFactory(ends_on=NOON.date() - timedelta(days=1))

    with pytest.raises(PostRefused) as refused:
        create_post(post=draft(gone), by=stranger, now=NOON)

    assert refused.value.code == "community_ended"


def test_publishing_starts_the_days_of_the_paired(stranger):
    post = ServicePostFactory(state=State.DRAFT, published_at=None)

    publish_post(post=post, by=stranger, now=NOON)

    post.refresh_from_db()
    assert (post.state, post.published_at) == (State.PUBLISHED, NOON)
    assert post.opens_to_all_at == NOON + FIRST_DAYS


def test_publishing_twice_keeps_the_first_moment(stranger):
    post = ServicePostFactory(published_at=NOON)

    publish_post(post=post, by=stranger, now=NOON + FIRST_DAYS)

    post.refresh_from_db()
    assert post.published_at == NOON


def test_closed_post_is_not_published_again(stranger):
    post = ServicePostFactory(state=State.CLOSED)

    with pytest.raises(MoveRefused):
        publish_post(post=post, by=stranger, now=NOON)


def test_change_saves_what_was_changed_only(stranger):
    post = ServicePostFactory(title="旧名")
    ServicePost.objects.filter(pk=post.pk).update(times="周末")

    update_post(post=post, values={"title": "新名"}, by=stranger)

    post.refresh_from_db()
    assert (post.title, post.times) == ("新名", "周末")


def test_places_are_not_lowered_below_those_held(stranger):
    post = ServicePostFactory(places=3)
    PostHoldingFactory.create_batch(2, post=post)

    with pytest.raises(PostRefused, match="2 人认领") as refused:
        update_post(post=post, values={"places": 1}, by=stranger)

    assert refused.value.code == "held"


def test_closed_post_is_not_changed(stranger):
    post = ServicePostFactory(state=State.CLOSED)

    with pytest.raises(PostRefused):
        update_post(post=post, values={"title": "新名"}, by=stranger)


def test_closing_ends_what_is_held_and_tells_the_holders(stranger):
    post = ServicePostFactory()
    holding = PostHoldingFactory(post=post, starts_on=NOON.date())

    close_post(post=post, by=stranger, now=NOON)

    holding.refresh_from_db()
    assert (holding.ended_at, holding.ends_on) == (NOON, NOON.date())
    assert (taken(post), post.state) == (0, State.CLOSED)
    assert Notification.objects.get().recipient == holding.user


# Taking and giving up -------------------------------------------------------


def test_post_open_to_all_is_taken(stranger):
    post = ServicePostFactory()

    holding = take(post, stranger)

    assert (holding.user, holding.starts_on) == (stranger, NOON.date())
    assert taken(post) == 1


def test_audit_line_of_a_holding_does_not_name_the_person(stranger):
    take(ServicePostFactory(), stranger)

    line = AuditEntry.objects.get(verb="communities.post_holding_created")
    assert str(stranger) not in line.target_name + str(line.data)


def test_full_post_is_refused(stranger):
    post = ServicePostFactory(places=1)
    PostHoldingFactory(post=post)

    with pytest.raises(PostRefused) as refused:
        take(post, stranger)

    assert refused.value.code == "full"
    assert taken(post) == 1


def test_second_taking_is_refused(stranger):
    post = ServicePostFactory()
    take(post, stranger)

    with pytest.raises(PostRefused) as refused:
        take(post, stranger)

    assert refused.value.code == "already_held"
    assert taken(post) == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED])
def test_post_that_is_not_open_is_refused(state, stranger):
    assert reason_against(ServicePostFactory(state=state), stranger) == "closed"


def test_minor_is_refused_a_post():
    minor = UserFactory(age_band=User.AgeBand.MINOR)

    assert reason_against(ServicePostFactory(), minor) == "minor"


def test_stranger_waits_until_the_first_days_are_over(fresh, stranger):
    just_before = NOON + FIRST_DAYS - timedelta(seconds=1)

    with pytest.raises(PostRefused, match="2026年5月13日 12:00") as refused:
        take(fresh, stranger, now=just_before)

    assert refused.value.code == "not_open_yet"


def test_stranger_takes_it_when_the_first_days_are_over(fresh, stranger):
    take(fresh, stranger, now=NOON + FIRST_DAYS)

    assert taken(fresh) == 1


def test_who_reported_in_here_comes_first(fresh, stranger):
    MemberReportInFactory(user=stranger, community=fresh.community, signed=True)

    assert reason_against(fresh, stranger) is None


def test_who_only_waits_to_be_signed_does_not_come_first(fresh, stranger):
    MemberReportInFactory(user=stranger, community=fresh.community)

    assert reason_against(fresh, stranger) == "not_open_yet"


def test_who_moved_away_does_not_come_first(fresh, stranger):
    MemberReportInFactory(
        user=stranger,
        community=fresh.community,
        signed=True,
        state=MemberReportIn.State.TRANSFERRED,
    )

    assert reason_against(fresh, stranger) == "not_open_yet"


def test_member_of_a_paired_unit_comes_first(fresh, stranger):
    committee = OrganizationFactory(
        kind=Organization.Kind.COMMITTEE, unit_name="示例局"
    )
    branch = OrganizationFactory(parent=committee, unit_name="示例局")
    PairingFactory(organization=committee, community=fresh.community)
    MemberReportInFactory(user=stranger, organization=branch, signed=True)

    assert reason_against(fresh, stranger) is None


def test_member_of_a_unit_paired_until_yesterday_does_not(fresh, stranger):
    branch = OrganizationFactory()
    PairingFactory(
        organization=branch,
        community=fresh.community,
        ends_on=NOON.date() - timedelta(days=1),
    )
    MemberReportInFactory(user=stranger, organization=branch, signed=True)

    assert reason_against(fresh, stranger) == "not_open_yet"


def test_giving_up_frees_the_place(stranger):
    post = ServicePostFactory(places=1)
    held = take(post, stranger)

    leave_post(post=post, user=stranger, now=NOON + FIRST_DAYS)

    held.refresh_from_db()
    assert (taken(post), held.ends_on) == (0, (NOON + FIRST_DAYS).date())
    assert reason_against(post, UserFactory()) is None


def test_who_gave_up_may_take_it_again_the_same_day(stranger):
    post = ServicePostFactory()
    take(post, stranger)
    leave_post(post=post, user=stranger, now=NOON)

    take(post, stranger)

    assert taken(post) == 1
    assert PostHolding.objects.filter(user=stranger).count() == 2


def test_who_holds_nothing_gives_nothing_up(stranger):
    post = ServicePostFactory()
    PostHoldingFactory(post=post)

    with pytest.raises(PostRefused) as refused:
        leave_post(post=post, user=stranger, now=NOON)

    assert refused.value.code == "not_held"
    assert taken(post) == 1


def test_database_refuses_more_holders_than_places():
    post = ServicePostFactory(places=1, taken=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        ServicePost.objects.filter(pk=post.pk).update(taken=2)
