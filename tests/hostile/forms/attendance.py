"""Forms of the day of a shift."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
