"""Objects of the small district: the day of a shift."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories.attendance import RunningShiftFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import SignupFactory
from volunteers.codes import own_code


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A shift that runs, with the volunteer on its roll, and their own code."""
    activity = ActivityFactory(
        organization=organization,
        community=community,
        state="published",
        is_public=True,
        starts_at=timezone.now() - timedelta(minutes=30),
    )
    if side == "own":
        activity.leaders.add(world.users["leader"])
    shift = RunningShiftFactory(activity=activity, title="示例现场")
    signup = SignupFactory(shift=shift)
    world.arguments |= {
        f"{side}_running": [signup.shift_id],
        f"{side}_code": [own_code(signup.volunteer_id, now=timezone.now())],
        "forged_code": ["1.20260101.AAAAAAAAAAAAAAAAAAAA"],
    }
