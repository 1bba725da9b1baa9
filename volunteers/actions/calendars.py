"""The secret address of a person's calendar feed."""

import secrets

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_volunteers
from volunteers.models import Volunteer


@retried_atomic
def rotate_calendar_token(*, volunteer: Volunteer, by: User) -> str:
    """Give the person's feed a new address; the old one ends. Returns the token."""
    return _set(volunteer, secrets.token_urlsafe(32), "calendar_renewed", by)


@retried_atomic
def close_calendar(*, volunteer: Volunteer, by: User) -> None:
    """Switch the person's feed off; its address ends. Twice is once."""
    _set(volunteer, None, "calendar_closed", by)


def _set(volunteer: Volunteer, token: str | None, act: str, by: User) -> str | None:
    [volunteer] = lock_volunteers([volunteer.pk])
    if volunteer.calendar_token == token:
        return token
    volunteer.calendar_token = token
    volunteer.save(update_fields=["calendar_token"])
    audit.record(f"volunteers.volunteer_{act}", target=volunteer, by=by)
    return token
