"""Forms of hours."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
