"""Objects of the small district: organising shifts."""

from datetime import timedelta
from typing import Any

from tests.factories.organising import (
    LongActivityFactory,
    ShiftPostFactory,
    ShiftRuleFactory,
)
from tests.factories.volunteers import ShiftFactory, SignupFactory


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A draft and a published one of four weeks, with a shift, a post and a rule."""
    for kind in ("draft", "published"):
        activity = LongActivityFactory(
            organization=organization,
            community=community,
            state=kind,
            is_public=kind == "published",
        )
        start = activity.starts_at + timedelta(days=3)
        shift = ShiftFactory(activity=activity, starts_at=start)
        post = ShiftPostFactory(shift=shift, taken=1)
        SignupFactory(shift=shift, post=post)
        name = f"{side}_{kind}"
        world.arguments |= {
            f"{name}_series": [activity.pk],
            f"{name}_organised": [shift.pk],
            f"{name}_post": [post.pk],
            f"{name}_rule": [ShiftRuleFactory(activity=activity).pk],
        }
