"""The search of the audit log."""

from tests.hostile.forms.base import Form


def _days() -> dict[str, object]:
    return {"starts_on": "2026-01-01", "ends_on": "2026-05-31"}


FORMS: dict[str, Form] = {
    "communities:audit_list": Form("-", "office", _days, moments="starts_on ends_on"),
}
