"""Registers the app with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Say which kinds of messages there are."""
        # Late: models exist only now.
        from accounts.message_kinds import register_kinds  # noqa: PLC0415

        register_kinds()
