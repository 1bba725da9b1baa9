"""Models of turnout; import them from here."""

from volunteers.models.attendance import Attendance
from volunteers.models.certificate import Certificate
from volunteers.models.dispute import HoursDispute
from volunteers.models.group import Companion, SignupGroup
from volunteers.models.guardian import GuardianConsent
from volunteers.models.invitation import Invitation
from volunteers.models.post import ShiftPost
from volunteers.models.service_record import ServiceRecord
from volunteers.models.shift import Shift, status_of, touches_night
from volunteers.models.shift_message import ShiftMessage
from volunteers.models.shift_rule import ShiftRule
from volunteers.models.signup import Signup
from volunteers.models.skill import Skill
from volunteers.models.stand_in import StandIn
from volunteers.models.star_level import StarLevel
from volunteers.models.volunteer import Availability, Volunteer

__all__ = [
    "Attendance",
    "Availability",
    "Certificate",
    "Companion",
    "GuardianConsent",
    "HoursDispute",
    "Invitation",
    "ServiceRecord",
    "Shift",
    "ShiftMessage",
    "ShiftPost",
    "ShiftRule",
    "Signup",
    "SignupGroup",
    "Skill",
    "StandIn",
    "StarLevel",
    "Volunteer",
    "status_of",
    "touches_night",
]
