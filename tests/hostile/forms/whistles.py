"""Forms of whistles, side of the community."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
