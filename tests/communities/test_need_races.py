"""Two units reach for the last piece in the same moment."""

import pytest
from django.utils import timezone

from communities.actions.need_claims import ClaimRefused, claim_need, withdraw_claim
from communities.actions.needs import update_need, withdraw_need
from communities.models import Need, NeedClaim
from tests.communities.needs import claim, community_official, paired_unit
from tests.factories.needs import PublishedNeedFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def claiming(need, unit, quantity=1):
    organization, official = unit
    return lambda: claim_need(
        need=need,
        organization=organization,
        quantity=quantity,
        by=official,
        now=timezone.now(),
    )


def test_the_last_piece_goes_to_one_of_two_units():
    need = PublishedNeedFactory(quantity=1)
    first, second = paired_unit(need.community), paired_unit(need.community)

    with before_commit_of(claiming(need, first)) as start:
        late = start(claiming(need, second))

    need.refresh_from_db()
    assert late.exception().code == "claimed_up"
    assert (need.state, need.claimed) == (Need.State.CLAIMED, 1)
    assert NeedClaim.objects.get().organization == first[0]


def test_the_late_unit_hears_how_much_is_left():
    need = PublishedNeedFactory(quantity=3)
    first, second = paired_unit(need.community), paired_unit(need.community)

    with before_commit_of(claiming(need, first, quantity=2)) as start:
        late = start(claiming(need, second, quantity=2))

    assert "只剩 1 台" in str(late.exception())
    assert NeedClaim.objects.count() == 1


def test_one_unit_clicking_twice_claims_once():
    need = PublishedNeedFactory(quantity=3)
    unit = paired_unit(need.community)

    with before_commit_of(claiming(need, unit)) as start:
        again = start(claiming(need, unit))

    need.refresh_from_db()
    assert again.exception().code == "already_claimed"
    assert need.claimed == 1


def test_claim_waits_for_a_withdrawal_of_the_need():
    need = PublishedNeedFactory()
    unit = paired_unit(need.community)
    official = community_official(need.community)

    with before_commit_of(
        lambda: withdraw_need(need=need, reason="不需要了", by=official)
    ) as start:
        late = start(claiming(need, unit))

    assert late.exception().code == "withdrawn"


def test_quantity_is_not_lowered_under_a_claim_of_the_same_moment():
    need = PublishedNeedFactory(quantity=3)
    unit = paired_unit(need.community)
    official = community_official(need.community)

    with before_commit_of(claiming(need, unit, quantity=2)) as start:
        late = start(
            lambda: update_need(need=need, values={"quantity": 1}, by=official)
        )

    need.refresh_from_db()
    assert "已认领 2 台" in str(late.exception())
    assert need.quantity == 3


def test_piece_given_back_is_free_for_the_one_who_waits():
    need = PublishedNeedFactory(quantity=1)
    made, official = claim(need)
    unit = paired_unit(need.community)

    with before_commit_of(
        lambda: withdraw_claim(claim=made, reason="车辆故障", by=official)
    ) as start:
        late = start(claiming(need, unit))

    need.refresh_from_db()
    assert late.result().organization == unit[0]
    assert (need.state, need.claimed) == (Need.State.CLAIMED, 1)


def test_without_the_lock_the_constraint_still_gives_the_last_piece_to_one(
    monkeypatch,
):
    monkeypatch.setattr(
        "communities.actions.need_claims.locked_need",
        lambda pk: Need.objects.select_related("community").get(pk=pk),
    )
    need = PublishedNeedFactory(quantity=1)
    first, second = paired_unit(need.community), paired_unit(need.community)

    with before_commit_of(claiming(need, first)) as start:
        late = start(claiming(need, second))

    assert isinstance(late.exception(), ClaimRefused)
    assert NeedClaim.objects.count() == 1
