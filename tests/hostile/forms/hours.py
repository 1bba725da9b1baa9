"""Forms of hours."""

from django.utils import timezone

from tests.factories.hours import days_ago
from tests.hostile.forms.base import Form


def _typed(hour: int) -> str:
    return timezone.localtime(days_ago(2, hour=hour)).strftime("%Y-%m-%dT%H:%M")


def _reason() -> dict[str, object]:
    return {"reason": "示例"}


def _check_out() -> dict[str, object]:
    return {"checked_out_at": _typed(10), "reason": "示例"}


def _correction() -> dict[str, object]:
    return {"starts_at": _typed(9), "ends_at": _typed(10), "reason": "示例"}


def _dispute() -> dict[str, object]:
    return {"text": "示例"}


def _answer() -> dict[str, object]:
    times = {"starts_at": _typed(9), "ends_at": _typed(10)}
    return {"decision": "correct", "answer": "示例", **times}


FORMS: dict[str, Form] = {
    "volunteers:shift_settle": Form(
        "own_unsettled_shift", "unit", dict, keys="excused"
    ),
    "volunteers:check_out_resolve": Form(
        "own_forgotten", "unit", _check_out, texts="reason", moments="checked_out_at"
    ),
    "volunteers:late_entry_create": Form(
        "own_served_activity",
        "leader",
        _correction,
        texts="reason",
        moments="starts_at ends_at",
    ),
    "volunteers:record_reject": Form(
        "own_record_office", "office", _reason, texts="reason"
    ),
    "volunteers:record_void": Form("own_record", "unit", _reason, texts="reason"),
    "volunteers:record_correct": Form(
        "own_record", "unit", _correction, texts="reason", moments="starts_at ends_at"
    ),
    "volunteers:dispute_create": Form("own_missing", "volunteer", _dispute, "text"),
    "volunteers:dispute_detail": Form(
        "own_others_dispute",
        "unit",
        _answer,
        texts="answer decision",
        moments="starts_at ends_at",
    ),
}
