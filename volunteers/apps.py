"""Registers the app with Django."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "volunteers"
    verbose_name = "志愿服务"

    def ready(self) -> None:
        """Let mergers of communities take volunteers' homes along."""
        # Late: models and actions exist only now.
        from communities.actions.handovers import register  # noqa: PLC0415
        from volunteers.handovers import (  # noqa: PLC0415
            HomeCommunities,
            RulePlaces,
            ShiftHandover,
            ShiftPlaces,
        )
        from volunteers.message_kinds import register_kinds  # noqa: PLC0415

        register_kinds()

        register(HomeCommunities())
        register(ShiftHandover())
        # Rules before their shifts, as in the order of locks.
        register(RulePlaces())
        register(ShiftPlaces())
