"""The catalogue of kinds against the code that writes messages."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Channel
from accounts.notifications.kinds import KINDS, kind_of
from campaigns.models import Honor
from communities.models import ServiceProject

ROOT = settings.BASE_DIR
APPS = ("accounts", "communities", "campaigns", "volunteers", "reports")
WRITERS = {"Message", *("tell", "_tell", "say", "_say", "say_to_unit", "_say_to_sides")}
TESTS_OWN = {"test", "a", "b", "urgent"}
REMINDERS = {  # PRODUCT section 4
    *("shift_reminder", "place_offered", "settlement_reminder", "shift_understaffed"),
    *("whistle_asked", "whistle_overdue", "whistle_rating_due", "agreement_ends"),
    *("report_in_reminder", "report_in_renewal", "task_due_soon", "task_overdue"),
    "honor_check_due",
}
CANCELLATIONS = {"shift_cancelled", "activity_cancelled", "shift_changed"}
# Written as f"honor_{state}" and f"project_{state}".
BUILT = {
    *(f"honor_{state}" for state in Honor.State.values),
    *(f"project_{state}" for state in ServiceProject.State.values),
}


def modules():
    for app in APPS:
        for path in sorted(Path(ROOT, app).rglob("*.py")):
            if "migrations" not in path.parts and "message_kinds" not in str(path):
                yield ast.parse(path.read_text(encoding="utf-8"))


def words_in_code():
    """Every string of the code, and those given as a message's `kind=`."""
    strings, kinds = set(), set()
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            if isinstance(node, ast.Call) and _writes_a_message(node):
                kinds |= {
                    word.value.value
                    for word in node.keywords
                    if word.arg == "kind" and isinstance(word.value, ast.Constant)
                }
    return strings, kinds


def _writes_a_message(call):
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return name in WRITERS


def test_kinds_registered_and_kinds_written_are_the_same():
    strings, written = words_in_code()
    registered = set(KINDS) - TESTS_OWN

    assert len(written) > 50
    assert written - registered == set()
    assert registered - strings - BUILT == set()


def test_kind_nobody_registered_is_a_lookup_error():
    with pytest.raises(LookupError):
        kind_of("no_such_kind")


def test_reminders_of_the_product_have_words_to_change():
    assert {code for code, kind in KINDS.items() if kind.is_reminder} == REMINDERS
    assert {code for code, kind in KINDS.items() if kind.texts} == (
        REMINDERS | CANCELLATIONS
    )


@pytest.mark.parametrize("code", KINDS)
def test_kind_is_described_and_its_parts_exist(code):
    kind = KINDS[code]

    assert str(kind.when)
    assert str(kind.label)
    assert set(kind.channels) <= set(Channel.values)
    assert kind.lead is None or hasattr(settings, kind.lead.setting)
    assert len(kind.texts) < 2 or all(text.label for text in kind.texts.values())
