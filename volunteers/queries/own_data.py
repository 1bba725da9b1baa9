"""All that the portal keeps about one person's taking part, for that person."""

from typing import Any

from accounts.models import User
from volunteers.models import (
    Attendance,
    Certificate,
    Companion,
    GuardianConsent,
    HoursDispute,
    Invitation,
    ServiceRecord,
    Signup,
    Volunteer,
)
from volunteers.queries.volunteers import own_volunteer


def own_data(user: User) -> dict[str, Any]:
    """Plain values by what they are about, ready to be written as JSON.

    Source: PRODUCT section 4, personal data ("see, copy").
    """
    volunteer = own_volunteer(user)
    return {
        "account": _account(user),
        "profile": _profile(volunteer),
        "guardian_consents": _rows(
            GuardianConsent.objects.filter(volunteer__user=user),
            "state",
            "guardian_name",
            "text_version",
            "asked_at",
            "given_at",
        ),
        "signups": _rows(
            Signup.objects.filter(volunteer__user=user),
            "shift__activity__title",
            "shift__title",
            "shift__starts_at",
            "shift__ends_at",
            "state",
            "heads",
            "position",
            "created_at",
            "cancelled_at",
            "is_late",
            "reason",
        ),
        "attendances": _rows(
            Attendance.objects.filter(signup__volunteer__user=user),
            "signup__shift__title",
            "checked_in_at",
            "check_in_method",
            "checked_out_at",
            "check_out_method",
        ),
        "service_records": _rows(
            ServiceRecord.objects.filter(volunteer__user=user),
            "content",
            "organization__name",
            "starts_at",
            "ends_at",
            "minutes",
            "state",
            "reason",
            "answer",
        ),
        "disputes": _rows(
            HoursDispute.objects.filter(signup__volunteer__user=user),
            "signup__shift__title",
            "text",
            "created_at",
            "state",
            "answer",
            "answered_at",
        ),
        "companions": _rows(
            Companion.objects.filter(group__contact__user=user, signup=None),
            "group__shift__title",
            "name",
            "age_band",
            "consented_at",
            "left_at",
        ),
        "certificates": _rows(
            Certificate.objects.filter(volunteer__user=user),
            "number",
            "from_on",
            "until_on",
            "minutes",
            "state",
            "issued_at",
        ),
        "invitations": _rows(
            Invitation.objects.filter(volunteer__user=user),
            "shift__activity__title",
            "shift__title",
            "invited_at",
            "declined_at",
        ),
    }


def _rows(rows: Any, *fields: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*fields))


def _account(user: User) -> dict[str, Any]:
    names = ("username", "display_name", "phone", "email", "age_band")
    own = {name: getattr(user, name) for name in names}
    return own | {
        "joined_at": user.date_joined,
        "consent_version": user.consent_version,
        "consented_at": user.consented_at,
    }


def _profile(volunteer: Volunteer) -> dict[str, Any]:
    home = volunteer.home_community
    return {
        "home_community": home.name if home else "",
        "skills": [str(row) for row in volunteer.skills.all()] if volunteer.pk else [],
        "availability": list(filter(None, volunteer.availability.split(","))),
        "accepts_known": volunteer.accepts_known,
        "accepts_invitations": volunteer.accepts_invitations,
        "shows_stars": volunteer.shows_stars,
    }
