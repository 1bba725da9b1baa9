"""The civic convention: one version in force, people's yes to it, counts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from campaigns.actions.conventions import (
    ConventionRefused,
    PledgeRefused,
    draft_convention,
    pledge,
    publish_convention,
    update_convention,
    withdraw_pledge,
)
from campaigns.models import Convention, Pledge
from campaigns.queries.conventions import (
    current_convention,
    likely_community,
    pledge_counts,
)
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, MemberReportInFactory
from tests.factories.stories import ConventionFactory, PledgeFactory

pytestmark = pytest.mark.django_db

State = Convention.State


@pytest.fixture
def office():
    return UserFactory()


def publish(convention, by):
    return publish_convention(convention=convention, by=by, now=timezone.now())


def say_yes(user, convention, community=None, **values):
    return pledge(
        user=user,
        number=convention.number,
        community=community or CommunityFactory(),
        is_household=values.get("is_household", False),
    )


# Versions -------------------------------------------------------------------


def test_draft_gets_the_next_number(office):
    ConventionFactory(number=4)

    drafted = draft_convention(title="示例公约", text="示例条文", by=office)

    assert (drafted.number, drafted.state) == (5, State.DRAFT)


def test_second_draft_is_refused(office):
    draft_convention(title="示例公约", text="示例条文", by=office)

    with pytest.raises(ConventionRefused, match="已有一份草稿"):
        draft_convention(title="示例公约", text="示例条文", by=office)


def test_published_version_is_not_changed(office):
    with pytest.raises(ConventionRefused, match="不能再修改"):
        update_convention(
            convention=ConventionFactory(), values={"text": "示例新条文"}, by=office
        )


def test_publishing_supersedes_the_version_before(office):
    before = ConventionFactory()
    draft = ConventionFactory(state=State.DRAFT, published_at=None)

    publish(draft, office)

    before.refresh_from_db()
    assert (current_convention(), before.state) == (draft, State.SUPERSEDED)


def test_superseded_version_is_not_published_again(office):
    old = ConventionFactory(state=State.SUPERSEDED)
    ConventionFactory()

    with pytest.raises(MoveRefused):
        publish(old, office)

    assert current_convention() != old


def test_database_takes_one_version_in_force():
    ConventionFactory()

    with pytest.raises(IntegrityError):
        ConventionFactory()


# Saying yes -----------------------------------------------------------------


def test_yes_is_said_once_for_oneself_and_once_for_the_household():
    user, convention = UserFactory(), ConventionFactory()

    first = say_yes(user, convention)
    again = say_yes(user, convention)
    say_yes(user, convention, is_household=True)

    assert first == again
    assert sorted(Pledge.objects.values_list("is_household", flat=True)) == [
        False,
        True,
    ]


def test_yes_to_a_version_no_longer_in_force_is_refused():
    old = ConventionFactory(state=State.SUPERSEDED)
    ConventionFactory()

    with pytest.raises(PledgeRefused, match="刚刚更新"):
        say_yes(UserFactory(), old)


def test_yes_in_a_community_that_ended_is_refused():
    over = CommunityFactory(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PledgeRefused, match="已终止"):
        say_yes(UserFactory(), ConventionFactory(), over)


def test_yes_taken_back_may_be_said_again():
    user, convention = UserFactory(), ConventionFactory()
    withdraw_pledge(pledge=say_yes(user, convention), now=timezone.now())

    say_yes(user, convention)

    assert Pledge.objects.filter(withdrawn_at=None).count() == 1
    assert Pledge.objects.count() == 2


def test_yes_is_taken_back_once_only():
    held = PledgeFactory()
    withdraw_pledge(pledge=held, now=timezone.now())
    before = Pledge.objects.get().withdrawn_at

    withdraw_pledge(pledge=held, now=timezone.now())

    assert Pledge.objects.get().withdrawn_at == before
    assert AuditEntry.objects.count() == 1


def test_audit_lines_name_nobody_who_said_yes():
    user = UserFactory(display_name="示例林某某")
    held = say_yes(user, ConventionFactory())
    withdraw_pledge(pledge=held, now=timezone.now())

    lines = AuditEntry.objects.values_list("verb", "actor_id", "actor_name")
    assert list(lines.order_by("pk")) == [
        ("campaigns.pledge_created", None, "系统"),
        ("campaigns.pledge_withdrawn", None, "系统"),
    ]


# Counts ---------------------------------------------------------------------


def test_only_live_yeses_to_the_version_are_counted():
    now = ConventionFactory()
    old = ConventionFactory(state=State.SUPERSEDED)
    here = CommunityFactory()
    PledgeFactory.create_batch(4, convention=now, community=here)
    PledgeFactory.create_batch(3, convention=now, community=here, is_household=True)
    PledgeFactory(convention=now, community=here, withdrawn_at=timezone.now())
    PledgeFactory.create_batch(5, convention=old, community=here)

    counts = pledge_counts(now)

    assert counts.shown_in(here.pk) == {"persons": 4, "households": 3}
    assert (counts.persons, counts.households) == (4, 3)
    assert pledge_counts(old).persons == 5


def test_merged_community_counts_under_its_successor():
    heir = CommunityFactory()
    merged = CommunityFactory(successor=heir, ends_on=timezone.localdate())
    convention = ConventionFactory()
    PledgeFactory.create_batch(2, convention=convention, community=merged)
    PledgeFactory(convention=convention, community=heir)

    counts = pledge_counts(convention)

    assert counts.shown_in(heir.pk)["persons"] == 3
    assert merged.pk not in counts.by_community


@pytest.mark.parametrize("number", [0, 1, 2])
def test_fewer_than_three_are_not_shown(number):
    convention, here = ConventionFactory(), CommunityFactory()
    PledgeFactory.create_batch(number, convention=convention, community=here)

    assert pledge_counts(convention).shown_in(here.pk)["persons"] is None


def test_district_does_not_give_away_what_a_community_hides():
    convention, here = ConventionFactory(), CommunityFactory()
    PledgeFactory.create_batch(5, convention=convention, community=here)
    PledgeFactory.create_batch(2, convention=convention)

    assert pledge_counts(convention).persons == 5


def test_district_counts_small_communities_once_they_are_several():
    convention, here = ConventionFactory(), CommunityFactory()
    PledgeFactory.create_batch(5, convention=convention, community=here)
    PledgeFactory.create_batch(3, convention=convention)

    assert pledge_counts(convention).persons == 8


def test_counts_take_two_queries_however_many(django_assert_num_queries):
    convention = ConventionFactory()
    PledgeFactory.create_batch(3, convention=convention)

    with django_assert_num_queries(2):
        pledge_counts(convention)


# Where one lives ------------------------------------------------------------


def test_home_community_is_proposed_before_that_of_the_last_yes():
    user = UserFactory()
    PledgeFactory(user=user)
    home = MemberReportInFactory(user=user, signed=True).community

    assert likely_community(user) == home


def test_community_that_ended_is_not_proposed():
    over = CommunityFactory(ends_on=timezone.localdate() - timedelta(days=1))
    held = PledgeFactory(community=over)

    assert likely_community(held.user) is None
