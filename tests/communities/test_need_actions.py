"""A community drafts, publishes, changes, withdraws and confirms needs."""

import pytest
from django.utils import timezone

from accounts.models import Notification
from communities.actions.need_claims import deliver_claim
from communities.actions.needs import (
    NeedRefused,
    confirm_need,
    create_need,
    expire_due_needs,
    publish_need,
    start_need,
    update_need,
    withdraw_need,
)
from communities.models import Need
from communities.tasks import expire_needs
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.communities.needs import claim, community_official, days, paired_unit
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.needs import NeedClaimFactory, NeedFactory, PublishedNeedFactory

pytestmark = pytest.mark.django_db
State = Need.State


def today():
    return timezone.localdate()


def publish(need):
    return publish_need(
        need=need,
        by=community_official(need.community),
        now=timezone.now(),
        today=today(),
    )


def told(kind):
    return set(
        Notification.objects.filter(kind=kind).values_list("recipient_id", flat=True)
    )


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


# Draft ----------------------------------------------------------------------


def test_need_is_created_as_a_draft_with_its_author(community):
    official = community_official(community)

    need = create_need(
        need=NeedFactory.build(community=community), by=official, today=today()
    )

    assert (need.state, need.created_by) == (State.DRAFT, official)
    assert verbs()[-1] == "communities.need_created"


def test_need_of_a_community_that_ended_is_refused():
    community = CommunityFactory(ends_on=today() - days(1))

    with pytest.raises(NeedRefused, match="已终止"):
        create_need(need=NeedFactory.build(community=community), by=None, today=today())


# Publish --------------------------------------------------------------------


def test_published_need_carries_the_moment():
    need = publish(NeedFactory())

    assert need.state == State.PUBLISHED
    assert need.opens_to_all_at == need.published_at + days(7)
    assert verbs()[-1] == "communities.need_published"


def test_publishing_tells_the_officials_of_paired_units_alone():
    need = NeedFactory()
    organization, official = paired_unit(need.community)
    branch = MembershipFactory(
        role="unit",
        organization=type(organization).objects.get(pk=organization.pk),
    ).user
    paired_unit(CommunityFactory())
    MembershipFactory(role="unit", organization=organization, ends_on=days_ago(1))

    publish(need)

    assert told("need_published") == {official.pk, branch.pk}


def days_ago(count):
    return today() - days(count)


def test_need_whose_day_is_over_is_not_published():
    with pytest.raises(NeedRefused, match="希望完成日期已过"):
        publish(NeedFactory(wanted_by=days_ago(1)))


def test_need_wanted_today_is_published():
    assert publish(NeedFactory(wanted_by=today())).state == State.PUBLISHED


def test_need_is_not_published_twice():
    need = publish(NeedFactory())

    with pytest.raises(MoveRefused):
        publish(need)


# Change ---------------------------------------------------------------------


def test_changing_a_need_saves_what_differs_and_records_it():
    need = NeedFactory(quantity=3, text="示例说明")
    official = community_official(need.community)

    update_need(need=need, values={"quantity": 5, "text": "示例说明"}, by=official)

    need.refresh_from_db()
    assert need.quantity == 5
    assert AuditEntry.objects.latest("pk").data == {
        "fields": ["quantity"],
        "changes": {"quantity": [3, 5]},
    }


def test_quantity_below_what_is_claimed_is_refused():
    need = PublishedNeedFactory(quantity=3)
    claim(need, 2)

    with pytest.raises(NeedRefused, match="已认领 2 台"):
        update_need(need=need, values={"quantity": 1}, by=None)


@pytest.mark.parametrize(
    ("name", "value"), [("title", "别的"), ("category", "venue"), ("measure", "人")]
)
def test_what_units_claimed_keeps_its_name(name, value):
    need = PublishedNeedFactory()
    claim(need)

    with pytest.raises(NeedRefused, match="已有单位认领"):
        update_need(need=need, values={name: value}, by=None)


def test_changing_a_claimed_need_tells_the_claimants():
    need = PublishedNeedFactory()
    _made, official = claim(need)

    update_need(
        need=need,
        values={"text": "改在周日"},
        by=community_official(need.community),
    )

    assert told("need_changed") == {official.pk}


def test_quantity_lowered_to_what_is_claimed_closes_the_claiming():
    need = PublishedNeedFactory(quantity=3)
    claim(need, 2)

    update_need(
        need=need, values={"quantity": 2}, by=community_official(need.community)
    )

    need.refresh_from_db()
    assert need.state == State.CLAIMED


def test_quantity_lowered_to_what_is_delivered_asks_for_confirmation():
    need = PublishedNeedFactory(quantity=3)
    made, official = claim(need, 2)
    deliver_claim(claim=made, by=official)

    update_need(
        need=need, values={"quantity": 2}, by=community_official(need.community)
    )

    need.refresh_from_db()
    assert need.state == State.DELIVERED


def test_quantity_raised_after_all_was_claimed_opens_the_need_again():
    need = PublishedNeedFactory(quantity=2)
    claim(need, 2)

    update_need(
        need=need, values={"quantity": 3}, by=community_official(need.community)
    )

    need.refresh_from_db()
    assert (need.state, need.remaining) == (State.PUBLISHED, 1)


@pytest.mark.parametrize(
    "state", [State.DELIVERED, State.CONFIRMED, State.WITHDRAWN, State.EXPIRED]
)
def test_need_that_is_over_is_not_changed(state):
    with pytest.raises(NeedRefused, match="不能再修改"):
        update_need(need=NeedFactory(state=state), values={"text": "新"}, by=None)


# Withdraw -------------------------------------------------------------------


def test_withdrawing_keeps_the_reason_and_tells_the_claimants():
    need = PublishedNeedFactory()
    made, official = claim(need)

    withdraw_need(need=need, reason="不需要了", by=community_official(need.community))

    need.refresh_from_db()
    made.refresh_from_db()
    assert (need.state, made.state) == (State.WITHDRAWN, "active")
    assert AuditEntry.objects.latest("pk").reason == "不需要了"
    assert told("need_withdrawn") == {official.pk}


def test_withdrawing_without_a_reason_is_refused():
    with pytest.raises(NeedRefused, match="理由"):
        withdraw_need(need=PublishedNeedFactory(), reason="  ", by=None)


def test_delivered_need_is_not_withdrawn():
    with pytest.raises(MoveRefused):
        withdraw_need(need=NeedFactory(state=State.DELIVERED), reason="晚", by=None)


# Start and confirm ----------------------------------------------------------


def test_starting_a_claimed_need_tells_the_community():
    need = PublishedNeedFactory(quantity=1)
    official = community_official(need.community)
    _made, by = claim(need)

    start_need(need=need, by=by)

    need.refresh_from_db()
    assert need.state == State.IN_PROGRESS
    assert told("need_started") == {official.pk}


def test_need_with_pieces_left_does_not_start():
    need = PublishedNeedFactory(quantity=2)
    _made, by = claim(need)

    with pytest.raises(MoveRefused):
        start_need(need=need, by=by)


def test_confirming_a_delivered_need_tells_the_claimants():
    need = PublishedNeedFactory(quantity=1)
    made, official = claim(need)
    deliver_claim(claim=made, by=official)

    confirm_need(need=need, by=community_official(need.community))

    need.refresh_from_db()
    assert need.state == State.CONFIRMED
    assert told("need_confirmed") == {official.pk}


def test_need_that_is_not_delivered_is_not_confirmed():
    with pytest.raises(MoveRefused):
        confirm_need(need=PublishedNeedFactory(), by=None)


# Expire ---------------------------------------------------------------------


def test_need_nobody_claimed_in_time_expires_and_the_community_hears():
    need = PublishedNeedFactory(wanted_by=days_ago(1))
    official = community_official(need.community)

    assert expire_due_needs(today=today()) == 1

    need.refresh_from_db()
    assert need.state == State.EXPIRED
    assert told("need_expired") == {official.pk}


@pytest.mark.parametrize("wanted", [0, None], ids=["today", "no day"])
def test_need_whose_day_is_not_over_stays(wanted):
    wanted_by = None if wanted is None else today()
    PublishedNeedFactory(wanted_by=wanted_by)

    assert expire_due_needs(today=today()) == 0


def test_need_with_a_claim_does_not_expire():
    need = PublishedNeedFactory(wanted_by=days_ago(1), claimed=1)
    NeedClaimFactory(need=need)

    assert expire_due_needs(today=today()) == 0


def test_draft_does_not_expire():
    NeedFactory(wanted_by=days_ago(1))

    assert expire_due_needs(today=today()) == 0


def test_the_clock_expires_needs_once():
    PublishedNeedFactory(wanted_by=days_ago(1))

    expire_needs()
    expire_needs()

    assert verbs().count("communities.need_expired") == 1
