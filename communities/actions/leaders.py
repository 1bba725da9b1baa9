"""Keeps leading teams: their posts and who holds them."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.leader_rows import (
    DAY,
    LeaderRefused,
    check_end,
    check_free,
    created,
    end_row,
    locked,
    make_room,
    overlapping,
)
from communities.models import Leader, LeaderTerm, LeadingPost, Organization
from core import audit
from core.dates import day_text
from core.transactions import retried_atomic


@retried_atomic
def add_post(
    *,
    organization: Organization,
    title: str,
    starts_on: date,
    by: User | None,
    rank: int = 1,
) -> LeadingPost:
    """Add a post to a unit's leading team; it is vacant until someone is appointed.

    Raises LeaderRefused when the unit has ended or knows a post of that title then.
    """
    organization = locked(Organization, organization)
    _check_standing(organization)
    same = organization.leading_posts.filter(title=title)
    if held := overlapping(same, starts_on, None).first():
        raise LeaderRefused(
            _("该单位已有“%(title)s”，自%(day)s起。")
            % {"title": title, "day": day_text(held.starts_on)}
        )
    post = created(
        LeadingPost,
        organization=organization,
        title=title,
        rank=rank,
        starts_on=starts_on,
    )
    audit.record(
        "communities.leading_post_created", target=post, by=by, starts_on=starts_on
    )
    return post


@retried_atomic
def end_post(*, post: LeadingPost, last_day: date, by: User | None) -> None:
    """End a post after `last_day`; not while someone holds it beyond that day."""
    organization = locked(Organization, post.organization)
    post = locked(LeadingPost, post)
    _check_standing(organization)
    check_end(post, last_day)
    if term := overlapping(post.terms, last_day + DAY, None).first():
        raise LeaderRefused(
            _("%(name)s在%(day)s之后仍任这个职务，请先办理离任。")
            % {"name": term.leader.name, "day": day_text(last_day)}
        )
    end_row(post, last_day, "communities.leading_post_ended", by)


@retried_atomic
def appoint_leader(
    *,
    post: LeadingPost,
    starts_on: date,
    by: User | None,
    leader: Leader | None = None,
    name: str = "",
    ends_on: date | None = None,
    ends_previous: bool = False,
) -> LeaderTerm:
    """Give a post to a person: one known already, or a new one by `name`.

    With `ends_previous` the term of whoever holds it ends the day before; one that
    began on the same day was a mistake and gets the new name. Raises LeaderRefused
    when the post is held in between, does not exist then, or the name is known.
    """
    organization = locked(Organization, post.organization)
    post = locked(LeadingPost, post)
    _check_standing(organization)
    _check_inside(post, starts_on, ends_on)
    leader = leader or _new_leader(organization, name, by)
    if ends_previous and ends_on is None:
        corrected = make_room(
            post.terms, starts_on, "communities.leader_term", by, leader=leader
        )
        if corrected is not None:
            return corrected
    check_free(post.terms, starts_on, ends_on, _("这个职务"))
    term = created(
        LeaderTerm, post=post, leader=leader, starts_on=starts_on, ends_on=ends_on
    )
    audit.record(
        "communities.leader_term_created", target=term, by=by, starts_on=starts_on
    )
    return term


@retried_atomic
def end_term(*, term: LeaderTerm, last_day: date, by: User | None) -> None:
    """End a term after `last_day`; the post is vacant from the next day on.

    The person's links stay; they count for nothing while the person holds no post,
    and the team's page lists them to be ended.
    """
    organization = locked(Organization, term.post.organization)
    locked(LeadingPost, term.post)
    term = locked(LeaderTerm, term)
    _check_standing(organization)
    check_end(term, last_day)
    end_row(term, last_day, "communities.leader_term_ended", by)


def _new_leader(organization: Organization, name: str, by: User | None) -> Leader:
    if not name:
        raise LeaderRefused(_("请选择已登记的成员，或填写新成员的姓名。"))
    if organization.leaders.filter(name=name).exists():
        raise LeaderRefused(
            _(
                "该单位已登记过%(name)s，请从已登记的成员中选择；同名的另一人请加注区分。"
            )
            % {"name": name}
        )
    leader = created(Leader, organization=organization, name=name)
    audit.record("communities.leader_created", target=leader, by=by)
    return leader


def _check_standing(organization: Organization) -> None:
    if organization.state in {
        Organization.State.MERGED,
        Organization.State.DISSOLVED,
    }:
        raise LeaderRefused(
            _("%(name)s已合并或撤销，不能再改它的领导班子。")
            % {"name": organization.name}
        )


def _check_inside(post: LeadingPost, starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise LeaderRefused(_("最后一天不能早于任职日期。"))
    if starts_on < post.starts_on:
        raise LeaderRefused(
            _("这个职务%(day)s才设立。") % {"day": day_text(post.starts_on)}
        )
    if post.ends_on is not None and (ends_on is None or ends_on > post.ends_on):
        raise LeaderRefused(
            _("这个职务%(day)s后不再设置，请填写不晚于这一天的离任日期。")
            % {"day": day_text(post.ends_on)}
        )
