"""Objects of the small district: groups."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories.campaigns import ActivityFactory
from tests.factories.groups import CompanionFactory, SignupGroupFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Volunteer


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A family of somebody's, and one of the volunteer, each with an open place."""
    activity = ActivityFactory(
        organization=organization,
        community=community,
        state="published",
        starts_at=timezone.now() + timedelta(days=30),
        is_public=True,
    )
    shift = ShiftFactory(activity=activity, capacity=99)
    world.arguments[f"{side}_group_shift"] = [shift.pk]
    _add_group(world, side, shift, VolunteerFactory())
    if side == "own":
        user = world.users["volunteer"]
        own = Volunteer.objects.filter(user=user).first()
        _add_group(world, "volunteers", shift, own or VolunteerFactory(user=user))


def _add_group(world: Any, name: str, shift: Any, contact: Any) -> None:
    group = SignupGroupFactory(shift=shift, contact=contact)
    SignupFactory(shift=shift, volunteer=contact, group=group, heads=2)
    companion = CompanionFactory(group=group)
    world.arguments[f"{name}_group"] = [group.token]
    world.arguments[f"{name}_companion"] = [companion.pk]
