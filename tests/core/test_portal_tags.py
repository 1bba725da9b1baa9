"""Filters of templates."""

import pytest

from campaigns.models import Activity
from core.dates import hours_text
from core.models import AuditEntry
from core.templatetags.portal import deed

MOVES = sorted({state for states in Activity.MOVES.values() for state in states})
VERBS = ["created", "changed", *MOVES]


@pytest.mark.parametrize("verb", [f"campaigns.activity_{verb}" for verb in VERBS])
def test_every_deed_in_an_activitys_history_has_chinese_words(verb):
    words = deed(AuditEntry(verb=verb))

    assert words != deed(AuditEntry(verb="campaigns.activity_unheard_of"))
    assert not words.isascii()


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0.0"), (None, "0.0"), (75, "1.3"), (74, "1.2"), (480, "8.0")],
)
def test_hours_have_one_decimal_half_a_tenth_up(minutes, text):
    assert hours_text(minutes) == text
