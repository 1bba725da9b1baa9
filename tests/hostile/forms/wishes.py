"""Forms of micro-wishes."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
