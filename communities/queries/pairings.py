"""Reads of pairings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import models

from accounts.models import User
from communities.models import (
    Community,
    Membership,
    Organization,
    Pairing,
    Subdistrict,
)
from communities.permissions import Permission, memberships_with, scope_filter
from communities.queries.history import community_history, organization_history

ONE_DAY = timedelta(days=1)
# What the list may be sorted by; each ends in the same order, so pages are stable.
ORDERS = {
    "unit": ("organization__path", "-is_lead", "community__code", "pk"),
    "community": (
        "community__subdistrict__code",
        "community__code",
        "-is_lead",
        "organization__path",
        "pk",
    ),
    "since": ("-starts_on", "organization__path", "community__code", "pk"),
}


def pairings_visible_to(user: User) -> models.QuerySet:
    """Pairings in the scope of the user's roles.

    A pairing belongs to a unit's highest organisation, so an official of a branch
    sees those of the organisations above in the same unit too. It is no method of
    the queryset, because the policy stands on the models of this app.
    """
    in_scope = scope_filter(
        user,
        Permission.PAIRING_VIEW,
        organization="organization",
        community="community",
    )
    for membership in memberships_with(user, Permission.PAIRING_VIEW):
        if membership.role == Membership.Role.UNIT:
            in_scope |= _of_own_unit(membership.organization)
    return Pairing.objects.filter(in_scope)


def _of_own_unit(own: Organization) -> models.Q:
    """Pairings of the organisations above in the same unit, and of itself."""
    above = [int(part) for part in (own.path or "").strip("/").split("/") if part]
    return models.Q(organization_id__in=above, organization__unit_name=own.unit_name)


def filtered_pairings(
    pairings: models.QuerySet,
    *,
    day: date,
    street: Subdistrict | None = None,
    text: str = "",
    state: str = "",
    lead_only: bool = False,
    order: str = "unit",
) -> models.QuerySet:
    """Pairings as of `day`, by street and by words of unit or community.

    `state` is what they are on that day: those that hold, by default; those that are
    planned for later, or had ended. `order` is one of ORDERS. Words also find the
    names that were borne on that day.
    """
    pairings = _in_state(pairings.valid(), state or Pairing.State.ACTIVE, day)
    if street is not None:
        pairings = pairings.filter(community__subdistrict=street)
    if lead_only:
        pairings = pairings.filter(is_lead=True)
    if text:
        pairings = pairings.filter(_named(text, day))
    return pairings.select_related(
        "organization", "community__subdistrict", "notice"
    ).order_by(*ORDERS[order])


def _in_state(pairings: models.QuerySet, state: str, day: date) -> models.QuerySet:
    if state == Pairing.State.PROPOSED:
        return pairings.filter(starts_on__gt=day)
    if state == Pairing.State.ENDED:
        return pairings.filter(ends_on__lt=day)
    return pairings.on(day)


def _named(text: str, day: date) -> models.Q:
    lower = text.lower()
    then = models.Q(versions__starts_on__lte=day) & (
        models.Q(versions__ends_on=None) | models.Q(versions__ends_on__gte=day)
    )
    units = Organization.objects.filter(
        then,
        models.Q(versions__unit_name__icontains=text)
        | models.Q(versions__name__icontains=text),
    )
    places = Community.objects.filter(then, versions__name__icontains=text)
    return (
        models.Q(organization__unit_name__icontains=text)
        | models.Q(organization__name__icontains=text)
        | models.Q(organization__initials__contains=lower)
        | models.Q(organization__pinyin__contains=lower)
        | models.Q(community__name__icontains=text)
        | models.Q(community__initials__contains=lower)
        | models.Q(community__pinyin__contains=lower)
        | models.Q(organization__in=units.order_by().values("pk"))
        | models.Q(community__in=places.order_by().values("pk"))
    )


def name_the_day(pairings: Iterable[Pairing], day: date | None = None) -> None:
    """Give each pairing the names of `day`.

    Without a day, those of its last day if it has one, else of its first.
    `organization_then` has `name` and `unit_name`, `community_then` has `name`: the
    versions, or the rows for want of a history. Takes two queries.
    """
    pairings = list(pairings)
    units = organization_history(row.organization_id for row in pairings)
    places = community_history(row.community_id for row in pairings)
    for row in pairings:
        then = day or row.ends_on or row.starts_on
        row.organization_then = units.on(row.organization_id, then) or row.organization
        row.community_then = places.on(row.community_id, then) or row.community


def other_pairings(pairing: Pairing, *, day: date) -> dict[str, int]:
    """How many other pairings hold on `day` or later: of the unit, of the community."""
    rows = Pairing.objects.overlapping(day, None).exclude(pk=pairing.pk)
    return {
        "unit": rows.filter(organization=pairing.organization_id).count(),
        "community": rows.filter(community=pairing.community_id).count(),
    }


def pairings_of_community(
    community: Community, *, user: User, day: date
) -> list[Pairing]:
    """Pairings of a community on `day`, the leading ones first.

    Each has `is_in_scope` where `user` may see names of persons, `since` (the first
    day of the pair without a break) and the names of name_the_day.
    """
    return _standing(_of_community(community), user, day)


def earlier_pairings_of_community(
    community: Community, *, user: User, day: date
) -> list[Pairing]:
    """Pairings of a community that had ended before `day`, the latest first.

    As in pairings_of_community; names are those of the last day of each. A pair that
    went on with other details is one.
    """
    return _earlier(_of_community(community), user, day)


def _of_community(community: Community) -> models.QuerySet:
    return Pairing.objects.filter(community=community)


def _standing(pairings: models.QuerySet, user: User, day: date) -> list[Pairing]:
    spans = spans_of(_in_order(pairings))
    rows = [row for span in spans for row in span if row.holds_on(day)]
    rows.sort(key=lambda row: (not row.is_lead, row.organization.path or "", row.pk))
    _finish(rows, user, day)
    return rows


def _earlier(pairings: models.QuerySet, user: User, day: date) -> list[Pairing]:
    rows = [span[-1] for span in spans_of(_in_order(pairings))]
    rows = [row for row in rows if row.ends_on is not None and row.ends_on < day]
    rows.sort(key=lambda row: (row.ends_on, row.pk), reverse=True)
    _finish(rows, user, None)
    return rows


def _in_order(pairings: models.QuerySet) -> models.QuerySet:
    loaded = pairings.valid().select_related(
        "organization", "community__subdistrict", "notice"
    )
    return loaded.order_by("starts_on", "pk")


def spans_of(pairings: Iterable[Pairing]) -> list[list[Pairing]]:
    """Rows of one pair that follow each other day by day; each knows `since`.

    A pair that goes on with another leader is two rows, but one pairing. The rows
    come in the order of their first days.
    """
    by_pair: dict[tuple[int, int], list[list[Pairing]]] = defaultdict(list)
    for row in pairings:
        spans = by_pair[row.organization_id, row.community_id]
        last = spans[-1][-1] if spans else None
        if last and last.ends_on and last.ends_on + ONE_DAY == row.starts_on:
            spans[-1].append(row)
        else:
            spans.append([row])
        row.since = spans[-1][0].starts_on
    return [span for spans in by_pair.values() for span in spans]


def _finish(rows: Sequence[Pairing], user: User, day: date | None) -> None:
    in_scope: set[int] = set()
    if rows and user.is_authenticated:
        seen = pairings_visible_to(user).filter(pk__in=[row.pk for row in rows])
        in_scope = set(seen.order_by().values_list("pk", flat=True))
    for row in rows:
        row.is_in_scope = row.pk in in_scope
    name_the_day(rows, day)
