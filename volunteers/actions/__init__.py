"""Writes of turnout, a module for each noun; what others call is imported from here.

Locks are taken in one order: activity, person, shift, sign-up; ids ascending (TRAPS).
"""

from volunteers.actions.cancelling import cancel_activity_with_shifts, cancel_shift
from volunteers.actions.groups import (
    join_group,
    leave_companion,
    name_companion,
    release_open_companions,
    sign_up_group,
)
from volunteers.actions.posts import save_posts
from volunteers.actions.reminders import plan_shift_reminders
from volunteers.actions.shift_messages import send_shift_message
from volunteers.actions.shift_rules import apply_rule, end_rule, save_rule
from volunteers.actions.shift_series import copy_day, open_shifts
from volunteers.actions.shifts import ShiftRefused, open_shift, update_shift
from volunteers.actions.signups import accept_offer, cancel_signup, sign_up
from volunteers.actions.staffing import tell_understaffed
from volunteers.actions.volunteers import save_volunteer, volunteer_of
from volunteers.actions.waitlist import lapse_offers

__all__ = [
    "ShiftRefused",
    "accept_offer",
    "apply_rule",
    "cancel_activity_with_shifts",
    "cancel_shift",
    "cancel_signup",
    "copy_day",
    "end_rule",
    "join_group",
    "lapse_offers",
    "leave_companion",
    "name_companion",
    "open_shift",
    "open_shifts",
    "plan_shift_reminders",
    "release_open_companions",
    "save_posts",
    "save_rule",
    "save_volunteer",
    "send_shift_message",
    "sign_up",
    "sign_up_group",
    "tell_understaffed",
    "update_shift",
    "volunteer_of",
]
