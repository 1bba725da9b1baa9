"""Writes to the campaign's work; import them from here."""

from campaigns.actions.activities import (
    ActivityRefused,
    NotEditable,
    cancel_activity,
    create_activity,
    end_due_activities,
    publish_activity,
    review_activity,
    submit_activity,
    update_activity,
)
from campaigns.actions.claims import activity_of, create_activity_from_claim
from campaigns.actions.photos import add_photo, remove_photo

__all__ = [
    "ActivityRefused",
    "NotEditable",
    "activity_of",
    "add_photo",
    "cancel_activity",
    "create_activity",
    "create_activity_from_claim",
    "end_due_activities",
    "publish_activity",
    "remove_photo",
    "review_activity",
    "submit_activity",
    "update_activity",
]
