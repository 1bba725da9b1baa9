"""Forms of offers and posts."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
