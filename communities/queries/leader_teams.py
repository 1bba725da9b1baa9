"""Leading teams of one unit, one community or one official's desk."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import (
    Community,
    Leader,
    LeaderLink,
    LeaderTerm,
    LeadingPost,
    Organization,
)
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)
from communities.queries.history import community_history, organization_history
from communities.queries.leaders import (
    Coverage,
    district_coverage,
    leader_coverage,
    teams_visible_to,
    unit_name_on,
)


@dataclass
class Seat:
    """A post on a day with its holder (None: vacant) and the holder's links."""

    post: LeadingPost
    term: LeaderTerm | None = None
    links: dict[str, LeaderLink] = field(default_factory=dict)

    @property
    def holder(self) -> Leader | None:
        return self.term.leader if self.term else None

    @property
    def community_link(self) -> LeaderLink | None:
        return self.links.get(LeaderLink.Slot.COMMUNITY)

    @property
    def second_link(self) -> LeaderLink | None:
        return self.links.get(LeaderLink.Slot.SECOND)

    @property
    def link_names(self) -> list[str]:
        """The places linked to, in the order of the slots."""
        links = (self.community_link, self.second_link)
        return [link.place for link in links if link]


def team_of(organization: Organization, *, day: date) -> list[Seat]:
    """The seats of a unit's leading team on `day`, by rank."""
    posts = list(organization.leading_posts.on(day).order_by("rank", "pk"))
    terms = {
        term.post_id: term
        for term in LeaderTerm.objects.on(day)
        .filter(post__in=posts)
        .select_related("leader")
    }
    links = links_by_leader([term.leader_id for term in terms.values()], day=day)
    return [
        Seat(post, term, links[term.leader_id] if term else {})
        for post in posts
        for term in [terms.get(post.pk)]
    ]


def links_by_leader(
    leaders: list[int], *, day: date
) -> defaultdict[int, dict[str, LeaderLink]]:
    """Leader to slot to the link of `day`; `place` is its name of that day."""
    rows = list(
        LeaderLink.objects.on(day)
        .filter(leader__in=leaders)
        .select_related("community")
    )
    name_places(rows, day=day)
    found: defaultdict[int, dict[str, LeaderLink]] = defaultdict(dict)
    for link in rows:
        found[link.leader_id][link.slot] = link
    return found


def name_places(links: list[LeaderLink], *, day: date | None = None) -> None:
    """Give each link its `place`: the community's name of `day`, or the label.

    Without a day: the name on the link's first day.
    """
    history = community_history(
        {link.community_id for link in links if link.community_id}
    )
    for link in links:
        version = history.on(link.community_id, day or link.starts_on)
        link.place = version.name if version else link.target_name


@dataclass
class PastRow:
    """One line of a team's history."""

    starts_on: date
    ends_on: date | None
    what: str
    who: str


def team_history(organization: Organization, *, day: date) -> list[PastRow]:
    """Terms at the unit and links of their holders that do not hold on `day`.

    What is planned for later stands first, then the latest end.
    """
    terms = LeaderTerm.objects.filter(post__organization=organization)
    holders = terms.values("leader")
    off = ~models.Q(pk__in=LeaderTerm.objects.on(day).values("pk"))
    rows = [
        PastRow(term.starts_on, term.ends_on, term.post.title, term.leader.name)
        for term in terms.filter(off).select_related("post", "leader")
    ]
    links = list(
        LeaderLink.objects.filter(leader__in=holders)
        .exclude(pk__in=LeaderLink.objects.on(day).values("pk"))
        .select_related("leader", "community")
    )
    name_places(links)
    rows += [
        PastRow(
            link.starts_on,
            link.ends_on,
            _("%(slot)s：%(place)s")
            % {"slot": link.get_slot_display(), "place": link.place},
            link.leader.name,
        )
        for link in links
    ]
    rows += [
        PastRow(post.starts_on, post.ends_on, post.title, _("职务本身"))
        for post in organization.leading_posts.exclude(
            pk__in=LeadingPost.objects.on(day).values("pk")
        )
    ]
    return sorted(rows, key=lambda row: row.ends_on or row.starts_on, reverse=True)


def stray_links(organization: Organization, *, day: date) -> list[LeaderLink]:
    """Links on `day` of persons of this unit, or of one below, who hold no post.

    They count for nothing; someone should end them or appoint the person anew.
    """
    in_office = LeaderTerm.objects.on(day).values("leader")
    links = list(
        LeaderLink.objects.on(day)
        .filter(leader__organization__path__startswith=organization.path)
        .exclude(leader__in=in_office)
        .select_related("leader", "community")
        .order_by("leader", "slot")
    )
    name_places(links, day=day)
    return links


def leaders_of_organization(
    organization: Organization, *, user: User, day: date
) -> dict[str, Any]:
    """`seats` of the team on `day`; `shows_names` where `user` may see who sits there.

    Everyone may see the titles of the posts and the places they are linked to.
    """
    shows = user.is_authenticated and (
        teams_visible_to(user).filter(pk=organization.pk).exists()
    )
    return {
        "organization": organization,
        "seats": team_of(organization, day=day),
        "shows_names": shows,
    }


def leaders_of_community(
    community: Community, *, user: User, day: date
) -> list[dict[str, Any]]:
    """Who in office is linked to the community on `day`: unit, posts, slot.

    `name` is "" where `user` may not see it. One entry a link.
    """
    links = list(
        LeaderLink.objects.on(day)
        .filter(community=community)
        .select_related("leader")
        .order_by("slot", "leader__organization__path", "leader")
    )
    terms = (
        LeaderTerm.objects.on(day)
        .filter(leader__in=[link.leader_id for link in links])
        .select_related("post__organization")
        .order_by("post__organization__path", "post__rank")
    )
    posts: dict[int, list[LeadingPost]] = defaultdict(list)
    for term in terms:
        posts[term.leader_id].append(term.post)
    shows = _shows_names_in(community, user)
    visible = (
        set(teams_visible_to(user).values_list("pk", flat=True))
        if (links and user.is_authenticated and not shows)
        else set()
    )
    history = organization_history(
        {post.organization_id for held in posts.values() for post in held}
    )
    return [
        {
            "link": link,
            "posts": [
                _("%(unit)s%(title)s")
                % {
                    "unit": unit_name_on(history, post.organization, day),
                    "title": post.title,
                }
                for post in held
            ],
            "name": link.leader.name
            if shows or any(post.organization_id in visible for post in held)
            else "",
        }
        for link in links
        if (held := posts.get(link.leader_id))
    ]


def can_manage_leader(user: User, leader: Leader, *, day: date) -> bool:
    """Whether the user keeps the person's links.

    That is who keeps the unit that registered the person, or one where the person is
    in office on `day` or later.
    """
    teams = Organization.objects.filter(
        models.Q(pk=leader.organization_id)
        | models.Q(leading_posts__terms__in=_lasting_terms(leader, day))
    )
    return any(
        has_permission(user, Permission.LEADER_MANAGE, organization=team)
        for team in teams.distinct()
    )


def _lasting_terms(leader: Leader, day: date) -> models.QuerySet:
    return leader.terms.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))


def sees_all_teams(user: User) -> bool:
    """Whether the user holds a role of the whole district."""
    return any(
        not (held.organization_id or held.subdistrict_id or held.community_id)
        for held in memberships_with(user, Permission.LEADER_VIEW)
    )


def _shows_names_in(community: Community, user: User) -> bool:
    return user.is_authenticated and has_permission(
        user, Permission.LEADER_VIEW, community=community
    )


def desk_leaders(user: User, today: date) -> dict[str, Any] | None:
    """What an official who keeps leading teams should look at, None for others.

    `coverage` of all teams in scope together, `units` of those with someone unlinked
    (at most five of `unit_count`), `vacant` posts.
    """
    if not memberships_with(user, Permission.LEADER_MANAGE):
        return None
    scope = Organization.objects.filter(
        scope_filter(user, Permission.LEADER_MANAGE, organization="self")
    )
    with_gaps = [row for row in leader_coverage(today, scope) if row.has_gaps]
    coverage: Coverage = district_coverage(today, scope)
    return {
        "coverage": coverage,
        "units": with_gaps[:5],
        "unit_count": len(with_gaps),
        "vacant": coverage.vacant,
    }
