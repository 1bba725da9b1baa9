"""Registers the app with Django."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = "组织与社区"

    def ready(self) -> None:
        """Say what dated changes mean for communities, and who holds an office."""
        # Late: models and actions exist only now.
        from accounts.notifications.choices import register_officials  # noqa: PLC0415
        from communities.actions.community_changes import (  # noqa: PLC0415
            register_community_changes,
        )
        from communities.message_kinds import register_kinds  # noqa: PLC0415
        from communities.permissions import memberships_of  # noqa: PLC0415

        register_kinds()
        register_officials(lambda user: bool(memberships_of(user)))

        register_community_changes()
