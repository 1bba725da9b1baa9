"""The tree of organisations as it stood at the moment a campaign was frozen."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, QuerySet
from django.utils import timezone

from campaigns.models import Campaign
from communities.models import Organization, OrganizationVersion, RegisterChange
from communities.queries.history import organization_history


@dataclass(frozen=True)
class PlaceThen:
    """An organisation at the freeze; a merged one stood below its successor."""

    name: str
    unit_name: str
    parent_id: int | None
    is_merged: bool


def places_at_freeze(campaign: Campaign) -> dict[int, PlaceThen]:
    """Number of each organisation to its place; one that came later stands as today.

    For all with figures, and those above them, the frozen rows say where it was: the
    registers may have been corrected since, even for days before. Takes four queries.
    Source: PRODUCT section 3, frozen figures do not change.
    """
    day = timezone.localdate(campaign.frozen_at)
    history = organization_history()
    names, parents = _written(campaign)
    corrected = _corrected_since(campaign, day)
    found = {}
    for row in Organization.objects.order_by():
        was_over = row.is_over and row.state_changed_at <= campaign.frozen_at
        version = None if was_over else history.on(row.pk, corrected.get(row.pk, day))
        if version is None or version.starts_on > day:
            version = row
        name, unit_name = names.get(row.pk, (version.name, version.unit_name))
        found[row.pk] = PlaceThen(
            name=name,
            unit_name=unit_name,
            parent_id=parents.get(row.pk, version.parent_id),
            is_merged=was_over and row.state == Organization.State.MERGED,
        )
    return found


def read_for_freeze() -> list[QuerySet]:
    """What `places_at_freeze` reads beside the frozen rows, which never change."""
    changes = RegisterChange.objects.order_by("pk")
    return [
        OrganizationVersion.objects.order_by("pk").values_list(),
        Organization.objects.order_by("pk").values_list(
            "pk", "name", "unit_name", "parent_id", "state", "state_changed_at"
        ),
        changes.values_list(
            "organization_id", "state", "state_changed_at", "effective_on"
        ),
    ]


def below_at_freeze(places: dict[int, PlaceThen], pk: int) -> set[int]:
    """The numbers of the organisation and of all that stood below it."""
    children: dict[int | None, list[int]] = {}
    for number, place in places.items():
        children.setdefault(place.parent_id, []).append(number)
    found, waiting = set(), [pk]
    while waiting:
        number = waiting.pop()
        found.add(number)
        waiting.extend(children.get(number, []))
    return found


def _corrected_since(campaign: Campaign, day: date) -> dict[int, date]:
    """Organisation to the last day that nothing was entered for after the freeze."""
    late = RegisterChange.objects.filter(
        state=RegisterChange.State.APPLIED,
        state_changed_at__gt=campaign.frozen_at,
        effective_on__lte=day,
        organization__isnull=False,
    ).order_by()
    first = late.values_list("organization_id").annotate(Min("effective_on"))
    return {pk: effective_on - timedelta(days=1) for pk, effective_on in first}


def _written(
    campaign: Campaign,
) -> tuple[dict[int, tuple[str, str]], dict[int, int | None]]:
    """Names and superiors as the frozen rows have them."""
    names: dict[int, tuple[str, str]] = {}
    parents: dict[int, int | None] = {}
    rows = campaign.frozen_figures.order_by().values_list(
        "organization_id", "organization_name", "unit_name", "path"
    )
    for pk, name, unit_name, path in rows.distinct():
        names[pk] = (name, unit_name)
        above = None
        for number in map(int, path.rstrip("/").split("/")):
            parents[number] = above
            above = number
    return names, parents
