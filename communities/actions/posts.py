"""Service posts: communities keep them, people take them on and give them up.

Locks: community, person, post; ids ascending (TRAPS).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.member_report_ins import lock_people
from communities.models import Community, PostHolding, ServicePost
from communities.notices import member_report_ins as notices
from communities.queries.posts import PostRefused, open_holding, post_refusal
from core import audit
from core.transactions import retried_atomic

State = ServicePost.State
SECOND_CLICK = timedelta(minutes=1)
SAME_FORM = ("community_id", "title", "duties", "times", "places")


@transaction.atomic
def create_post(*, post: ServicePost, by: User, now: datetime) -> ServicePost:
    """Save a new draft; the same one sent twice within a minute is saved once.

    Raises PostRefused for a community that is no more.
    """
    # A second click comes at the same moment: it waits here for the first.
    community = Community.objects.select_for_update(no_key=True).get(
        pk=post.community_id
    )
    if community.has_ended(timezone.localdate(now)):
        raise PostRefused("community_ended", _("该社区已终止，不能再设岗。"))
    same = {name: getattr(post, name) for name in SAME_FORM}
    held = ServicePost.objects.filter(
        **same, state=State.DRAFT, created_by=by, created_at__gt=now - SECOND_CLICK
    ).first()
    if held is not None:
        return held
    post.created_by = by
    post.save()
    audit.record("communities.service_post_created", target=post, by=by)
    return post


@retried_atomic
def update_post(*, post: ServicePost, values: dict[str, Any], by: User) -> ServicePost:
    """Save what the official changed.

    Raises PostRefused for a closed post, and for fewer places than are held.
    """
    post = lock_post(post.pk)
    if post.state == State.CLOSED:
        raise PostRefused("closed", _("岗位已关闭，不能再修改。"))
    if values.get("places", post.places) < post.taken:
        raise PostRefused(
            "held",
            _("已有 %(taken)d 人认领，名额不能更少。") % {"taken": post.taken},
        )
    for name, value in values.items():
        setattr(post, name, value)
    post.save(update_fields=list(values))
    audit.record("communities.service_post_changed", target=post, by=by)
    return post


@retried_atomic
def publish_post(*, post: ServicePost, by: User, now: datetime) -> ServicePost:
    """Open a post to those it is for; to everyone after some days (setting)."""
    post = lock_post(post.pk)
    if post.state != State.PUBLISHED:  # a second click changes nothing
        post.move_to(State.PUBLISHED, by=by, published_at=now)
    return post


@retried_atomic
def close_post(*, post: ServicePost, by: User, now: datetime) -> ServicePost:
    """Close a post; who held it holds it no longer and is told."""
    post = lock_post(post.pk)
    if post.state == State.CLOSED:
        return post
    holdings = list(post.holdings.select_for_update().filter(ended_at=None))
    for holding in holdings:
        _end(holding, by=by, now=now)
    post.move_to(State.CLOSED, by=by, taken=0)
    notices.post_closed(post, holdings)
    return post


@retried_atomic
def take_post(*, post: ServicePost, user: User, now: datetime) -> PostHolding:
    """Take a post on oneself: the last place goes to one person only.

    Raises PostRefused with the reason: closed, already_held, minor, not_open_yet,
    full. Source: issue 3, service posts.
    """
    person = lock_people([user.pk])[user.pk]
    post = lock_post(post.pk)
    if refusal := post_refusal(post, person, now=now):
        raise refusal
    holding = PostHolding(post=post, user=person, starts_on=timezone.localdate(now))
    try:
        with transaction.atomic():
            holding.save()
            _count(post, 1)
    except IntegrityError as error:
        raise PostRefused("full", _("名额已满，或者您已认领。")) from error
    audit.record("communities.post_holding_created", target=holding, by=user)
    return holding


@retried_atomic
def leave_post(*, post: ServicePost, user: User, now: datetime) -> PostHolding:
    """Give a post up; the place is free at once. Raises PostRefused."""
    person = lock_people([user.pk])[user.pk]
    post = lock_post(post.pk)
    holding = open_holding(person, post)
    if holding is None:
        raise PostRefused("not_held", _("您没有认领该岗位。"))
    _end(holding, by=user, now=now)
    _count(post, -1)
    return holding


def lock_post(pk: int) -> ServicePost:
    """The post with its row locked until the transaction ends."""
    return (
        ServicePost.objects.select_for_update(of=("self",))
        .select_related("community")
        .get(pk=pk)
    )


def _count(post: ServicePost, change: int) -> None:
    # In the database, where the CHECK sees what is really taken: the second belt.
    ServicePost.objects.filter(pk=post.pk).update(taken=models.F("taken") + change)


def _end(holding: PostHolding, *, by: User, now: datetime) -> None:
    holding.ended_at = now
    holding.ends_on = max(timezone.localdate(now), holding.starts_on)
    holding.save(update_fields=["ended_at", "ends_on"])
    audit.record("communities.post_holding_ended", target=holding, by=by)
