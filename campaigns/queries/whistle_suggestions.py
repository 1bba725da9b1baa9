"""Whom a whistle may be sent to, and why each is proposed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from campaigns.models import Whistle, WhistleResponse
from communities.models import Need, Organization, Pairing, Resource

# Units that offer something; paired ones are all shown.
MOST_OFFERING = 20
MOST_FOUND = 20
CATEGORIES = {
    "needs_people": Need.Category.PEOPLE,
    "needs_things": Need.Category.GOODS,
    "needs_skill": Need.Category.SKILL,
}


@dataclass
class Suggestion:
    """An organisation, all reasons for it, and what it has to do already.

    `kinds` counts how many kinds of what is needed it offers. `is_asked` when it has a
    live response to this whistle, `has_returned` when it returned it before.
    """

    organization: Organization
    reasons: list[str] = field(default_factory=list)
    kinds: int = 0
    open_count: int = 0
    is_asked: bool = False
    has_returned: bool = False


def suggested_units(whistle: Whistle, day: date) -> list[Suggestion]:
    """Paired units first, the lead before the rest, then those that offer what fits.

    Of the latter those that offer most of what is needed, then those with the least
    to do; active organisations only. Takes three queries.
    Source: issue 5, "Dispatch".
    """
    paired = _paired(whistle, day)
    offering = _offering(whistle, day)
    for pk, found in paired.items():
        if pk in offering:
            found.reasons += offering.pop(pk).reasons
    with_work([*paired.values(), *offering.values()], whistle)
    rest = sorted(offering.values(), key=lambda found: (-found.kinds, found.open_count))
    return [*paired.values(), *rest[:MOST_OFFERING]]


def found_units(
    whistle: Whistle, text: str, *, without: Iterable[int] = ()
) -> list[Suggestion]:
    """Other active organisations by name, unit, pinyin or initials."""
    rows = _active().exclude(pk__in=list(without))
    named = rows.search(text) | rows.filter(unit_name__icontains=text)
    found = [Suggestion(row) for row in named.order_by("path")[:MOST_FOUND]]
    return with_work(found, whistle)


def chosen_units(whistle: Whistle, numbers: Iterable[int]) -> list[Suggestion]:
    """The organisations with these numbers, those that are active."""
    rows = _active().filter(pk__in=list(numbers)).order_by("path")
    return with_work([Suggestion(row) for row in rows], whistle)


def with_work(found: list[Suggestion], whistle: Whistle) -> list[Suggestion]:
    """The same, with what each has open and how it stands to this whistle."""
    state = WhistleResponse.State
    rows = WhistleResponse.objects.filter(
        organization__in=[one.organization.pk for one in found]
    )
    of_this = models.Q(whistle=whistle)
    counted = (
        rows.order_by()
        .values("organization")
        .annotate(
            open=models.Count("pk", models.Q(state__in=WhistleResponse.OPEN_STATES)),
            live=models.Count(
                "pk", of_this & models.Q(state__in=WhistleResponse.LIVE_STATES)
            ),
            returned=models.Count("pk", of_this & models.Q(state=state.RETURNED)),
        )
    )
    by_organization = {row["organization"]: row for row in counted}
    for one in found:
        if row := by_organization.get(one.organization.pk):
            one.open_count = row["open"]
            one.is_asked = row["live"] > 0
            one.has_returned = row["returned"] > 0
    return found


def _active() -> models.QuerySet:
    return Organization.objects.filter(state=Organization.State.ACTIVE)


def _paired(whistle: Whistle, day: date) -> dict[int, Suggestion]:
    pairings = (
        Pairing.objects.on(day)
        .filter(
            community=whistle.community_id,
            organization__state=Organization.State.ACTIVE,
        )
        .select_related("organization")
        .order_by("-is_lead", "organization__path", "pk")
    )
    found: dict[int, Suggestion] = {}
    for pairing in pairings:
        reason = _("与本社区结对，牵头单位") if pairing.is_lead else _("与本社区结对")
        found.setdefault(
            pairing.organization_id, Suggestion(pairing.organization, [reason])
        )
    return found


def _offering(whistle: Whistle, day: date) -> dict[int, Suggestion]:
    wanted = [kind for need, kind in CATEGORIES.items() if getattr(whistle, need)]
    if not wanted:
        return {}
    rows = (
        Resource.objects.offered(day)
        .filter(category__in=wanted, organization__state=Organization.State.ACTIVE)
        .select_related("organization")
        .order_by("organization__path", "pk")
    )
    offered: dict[Organization, list[Resource]] = defaultdict(list)
    for row in rows:
        offered[row.organization].append(row)
    return {
        organization.pk: Suggestion(
            organization,
            [_offer_text(one) for one in given],
            kinds=len({one.category for one in given}),
        )
        for organization, given in offered.items()
    }


def _offer_text(resource: Resource) -> str:
    return _("可提供：%(title)s（%(kind)s）") % {
        "title": resource.title,
        "kind": resource.get_category_display(),
    }
