"""Service posts: drafts move; open ones go on in the community that takes over.

A post that was held stays with its community, closed, so that the past keeps its
place; a new one like it goes on from the day, with those who held it.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import Handover, Held, chosen
from communities.actions.handovers.member_report_ins import lock_people_of
from communities.models import Community, MemberReportIn, PostHolding, ServicePost
from core import audit
from core.dates import day_text

State = ServicePost.State
COPIED = ("title", "duties", "times", "places", "taken", "published_at", "created_by")


class PostHandover(Handover):
    """Posts that are drafts or open, with those who hold them."""

    name = "posts"
    label = gettext_lazy("服务岗位")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        return [
            Held(str(post.pk), _text(post), _outcome(to, on), post.get_absolute_url())
            for post in _standing(node)
        ]

    def kept(self, node: Community, *, on: date) -> int:
        return node.posts.filter(state=State.CLOSED).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        lock_people_of(node)
        posts = _standing(node).select_for_update(of=("self",))
        handed = chosen(posts, keys)
        for post in handed:
            if post.state == State.DRAFT:
                _repoint(post, to, by=by)
            else:
                _go_on(post, to, on=on, by=by)
        return len(handed)


def _standing(node: Community) -> models.QuerySet:
    return node.posts.exclude(state=State.CLOSED).order_by("pk")


def _text(post: ServicePost) -> str:
    return _("%(title)s（%(taken)d / %(places)d 人）") % {
        "title": post.title,
        "taken": post.taken,
        "places": post.places,
    }


def _outcome(to: Community | None, on: date) -> str:
    if to is None:
        return _("连同认领的人一起承接")
    return _("自%(day)s起由%(name)s承接，认领的人不变") % {
        "day": day_text(on),
        "name": to.name,
    }


def _repoint(post: ServicePost, to: Community, *, by: User | None) -> None:
    post.community = to
    post.save(update_fields=["community"])
    audit.record(
        "communities.service_post_changed", target=post, by=by, community=str(to)
    )


def _go_on(post: ServicePost, to: Community, *, on: date, by: User | None) -> None:
    successor = ServicePost.objects.create(
        **{name: getattr(post, name) for name in COPIED},
        community=to,
        state=State.PUBLISHED,
    )
    audit.record(
        "communities.service_post_created", target=successor, by=by, continues=post.pk
    )
    for holding in post.holdings.select_for_update().filter(ended_at=None):
        _continue(holding, successor, on=on, by=by)
    wishes = MemberReportIn.objects.filter(
        posts=post, state__in=MemberReportIn.LIVE_STATES
    )
    for report_in in wishes:
        report_in.posts.add(successor)
    post.move_to(
        State.CLOSED,
        by=by,
        reason=_("由%(name)s承接。") % {"name": to.name},
        taken=0,
    )


def _continue(
    holding: PostHolding, successor: ServicePost, *, on: date, by: User | None
) -> None:
    """The same person holds the successor from `on`; earlier days stay as they were."""
    if holding.starts_on >= on:
        holding.post = successor
        holding.save(update_fields=["post"])
        audit.record("communities.post_holding_changed", target=holding, by=by)
        return
    holding.ended_at = timezone.now()
    holding.ends_on = on - timedelta(days=1)
    holding.save(update_fields=["ended_at", "ends_on"])
    audit.record("communities.post_holding_ended", target=holding, by=by)
    gone_on = PostHolding.objects.create(
        post=successor, user_id=holding.user_id, starts_on=on
    )
    audit.record("communities.post_holding_created", target=gone_on, by=by)
