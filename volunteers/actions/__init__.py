"""Writes of turnout, a module for each noun; what others call is imported from here.

Locks are taken in one order: activity, person, shift, sign-up; ids ascending (TRAPS).
"""

from volunteers.actions.cancelling import cancel_activity_with_shifts, cancel_shift
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
    "lapse_offers",
    "open_shift",
    "open_shifts",
    "plan_shift_reminders",
    "save_posts",
    "save_rule",
    "save_volunteer",
    "send_shift_message",
    "sign_up",
    "tell_understaffed",
    "update_shift",
    "volunteer_of",
]
