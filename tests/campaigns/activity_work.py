"""Activities at the points of their way from which tests begin."""

from django.utils import timezone

from campaigns.models import Activity
from core.audit import history_of
from tests.factories.campaigns import (
    EvidenceFactory,
    PastActivityFactory,
)

State = Activity.State


def proven(**values):
    """A past activity with a text and a photo."""
    activity = PastActivityFactory(**values)
    EvidenceFactory(activity=activity)
    return activity


def submitted(official, **values):
    return proven(
        state=State.SUBMITTED,
        submitted_by=official,
        submitted_at=timezone.now(),
        **values,
    )


def moves_of(activity):
    """The audit lines of an activity's moves: verb, who, from, to, why."""
    return [
        (entry.verb, entry.actor_id, entry.data["before"], entry.reason)
        for entry in history_of(activity)
        if "before" in entry.data
    ]
