"""The campaign's work of the small district, a module for each noun."""

from typing import Any

from tests.world_work import (
    activities,
    attendance,
    audit,
    campaigns,
    certificates,
    evidence,
    groups,
    honors,
    hours,
    invitations,
    ledgers,
    message_kinds,
    messages,
    offers,
    organising,
    reports,
    reviews,
    stories,
    tasks,
    whistles,
    wishes,
)

MODULES = (
    campaigns,
    tasks,
    activities,
    evidence,
    reviews,
    honors,
    stories,
    ledgers,
    reports,
    whistles,
    wishes,
    offers,
    groups,
    invitations,
    organising,
    attendance,
    hours,
    certificates,
    message_kinds,
    messages,
    audit,
)


def add_work(world: Any, side: str, organization: Any, community: Any) -> None:
    """Tasks, honours, stories and the like, for the own or the foreign side."""
    for module in MODULES:
        module.add(world, side, organization, community)
