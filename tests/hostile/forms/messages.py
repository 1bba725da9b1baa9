"""Forms about messages."""

from tests.hostile.forms.base import Form

FORMS = {
    "accounts:message_choices": Form(
        "-",
        "volunteer",
        lambda: {
            "shown": ["shift_reminder"],
            "on": ["shift_reminder:mail"],
            "is_quiet": "on",
            "from_time": "22:00",
            "until_time": "07:00",
        },
        moments="from_time until_time",
        keys="shown on",
    ),
}
