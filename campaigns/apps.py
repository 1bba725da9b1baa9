"""Registers the app with Django."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "创城行动"

    def ready(self) -> None:
        """Let the registers know what hangs on them up here."""
        # Late: models, queries and actions exist only now.
        from campaigns.handovers import HANDOVERS  # noqa: PLC0415
        from campaigns.message_kinds import register_kinds  # noqa: PLC0415
        from campaigns.queries.activities import last_activities_under  # noqa: PLC0415
        from communities.actions.handovers import register  # noqa: PLC0415
        from communities.queries.pairing_uses import register_use  # noqa: PLC0415

        register_kinds()

        register_use(last_activities_under)
        for handover in HANDOVERS:
            register(handover)
