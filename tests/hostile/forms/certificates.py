"""Forms of certificates and feeds."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
