"""Objects of the small district: stories, consents and the convention."""

from typing import Any

from campaigns.models import Convention
from tests.factories.stories import (
    ConsentFactory,
    ConventionFactory,
    PublishedStoryFactory,
    StoryFactory,
)


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """What the rows of the matrix name, for the own or the foreign side."""
    place = {"organization": organization, "community": community}
    submitted = StoryFactory(state="submitted", **place)
    consent = ConsentFactory(story=submitted)
    world.arguments |= {
        f"{side}_story": [StoryFactory(**place).pk],
        f"{side}_story_submitted": [submitted.pk],
        f"{side}_story_published": [PublishedStoryFactory(**place).pk],
        f"{side}_consent": [consent.pk],
        f"{side}_token": [consent.token],
    }
    if side == "own":
        _add_conventions(world)


def _add_conventions(world: Any) -> None:
    """One version in force, one before it, and a draft; and a secret nobody has."""
    states = Convention.State
    for number, (name, state) in enumerate(
        [
            ("old_convention", states.SUPERSEDED),
            ("convention", states.PUBLISHED),
            ("draft_convention", states.DRAFT),
        ],
        start=1,
    ):
        ConventionFactory(number=number, state=state)
        world.arguments[name] = [number]
    world.arguments["unknown_token"] = ["A" * 32]
