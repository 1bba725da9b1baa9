"""Reads of service posts, and the reasons against taking one."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, MemberReportIn, PostHolding, ServicePost
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)
from communities.queries.member_report_ins import pairings_of_unit
from core.dates import moment_text
from core.errors import RuleError

State = ServicePost.State
COMMUNITY_ROWS = 10
DESK_ROWS = 8


class PostRefused(RuleError):
    """A post is not given; `code` names the reason for machines."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def posts_in_scope(user: User) -> models.QuerySet:
    """Posts of the communities the user publishes for."""
    scope = scope_filter(user, Permission.NEED_PUBLISH, community="community")
    return ServicePost.objects.filter(scope)


def communities_publishing(user: User) -> models.QuerySet:
    """The communities that stand today and whose posts the user keeps."""
    held = memberships_with(user, Permission.NEED_PUBLISH)
    ids = [membership.community_id for membership in held]
    return Community.objects.standing().filter(pk__in=ids)


def posts_visible_to(user: User) -> models.QuerySet:
    """What was published, for everyone; drafts for the community's officials."""
    return ServicePost.objects.filter(
        models.Q(published_at__isnull=False)
        | models.Q(pk__in=posts_in_scope(user).values("pk"))
    )


def can_manage_posts(user: User, community: Community) -> bool:
    """Whether the user keeps the posts of this community, and sees who holds them."""
    return has_permission(user, Permission.NEED_PUBLISH, community=community)


def open_posts(community: Community) -> models.QuerySet:
    """Published posts of a community, the newest first."""
    return community.posts.filter(state=State.PUBLISHED)


def posts_of_community(
    community: Community, *, user: User, day: date
) -> dict[str, object]:
    """What the community's page shows: `posts`, `count`, `can_manage`.

    Posts are those published today: they have no history by the day.
    """
    posts = open_posts(community)
    return {
        "posts": list(posts[:COMMUNITY_ROWS]),
        "count": posts.count(),
        "can_manage": user.is_authenticated and can_manage_posts(user, community),
    }


def open_holding(user: User, post: ServicePost) -> PostHolding | None:
    """The person's holding of the post, while it lasts."""
    if not user.is_authenticated:
        return None
    return post.holdings.filter(user_id=user.pk, ended_at=None).first()


def holdings_of(user: User) -> models.QuerySet:
    """The posts a person holds, the newest first."""
    return (
        PostHolding.objects.filter(user_id=user.pk, ended_at=None)
        .select_related("post__community")
        .order_by("-starts_on", "-pk")
    )


def holders_of(post: ServicePost) -> models.QuerySet:
    """Who holds the post now; for the community's officials only."""
    return (
        post.holdings.filter(ended_at=None)
        .select_related("user")
        .order_by("starts_on", "pk")
    )


def filtered_posts(rows: models.QuerySet, *, state: str = "", text: str = ""):
    """Posts by state and words of title or duties; drafts first, then the newest."""
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(
            models.Q(title__icontains=text) | models.Q(duties__icontains=text)
        )
    order = models.Case(
        models.When(state=State.DRAFT, then=0),
        models.When(state=State.PUBLISHED, then=1),
        default=2,
    )
    return rows.select_related("community").order_by(order, "-published_at", "-pk")


def desk_posts(user: User, *, today: date) -> dict[str, object] | None:
    """The posts of an official's community: `posts`, `count`, `draft_count`.

    None for those who publish none.
    """
    if not has_permission(user, Permission.NEED_PUBLISH):
        return None
    rows = posts_in_scope(user).exclude(state=State.CLOSED)
    return {
        "posts": list(filtered_posts(rows)[:DESK_ROWS]),
        "count": rows.filter(state=State.PUBLISHED).count(),
        "draft_count": rows.filter(state=State.DRAFT).count(),
    }


def comes_first(user: User, post: ServicePost, *, day: date) -> bool:
    """Whether the person may take the post in the days of the paired.

    They live in the community, or their unit is paired with it: both by a report-in
    that a community has signed.
    """
    home = (
        MemberReportIn.objects.filter(
            user_id=user.pk, state=MemberReportIn.State.ACTIVE
        )
        .select_related("organization")
        .first()
    )
    if home is None:
        return False
    if home.community_id == post.community_id:
        return True
    if home.organization is None:
        return False
    paired = pairings_of_unit(home.organization, day=day)
    return paired.filter(community_id=post.community_id).exists()


def post_refusal(post: ServicePost, user: User, *, now: datetime) -> PostRefused | None:
    """The first reason against taking a post, or None.

    One function for page and action. Source: issue 3, service posts.
    """
    if post.state != State.PUBLISHED:
        return PostRefused("closed", _("该岗位没有开放认领。"))
    if open_holding(user, post) is not None:
        return PostRefused("already_held", _("您已认领该岗位。"))
    if user.is_minor:
        return PostRefused(
            "minor", _("设岗定责由成年人认领，未满18周岁可以参加志愿班次。")
        )
    opens_at = post.opens_to_all_at
    if now < opens_at and not comes_first(user, post, day=timezone.localdate(now)):
        return PostRefused(
            "not_open_yet",
            _(
                "该岗位先由已向本社区报到的党员和结对单位的党员认领，"
                "%(when)s 起向所有人开放。"
            )
            % {"when": moment_text(opens_at)},
        )
    if post.places_left < 1:
        return PostRefused("full", _("名额已满。"))
    return None
