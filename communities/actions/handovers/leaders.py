"""Leading teams and their links, when units or communities merge or split.

Merge: the old unit's posts end the day before with their terms, so that nobody is
counted in a team that is no more; whoever goes on in office is appointed anew at the
successor. The links belong to the persons and stay: they count again from that
appointment, and until then the successor's team page lists them as without office.
Split: a post that is assigned to a new unit goes there with its holder. What was
planned for the day or later goes along in both cases, because a past day never knew
it. A link to a community goes to the successor, unless the other link is there already.
"""

from collections.abc import Collection, Iterator
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import Handover, Held, chosen
from communities.actions.leader_rows import DAY, end_row, overlapping
from communities.models import (
    Community,
    Leader,
    LeaderLink,
    LeaderTerm,
    LeadingPost,
    Organization,
)
from core import audit
from core.dates import day_text

TITLE_LENGTH = 60


class LeadingTeamHandover(Handover):
    """The posts of a unit's leading team, with those who hold them."""

    name = "leaders"
    label = gettext_lazy("领导班子")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        return [
            Held(str(post.pk), _post_text(post, on), _post_outcome(on, to))
            for post in _posts(node, on)
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        return node.leading_posts.filter(ends_on__lt=on).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        posts = chosen(_posts(node, on), keys)
        for post in posts:
            _hand_over(post, to, on=on, by=by, with_holder=keys is not None)
        return len(posts)


class LeaderLinkHandover(Handover):
    """The links of leading cadres to a community."""

    name = "leader_links"
    label = gettext_lazy("领导挂钩")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        return [
            Held(str(link.pk), _link_text(link), _link_outcome(link, on, to))
            for link in _links(node, on)
        ]

    def kept(self, node: Community, *, on: date) -> int:
        return node.leader_links.filter(ends_on__lt=on).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        links = _links(node, on)
        locked = Leader.objects.select_for_update().order_by("pk")
        list(locked.filter(pk__in=links.values("leader")))
        moved = chosen(links, keys)
        for link in moved:
            _relink(link, to, on=on, by=by)
        return len(moved)


def _posts(node: Organization, on: date) -> models.QuerySet:
    return overlapping(node.leading_posts, on, None).order_by("rank", "pk")


def _links(node: Community, on: date) -> models.QuerySet:
    links = overlapping(node.leader_links, on, None).order_by("leader", "slot", "pk")
    return links.select_related("leader__organization", "community")


def _post_text(post: LeadingPost, on: date) -> str:
    term = post.terms.on(on).select_related("leader").first()
    holder = term.leader.name if term else _("空缺")
    return _("%(title)s（%(holder)s）") % {"title": post.title, "holder": holder}


def _post_outcome(on: date, to: Organization | None) -> str:
    day = day_text(on - DAY)
    if to is None:
        return _("合并、撤销时到%(day)s为止；分设时随任职人转到所选单位。") % {
            "day": day
        }
    return _(
        "到%(day)s为止，继续任职的须在%(unit)s重新登记；本人的双挂钩保留，"
        "重新登记后继续计算。"
    ) % {"day": day, "unit": to.unit_name}


def _hand_over(
    post: LeadingPost,
    to: Organization,
    *,
    on: date,
    by: User | None,
    with_holder: bool,
) -> None:
    running = list(post.terms.on(on).filter(starts_on__lt=on).select_for_update())
    planned = list(post.terms.filter(starts_on__gte=on).select_for_update())
    ends = {term.pk: term.ends_on for term in running}
    for term in running:
        end_row(term, on - DAY, "communities.leader_term_ended", by)
    if post.starts_on >= on:
        _repoint(post, to, by)
        return
    lasts_to = post.ends_on
    end_row(post, on - DAY, "communities.leading_post_ended", by)
    if not (with_holder or planned):
        return
    new = _post_at(to, post, starts_on=on, ends_on=lasts_to, by=by)
    for term in running if with_holder else []:
        follows = LeaderTerm.objects.create(
            post=new, leader_id=term.leader_id, starts_on=on, ends_on=ends[term.pk]
        )
        audit.record(
            "communities.leader_term_created", target=follows, by=by, continues=term.pk
        )
    for term in planned:
        before, term.post = str(term.post), new
        term.save(update_fields=["post"])
        audit.record(
            "communities.leader_term_changed", target=term, by=by, before=before
        )


def _repoint(post: LeadingPost, to: Organization, by: User | None) -> None:
    """A post that did not exist before the change moves as it is."""
    before = str(post)
    post.title = _free_title(to, post)
    post.organization = to
    post.save(update_fields=["title", "organization"])
    audit.record("communities.leading_post_changed", target=post, by=by, before=before)


def _post_at(
    to: Organization,
    post: LeadingPost,
    *,
    starts_on: date,
    ends_on: date | None,
    by: User | None,
) -> LeadingPost:
    new = LeadingPost.objects.create(
        organization=to,
        title=_free_title(to, post),
        rank=post.rank,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record(
        "communities.leading_post_created", target=new, by=by, continues=post.pk
    )
    return new


def _free_title(to: Organization, post: LeadingPost) -> str:
    """The post's title, told apart where `to` has one like it."""
    titles = set(to.leading_posts.values_list("title", flat=True))
    return next(title for title in _titles(post) if title not in titles)


def _titles(post: LeadingPost) -> Iterator[str]:
    yield post.title
    unit = post.organization.unit_name
    number = 1
    while True:
        mark = _("（原%(unit)s）") % {"unit": unit}
        mark = mark[:40] + (str(number) if number > 1 else "")
        yield post.title[: TITLE_LENGTH - len(mark)] + mark
        number += 1


def _link_text(link: LeaderLink) -> str:
    return _("%(unit)s %(name)s（%(slot)s）") % {
        "unit": link.leader.organization.unit_name,
        "name": link.leader.name,
        "slot": link.get_slot_display(),
    }


def _link_outcome(link: LeaderLink, on: date, to: Community | None) -> str:
    if to is None:
        return _("自%(day)s起由承接的社区（村）接续。") % {"day": day_text(on)}
    values = {"name": to.name, "day": day_text(on), "last": day_text(on - DAY)}
    if _other_link_there(link, to, on):
        return _("另一挂钩点已是%(name)s，到%(last)s为止。") % values
    return _("自%(day)s起改为挂钩%(name)s。") % values


def _other_link_there(link: LeaderLink, to: Community, on: date) -> bool:
    others = link.leader.links.exclude(slot=link.slot).filter(community=to)
    return overlapping(others, max(on, link.starts_on), link.ends_on).exists()


def _relink(link: LeaderLink, to: Community, *, on: date, by: User | None) -> None:
    if link.starts_on >= on:
        before, link.community = str(link), to
        link.save(update_fields=["community"])
        audit.record(
            "communities.leader_link_changed", target=link, by=by, before=before
        )
        return
    is_there, lasts_to = _other_link_there(link, to, on), link.ends_on
    end_row(link, on - DAY, "communities.leader_link_ended", by)
    if is_there:
        return
    follows = LeaderLink.objects.create(
        leader_id=link.leader_id,
        slot=link.slot,
        community=to,
        label=link.label,
        starts_on=on,
        ends_on=lasts_to,
    )
    audit.record(
        "communities.leader_link_created", target=follows, by=by, continues=link.pk
    )
