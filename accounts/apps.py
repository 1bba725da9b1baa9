"""Registers the app with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Say which kinds of messages there are, and how the outbox is."""
        # Late: models exist only now.
        from accounts.message_kinds import register_kinds  # noqa: PLC0415
        from accounts.notifications.outbox import outbox_probe  # noqa: PLC0415
        from core.readiness import register_probe  # noqa: PLC0415

        register_kinds()
        register_probe("outbox", outbox_probe)
