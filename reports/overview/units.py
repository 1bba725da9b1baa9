"""Units and communities the overview counts one by one, as its own rows list them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from campaigns.models import Campaign
from campaigns.queries.review_queue import AGES, waiting_since
from communities.models import Community, Organization
from communities.permissions import Permission, scope_filter
from reports.overview.asked import Asked
from reports.progress import Progress, Question, progress_of
from reports.progress_tree import Place, Tree
from reports.queries import Filters, reported_activities

# Of the office's ages of what waits: longer than a week is late, as in its queue.
LATE_DAYS = AGES[1]


def progress_asked(asked: Asked) -> Progress:
    """The progress matrix of the units asked for, a row for each."""
    question = Question(asked.campaign, asked.months, asked.today)
    return progress_of(question, tree_of(asked, asked.campaign), below=None)


def tree_of(asked: Asked, campaign: Campaign) -> Tree:
    """The organisations in scope, those below the one asked for as of the campaign."""
    in_scope = Organization.objects.filter(
        scope_filter(asked.user, Permission.ACTIVITY_VIEW, organization="self")
    )
    if asked.organization is None:
        return Tree(in_scope, campaign)
    if not campaign.frozen_at:
        return Tree(in_scope.below(asked.organization), campaign)
    branch = Tree(in_scope, campaign).below(asked.organization.pk)
    return Tree(in_scope.filter(pk__in=[place.pk for place in branch]), campaign)


@dataclass(frozen=True)
class Units:
    """Units of today with and without a pairing that holds today."""

    paired: list[Place]
    unpaired: list[Place]


def units_of_pairings(asked: Asked, paired: set[int]) -> Units:
    """Standing units, parted by whether one of their organisations is in `paired`."""
    tree = tree_of(asked, Campaign())
    units = Units([], [])
    for top in tree.tops:
        has_pairing = any(place.pk in paired for place in tree.of_unit(top.pk))
        if has_pairing:
            units.paired.append(top)
        elif top.is_standing:
            units.unpaired.append(top)
    return units


def standing_communities(asked: Asked) -> QuerySet[Community]:
    """Communities of today in the street asked for; the register is public."""
    rows = Community.objects.standing(asked.today).order_by("code")
    return rows.filter(subdistrict=asked.street) if asked.street else rows


def late_reviews(asked: Asked) -> QuerySet:
    """Activities that have waited for the office's review for more than a week."""
    filters = Filters(
        campaign=asked.campaign,
        organization=asked.organization,
        street=asked.street,
        state="submitted",
    )
    rows = reported_activities(asked.user, filters)
    return rows.filter(submitted_at__lt=waiting_since(asked.today, LATE_DAYS))
