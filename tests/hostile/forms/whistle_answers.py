"""Forms of whistles, dispatch and answers."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
