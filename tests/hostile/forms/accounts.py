"""Forms of accounts."""

from tests.hostile.forms.base import Form


def _signup_data() -> dict[str, object]:
    return {
        "display_name": "示例人",
        "phone": "13800138000",
        "email": "hostile@example.invalid",
        "age_band": "18-59",
        "password1": "示例口令-8341",
        "password2": "示例口令-8341",
        "consent": "on",
    }


FORMS = {
    "account_signup": Form(
        "-",
        "nobody",
        _signup_data,
        texts="display_name phone email age_band password1 password2",
    ),
    "account_login": Form(
        "-",
        "nobody",
        lambda: {"login": "nobody", "password": "示例口令-1"},
        texts="login password",
    ),
    "account_reset_password": Form(
        "-", "nobody", lambda: {"email": "a@example.invalid"}, texts="email"
    ),
    "account_email": Form(
        "-",
        "volunteer",
        lambda: {"email": "b@example.invalid", "action_add": ""},
        texts="email",
    ),
    "account_change_phone": Form(
        "-", "volunteer", lambda: {"phone": "13800138001"}, texts="phone"
    ),
    "account_reauthenticate": Form(
        "-", "volunteer", lambda: {"password": "示例口令-1"}, texts="password"
    ),
    "account_change_password": Form(
        "-",
        "volunteer",
        lambda: {
            "oldpassword": "示例口令-8341",
            "password1": "示例口令-8342",
            "password2": "示例口令-8342",
        },
        texts="oldpassword password2",
    ),
}
