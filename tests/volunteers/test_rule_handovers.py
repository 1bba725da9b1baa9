"""Weekly rules in a community that is merged go on in the successor."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions.handovers import handovers_for
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory
from tests.factories.organising import ShiftRuleFactory
from volunteers.models import ShiftRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    """The handover of weekly rules."""
    found = handovers_for(CommunityFactory())
    return next(known for known in found if known.name == "shift_rules")


def test_rule_goes_to_the_successor_with_a_line_in_the_log(rules):
    old, new = CommunityFactory.create_batch(2)
    rule = ShiftRuleFactory(community=old)
    today = timezone.localdate()

    assert [held.key for held in rules.held(old, on=today, to=new)] == [str(rule.pk)]
    assert rules.move(old, new, on=today, by=UserFactory()) == 1

    assert ShiftRule.objects.get().community == new
    entry = AuditEntry.objects.get(verb="volunteers.shift_rule_changed")
    assert entry.target_id == rule.pk


@pytest.mark.parametrize(
    ("values", "days"), [({"state": "ended"}, 0), ({}, 60)], ids=["ended", "over"]
)
def test_rule_that_makes_no_more_shifts_stays(values, days, rules):
    old, new = CommunityFactory.create_batch(2)
    ShiftRuleFactory(community=old, **values)
    day = timezone.localdate() + timedelta(days=days)

    assert rules.move(old, new, on=day, by=None) == 0
    assert rules.kept(old, on=day) == 1
