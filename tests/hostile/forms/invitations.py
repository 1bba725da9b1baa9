"""Forms of invitations, stand-ins, guardians."""

from tests.hostile.forms.base import Form

FORMS: dict[str, Form] = {
    "volunteers:shift_invite": Form(
        "own_invite",
        "unit",
        lambda: {"whom": "all"},
        texts="whom",
        keys="street community skill",
    ),
    "volunteers:guardian": Form(
        "own_guardian",
        "nobody",
        lambda: {"guardian_name": "示例监护人", "agrees": "on"},
        texts="guardian_name",
    ),
}
