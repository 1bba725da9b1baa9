"""Writes to the campaign's work; import them from here."""

from campaigns.actions.activities import (
    ActivityIncomplete,
    ActivityRefused,
    NotEditable,
    cancel_activity,
    create_activity,
    end_due_activities,
    publish_activity,
    submit_activity,
    update_activity,
)
from campaigns.actions.claims import activity_of, create_activity_from_claim
from campaigns.actions.evidence import (
    Words,
    add_evidence,
    describe_evidence,
    link_evidence,
    remove_evidence,
    words_of,
)
from campaigns.actions.reviews import Point, Refused, review_activity, review_several

__all__ = [
    "ActivityIncomplete",
    "ActivityRefused",
    "NotEditable",
    "Point",
    "Refused",
    "Words",
    "activity_of",
    "add_evidence",
    "cancel_activity",
    "create_activity",
    "create_activity_from_claim",
    "describe_evidence",
    "end_due_activities",
    "link_evidence",
    "publish_activity",
    "remove_evidence",
    "review_activity",
    "review_several",
    "submit_activity",
    "update_activity",
    "words_of",
]
