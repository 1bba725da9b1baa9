"""Filters of templates."""

import pytest

from campaigns.models import Activity
from core.models import AuditEntry
from core.templatetags.portal import deed

MOVES = sorted({state for states in Activity.MOVES.values() for state in states})
VERBS = ["created", "changed", *MOVES]


@pytest.mark.parametrize("verb", [f"campaigns.activity_{verb}" for verb in VERBS])
def test_every_deed_in_an_activitys_history_has_chinese_words(verb):
    words = deed(AuditEntry(verb=verb))

    assert words != deed(AuditEntry(verb="campaigns.activity_unheard_of"))
    assert not words.isascii()
