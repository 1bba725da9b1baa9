"""Registers the app with Django."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "创城行动"

    def ready(self) -> None:
        """Let the registers know which pairings an activity relied on."""
        # Late: models and queries exist only now.
        from campaigns.queries import last_activities_under  # noqa: PLC0415
        from communities.queries.pairing_uses import register_use  # noqa: PLC0415

        register_use(last_activities_under)
