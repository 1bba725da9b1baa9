"""Forms of certificates and feeds."""

from tests.hostile.forms.base import Form


def _days() -> dict[str, object]:
    return {"period": "days", "from_on": "2026-01-01", "until_on": "2026-05-31"}


FORMS: dict[str, Form] = {
    "volunteers:certificate_list": Form(
        "-", "volunteer", _days, controls="period", moments="from_on until_on"
    ),
}
