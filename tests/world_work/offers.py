"""Objects of the small district: offers and posts."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories.campaigns import ActivityFactory
from tests.factories.groups import ShiftPostFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.models import Volunteer

DAYS = timedelta(days=1)


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A shift with a post, and places held for the volunteer and for somebody."""
    now = timezone.now()
    activity = ActivityFactory(
        organization=organization,
        community=community,
        state="published",
        starts_at=now + 20 * DAYS,
        is_public=True,
    )
    post = ShiftPostFactory(shift=ShiftFactory(activity=activity), capacity=2)
    world.arguments[f"{side}_shift_with_posts"] = [post.shift_id]
    other = SignupFactory(
        shift=ShiftFactory(
            activity=activity, starts_at=activity.starts_at + timedelta(hours=3)
        ),
        **_held(now),
    )
    world.arguments[f"{side}_offer"] = [other.pk]
    if side == "own":
        user = world.users["volunteer"]
        own = Volunteer.objects.filter(user=user).first()
        held = SignupFactory(
            shift=other.shift,
            volunteer=own or VolunteerFactory(user=user),
            **_held(now),
        )
        world.arguments["volunteers_offer"] = [held.pk]


def _held(now: Any) -> dict[str, Any]:
    return {"state": "offered", "offered_at": now, "offer_ends_at": now + DAYS}
