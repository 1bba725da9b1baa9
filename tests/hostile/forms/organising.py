"""Forms of organising shifts."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
