"""What a chat group may read: work of organisations, nothing of a private person."""

from accounts.notifications.kinds import KINDS

FOR_GROUPS = {
    "agreement_ends",
    "need_changed",
    "need_claim_delivered",
    "need_claimed",
    "need_confirmed",
    "need_delivered",
    "need_expired",
    "need_published",
    "need_started",
    "report_in_reminder",
    "report_in_renewal",
    "report_in_submitted",
    "settlement_reminder",
    "shift_understaffed",
    "task_assigned",
    "task_changed",
    "task_due_soon",
    "task_overdue",
    "task_reopened",
    "whistle_asked",
    "whistle_delivered",
    "whistle_handed_on",
    "whistle_issued",
    "whistle_overdue",
    "whistle_rating_due",
    "whistle_unrated",
}


def test_kinds_for_groups_are_those_whose_words_were_looked_at():
    # Not those with a reason somebody types, nor wishes, honours, sign-ups, hours.
    marked = {kind.code for kind in KINDS.values() if kind.for_groups}

    assert marked - {"group"} == FOR_GROUPS
