"""Forms of invitations, stand-ins, guardians."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {}
