"""A rule, a copied day and an editor at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions.handovers import handovers_for
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory
from tests.factories.organising import LongActivityFactory, ShiftRuleFactory
from tests.factories.volunteers import ShiftFactory, VolunteerFactory
from tests.threads import before_commit_of
from volunteers.actions import apply_rule, copy_day, save_rule, sign_up

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_rule_applied_twice_at_once_makes_each_day_once():
    rule, now = ShiftRuleFactory(), timezone.now()

    with before_commit_of(lambda: apply_rule(rule=rule, now=now)) as start:
        late = start(lambda: apply_rule(rule=rule, now=now))

    assert late.result().made == []
    assert rule.shifts.count() >= 13


def test_a_day_copied_twice_at_once_is_copied_once():
    now, by = timezone.now(), UserFactory()
    activity = LongActivityFactory()
    shift = ShiftFactory(activity=activity, starts_at=now + timedelta(days=2))
    day = timezone.localdate(shift.starts_at)

    def copying():
        to = [day + timedelta(days=1)]
        return copy_day(activity=activity, day=day, to=to, by=by, now=now)

    with before_commit_of(copying) as start:
        late = start(copying)

    assert (len(late.result().made), len(late.result().skipped)) == (0, 1)
    assert activity.shifts.count() == 2


def test_a_rule_leaves_a_shift_somebody_is_signing_up_for():
    now, by, person = timezone.now(), UserFactory(), VolunteerFactory()
    rule = ShiftRuleFactory()
    apply_rule(rule=rule, now=now)
    shift = rule.shifts.get(rule_on=rule.until_on)

    with before_commit_of(
        lambda: sign_up(shift=shift, volunteer=person, now=now)
    ) as start:
        late = start(
            lambda: save_rule(rule=rule, values={"capacity": 1}, by=by, now=now)
        )

    assert late.result().kept == [shift]
    shift.refresh_from_db()
    assert (shift.capacity, shift.taken) == (3, 1)


def test_a_rule_changed_while_its_community_is_merged_goes_to_the_successor():
    now, by = timezone.now(), UserFactory()
    old, new = CommunityFactory.create_batch(2)
    rule = ShiftRuleFactory(community=old)
    moves = next(one for one in handovers_for(old) if one.name == "shift_rules")

    def merging():
        moves.move(old, new, on=timezone.localdate(), by=by)

    with before_commit_of(merging) as start:
        late = start(
            lambda: save_rule(rule=rule, values={"title": "示例"}, by=by, now=now)
        )

    assert late.result().rule.title == "示例"
    rule.refresh_from_db()
    assert rule.community == new
