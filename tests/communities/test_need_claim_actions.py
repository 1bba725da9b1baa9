"""Units claim pieces of needs, give them back and deliver."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notification
from communities.actions.need_claims import (
    ClaimRefused,
    claim_need,
    deliver_claim,
    refusal_to_claim,
    return_claim,
    withdraw_claim,
)
from communities.actions.needs import start_need
from communities.models import Need, NeedClaim, Organization
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.communities.needs import (
    claim,
    community_official,
    days,
    official_of,
    paired_unit,
)
from tests.factories.communities import OrganizationFactory, PairingFactory
from tests.factories.needs import NeedFactory, PublishedNeedFactory

pytestmark = pytest.mark.django_db
State = Need.State


def claiming(need, organization, by, quantity=1, now=None):
    return claim_need(
        need=need,
        organization=organization,
        quantity=quantity,
        by=by,
        now=now or timezone.now(),
    )


def told(kind):
    return set(
        Notification.objects.filter(kind=kind).values_list("recipient_id", flat=True)
    )


# Claim ----------------------------------------------------------------------


def test_part_of_a_need_is_claimed_and_the_rest_stays_open():
    need = PublishedNeedFactory(quantity=3)
    watcher = community_official(need.community)

    made, official = claim(need, 2)

    assert (made.state, made.quantity, made.claimed_by) == ("active", 2, official)
    assert (need.state, need.remaining) == (State.PUBLISHED, 1)
    assert told("need_claimed") == {watcher.pk}
    assert AuditEntry.objects.latest("pk").verb == "communities.need_claim_created"


def test_need_is_claimed_when_nothing_is_left():
    need = PublishedNeedFactory(quantity=3)
    claim(need, 2)

    claim(need, 1)

    assert (need.state, need.claimed) == (State.CLAIMED, 3)


def test_claim_above_what_is_left_names_the_rest():
    need = PublishedNeedFactory(quantity=3)
    claim(need, 2)
    organization, official = paired_unit(need.community)

    with pytest.raises(ClaimRefused, match="只剩 1 台") as refused:
        claiming(need, organization, official, quantity=2)

    assert refused.value.code == "too_many"
    assert NeedClaim.objects.count() == 1


def test_claim_of_nothing_is_refused():
    need = PublishedNeedFactory()
    organization, official = paired_unit(need.community)

    with pytest.raises(ClaimRefused, match="至少为 1"):
        claiming(need, organization, official, quantity=0)


def test_organisation_claims_a_need_once():
    need = PublishedNeedFactory()
    made, official = claim(need)

    with pytest.raises(ClaimRefused, match="已认领这项需求") as refused:
        claiming(need, made.organization, official)

    assert refused.value.code == "already_claimed"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.WITHDRAWN, "withdrawn"),
        (State.EXPIRED, "over"),
        (State.CLAIMED, "claimed_up"),
        (State.CONFIRMED, "claimed_up"),
        (State.DRAFT, "draft"),
    ],
)
def test_need_that_is_not_open_refuses_with_its_reason(state, code):
    need = NeedFactory(state=state, published_at=timezone.now())
    organization, official = paired_unit(need.community)

    with pytest.raises(ClaimRefused) as refused:
        claiming(need, organization, official)

    assert refused.value.code == code


def test_need_whose_day_is_over_is_not_claimed():
    need = PublishedNeedFactory(wanted_by=timezone.localdate() - days(1))
    organization, official = paired_unit(need.community)

    with pytest.raises(ClaimRefused, match="已过希望完成日期"):
        claiming(need, organization, official)


def test_official_claims_for_the_own_organisation_only():
    need = PublishedNeedFactory()
    organization, _official = paired_unit(need.community)
    stranger = official_of(OrganizationFactory())

    with pytest.raises(ClaimRefused) as refused:
        claiming(need, organization, stranger)

    assert refused.value.code == "scope"


def test_suspended_organisation_does_not_claim():
    need = PublishedNeedFactory()
    organization, official = paired_unit(need.community)
    organization.move_to(Organization.State.SUSPENDED, by=None)

    with pytest.raises(ClaimRefused) as refused:
        claiming(need, organization, official)

    assert refused.value.code == "inactive"


# Paired units first ---------------------------------------------------------


@pytest.fixture
def other():
    organization = OrganizationFactory()
    return organization, official_of(organization)


def test_unpaired_unit_waits_and_hears_until_when(other):
    need = PublishedNeedFactory()

    with pytest.raises(ClaimRefused, match="起向所有单位开放") as refused:
        claiming(need, *other, now=need.opens_to_all_at - days(1))

    assert refused.value.code == "not_open"


def test_unpaired_unit_claims_from_the_moment_it_opens(other):
    need = PublishedNeedFactory()

    made = claiming(need, *other, now=need.opens_to_all_at)

    assert made.organization == other[0]


def test_days_of_the_paired_are_a_setting(other, settings):
    settings.NEED_PAIRED_FIRST_DAYS = 0

    assert claiming(PublishedNeedFactory(), *other).quantity == 1


def test_unit_whose_pairing_has_ended_waits_with_the_others(other):
    need = PublishedNeedFactory()
    PairingFactory(
        organization=other[0],
        community=need.community,
        ends_on=timezone.localdate() - days(1),
    )

    with pytest.raises(ClaimRefused) as refused:
        claiming(need, *other)

    assert refused.value.code == "not_open"


def test_branch_of_a_paired_unit_claims_at_once():
    need = PublishedNeedFactory()
    root, _official = paired_unit(need.community)
    branch = OrganizationFactory(parent=root.parent, unit_name=root.unit_name)

    made = claiming(need, branch, official_of(branch))

    assert made.organization == branch


def test_refusal_is_known_before_asking(other):
    need = PublishedNeedFactory()

    refusal = refusal_to_claim(need, other[0], by=other[1], now=timezone.now())

    assert refusal.code == "not_open"


def test_no_refusal_for_a_unit_that_may_claim():
    need = PublishedNeedFactory()
    organization, official = paired_unit(need.community)

    assert refusal_to_claim(need, organization, by=official, now=timezone.now()) is None


# Withdraw -------------------------------------------------------------------


def test_withdrawn_claim_frees_its_pieces_and_opens_the_need():
    need = PublishedNeedFactory(quantity=1)
    watcher = community_official(need.community)
    made, official = claim(need)

    withdraw_claim(claim=made, reason="车辆故障", by=official)

    need.refresh_from_db()
    assert (need.state, need.claimed) == (State.PUBLISHED, 0)
    assert told("need_claim_withdrawn") == {watcher.pk}


def test_withdrawn_claim_in_progress_opens_the_need_again():
    need = PublishedNeedFactory(quantity=1)
    made, official = claim(need)
    start_need(need=need, by=official)

    withdraw_claim(claim=made, reason="车辆故障", by=official)

    need.refresh_from_db()
    assert need.state == State.PUBLISHED


def test_unit_that_gave_up_may_claim_again():
    need = PublishedNeedFactory()
    made, official = claim(need)
    withdraw_claim(claim=made, reason="误点", by=official)

    claiming(need, made.organization, official, quantity=2)

    need.refresh_from_db()
    assert need.claimed == 2


def test_claim_is_not_withdrawn_without_a_reason():
    made, official = claim(PublishedNeedFactory())

    with pytest.raises(ClaimRefused, match="理由"):
        withdraw_claim(claim=made, reason=" ", by=official)


def test_delivered_claim_is_not_withdrawn():
    made, official = claim(PublishedNeedFactory())
    deliver_claim(claim=made, by=official)

    with pytest.raises(MoveRefused):
        withdraw_claim(claim=made, reason="晚了", by=official)


# Deliver and send back ------------------------------------------------------


def test_need_is_delivered_when_every_unit_has():
    need = PublishedNeedFactory(quantity=2)
    watcher = community_official(need.community)
    first, first_official = claim(need)
    second, second_official = claim(need)

    deliver_claim(claim=first, by=first_official)
    need.refresh_from_db()
    between = need.state
    deliver_claim(claim=second, by=second_official)

    need.refresh_from_db()
    assert (between, need.state) == (State.CLAIMED, State.DELIVERED)
    assert told("need_delivered") == {watcher.pk}


def test_share_may_be_delivered_while_pieces_are_left():
    need = PublishedNeedFactory(quantity=2)
    made, official = claim(need)

    deliver_claim(claim=made, by=official)

    need.refresh_from_db()
    made.refresh_from_db()
    assert (need.state, made.state) == (State.PUBLISHED, "delivered")


def test_delivery_sent_back_reopens_claim_and_need():
    need = PublishedNeedFactory(quantity=1)
    made, official = claim(need)
    deliver_claim(claim=made, by=official)

    return_claim(claim=made, reason="少一台", by=community_official(need.community))

    need.refresh_from_db()
    made.refresh_from_db()
    assert (need.state, made.state) == (State.IN_PROGRESS, "active")
    assert told("need_claim_returned") == {official.pk}


def test_delivery_sent_back_twice_is_told_twice():
    need = PublishedNeedFactory(quantity=1)
    made, official = claim(need)

    for reason in ("少一台", "还少一台"):
        deliver_claim(claim=made, by=official)
        return_claim(claim=made, reason=reason, by=None)

    bodies = Notification.objects.filter(kind="need_claim_returned")
    assert bodies.count() == 2


def test_delivery_is_not_sent_back_without_a_reason():
    made, official = claim(PublishedNeedFactory())
    deliver_claim(claim=made, by=official)

    with pytest.raises(ClaimRefused, match="理由"):
        return_claim(claim=made, reason="", by=None)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.WITHDRAWN])
def test_claim_of_a_closed_need_stays_as_it_is(state):
    made, official = claim(PublishedNeedFactory())
    Need.objects.filter(pk=made.need_id).update(state=state)

    with pytest.raises(ClaimRefused, match="认领不能再变动"):
        deliver_claim(claim=made, by=official)


# The second belt ------------------------------------------------------------


def test_database_refuses_to_count_more_than_there_is():
    need = PublishedNeedFactory(quantity=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(claimed=2)


def test_database_refuses_a_second_live_claim():
    made, official = claim(PublishedNeedFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        NeedClaim.objects.create(
            need=made.need,
            organization=made.organization,
            quantity=1,
            claimed_by=official,
        )
