"""Forms of groups."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
