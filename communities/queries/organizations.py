"""Reads of the tree of organisations, as it was on a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import User
from communities.models import (
    Organization,
    OrganizationVersion,
    Pairing,
    RegisterChange,
)
from communities.queries.pairings import (
    name_the_day,
    pairings_visible_to,
    spans_of,
)
from core.text import pinyin_of

State, Kind = Organization.State, RegisterChange.Kind


@dataclass
class Place:
    """An organisation on a day: what it was called, and how deep it stood."""

    version: OrganizationVersion
    organization: Organization
    state: str
    depth: int = 0
    parent_name: str = ""

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def is_standing(self) -> bool:
        return self.state in Organization.STANDING_STATES

    @property
    def indent(self) -> int:
        """The depth, as far as the page shows it."""
        return min(self.depth, 3)


def places_of_day(
    day: date, *, text: str = "", kind: str = "", state: str = ""
) -> list[Place]:
    """Organisations as they were on `day`, parents before their children.

    `text` is found in names of that day, units, codes, pinyin and initials. Without
    a state: those that stood; merged and dissolved ones come only when asked for.
    Takes two queries.
    """
    places = _in_tree_order(_places(day))
    if state:
        places = [place for place in places if place.state == state]
    else:
        places = [place for place in places if place.is_standing]
    if kind:
        places = [place for place in places if place.version.kind == kind]
    if text:
        places = [place for place in places if _is_named(place, text.strip().lower())]
    return places


def _places(day: date) -> dict[int, Place]:
    """The latest version up to `day` of each organisation that had begun by then."""
    versions = (
        OrganizationVersion.objects.filter(starts_on__lte=day)
        .select_related("organization")
        .order_by("starts_on")
    )
    halts = halts_until(day)
    places = {}
    for version in versions:
        row = version.organization
        state = state_on(row, version, day, halts.get(row.pk))
        places[row.pk] = Place(version, row, state)
    return places


def halts_until(day: date, organization: Organization | None = None) -> dict[int, str]:
    """Organisation to the last suspension or resumption that held from `day` or before.

    As the kind of the change; those that were never suspended are not in it.
    """
    changes = RegisterChange.objects.filter(
        state=RegisterChange.State.APPLIED,
        kind__in=[Kind.SUSPEND, Kind.RESUME],
        effective_on__lte=day,
        organization__isnull=False,
    )
    if organization is not None:
        changes = changes.filter(organization=organization)
    rows = changes.order_by("effective_on", "pk")
    return dict(rows.values_list("organization_id", "kind"))


def state_on(
    organization: Organization,
    version: OrganizationVersion,
    day: date,
    halt: str | None,
) -> str:
    """The state on `day`, when `version` is the latest up to then.

    `halt` is what halts_until says. The row alone knows only its last state.
    """
    if not version.holds_on(day):
        return organization.state
    if halt is not None:
        return State.SUSPENDED if halt == Kind.SUSPEND else State.ACTIVE
    changed_on = timezone.localdate(organization.state_changed_at)
    is_later = organization.is_over or changed_on > day
    return State.ACTIVE if is_later else organization.state


def _in_tree_order(places: dict[int, Place]) -> list[Place]:
    children: dict[int | None, list[Place]] = defaultdict(list)
    for pk, place in sorted(places.items()):
        parent = places.get(place.version.parent_id)
        if parent is not None:
            place.parent_name = parent.version.name
        above = place.version.parent_id if parent and parent.is_standing else None
        children[above if place.is_standing and above != pk else None].append(place)
    ordered: dict[int, Place] = {}
    for root in children[None]:
        for place in _walk(root, children, 0, ordered):
            ordered[place.organization.pk] = place
    return list(ordered.values())


def _walk(
    place: Place,
    children: dict[int | None, list[Place]],
    depth: int,
    seen: dict[int, Place],
) -> Iterator[Place]:
    if place.organization.pk in seen:
        return
    place.depth = depth
    yield place
    for child in children[place.organization.pk]:
        yield from _walk(child, children, depth + 1, seen)


def _is_named(place: Place, text: str) -> bool:
    version, row = place.version, place.organization
    words = [version.name.lower(), version.unit_name.lower(), row.code.lower()]
    if version.name == row.name:
        words += [row.pinyin, row.initials]
    else:
        words += pinyin_of(version.name)
    return any(text in word for word in words)


def version_on(organization: Organization, day: date) -> OrganizationVersion | None:
    """The version of `day`, else the nearest one; `versions` are read once."""
    versions = sorted(organization.versions.all(), key=lambda row: row.starts_on)
    held = [version for version in versions if version.starts_on <= day]
    return (held or versions[:1] or [None])[-1]


def ancestors_on(version: OrganizationVersion, day: date) -> list[OrganizationVersion]:
    """The organisations above on `day`, the highest first; one query a level."""
    above: list[OrganizationVersion] = []
    seen = {version.organization_id}
    parent_id = version.parent_id
    while parent_id is not None and parent_id not in seen:
        seen.add(parent_id)
        versions = OrganizationVersion.objects.filter(organization_id=parent_id)
        found = versions.filter(starts_on__lte=day).order_by("starts_on").last()
        if found is None:
            break
        above.insert(0, found)
        parent_id = found.parent_id
    return above


def children_on(organization: Organization, day: date) -> list[OrganizationVersion]:
    """The next level below on `day`, as it was called then."""
    held = OrganizationVersion.objects.on(day).filter(parent=organization)
    return list(held.select_related("organization").order_by("organization_id"))


def pairings_of_organization(
    organization: Organization,
    *,
    user: User,
    day: date,
    above: Iterable[OrganizationVersion] = (),
) -> dict[str, list[Pairing]]:
    """Pairings of an organisation as of `day`: "now", "later" and "earlier".

    A pairing hangs on a unit's highest organisation, so those of the organisations
    `above` in the same unit count too. Names are those of the day, and of its last
    day for one that had ended; one that went on with other details is not earlier.
    `since` is the first day without a break; `is_in_scope` where `user` may see
    persons.
    """
    ids = {organization.pk, *(version.organization_id for version in above)}
    rows = list(
        Pairing.objects.valid()
        .filter(organization_id__in=ids)
        .select_related("organization", "community__subdistrict", "notice")
        .order_by("starts_on", "pk")
    )
    last_rows = [span[-1] for span in spans_of(rows)]
    rows.sort(key=lambda row: (not row.is_lead, row.community.code))
    held = [row for row in rows if row.holds_on(day)]
    later = [row for row in rows if row.starts_on > day]
    earlier = [
        row for row in last_rows if row.ends_on is not None and row.ends_on < day
    ]
    earlier.sort(key=lambda row: row.ends_on, reverse=True)
    name_the_day([*held], day)
    name_the_day([*later, *earlier])
    in_scope: set[int] = set()
    if rows and user.is_authenticated:
        visible = pairings_visible_to(user).filter(organization_id__in=ids)
        in_scope = set(visible.values_list("pk", flat=True))
    for row in rows:
        row.is_in_scope = row.pk in in_scope
    return {"now": held, "later": later, "earlier": earlier}
