"""Keeps the two links of leading cadres (双挂钩)."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.leader_rows import (
    LeaderRefused,
    check_end,
    check_free,
    created,
    end_row,
    locked,
    make_room,
    overlapping,
)
from communities.models import Community, Leader, LeaderLink
from core import audit
from core.dates import day_text
from core.transactions import retried_atomic


@retried_atomic
def link_leader(
    *,
    leader: Leader,
    slot: str,
    starts_on: date,
    by: User | None,
    community: Community | None = None,
    label: str = "",
    ends_on: date | None = None,
) -> LeaderLink:
    """Link a person to a community, or in the second slot to a place by name.

    The link the slot held until then ends the day before; one that began on the same
    day was a mistake and gets the new target. Raises LeaderRefused when a later link
    stands in the way, the target is missing, ended, or already the other link.
    Source: PRODUCT section 3, LeaderLink.
    """
    if community is not None:
        community = locked(Community, community)
    leader = locked(Leader, leader)
    _check_target(leader, slot, starts_on, ends_on, community, label)
    links = leader.links.filter(slot=slot)
    target = {"community": community, "label": "" if community else label}
    if ends_on is None:
        corrected = make_room(links, starts_on, "communities.leader_link", by, **target)
        if corrected is not None:
            return corrected
    check_free(links, starts_on, ends_on, LeaderLink.Slot(slot).label)
    link = created(
        LeaderLink,
        leader=leader,
        slot=slot,
        starts_on=starts_on,
        ends_on=ends_on,
        **target,
    )
    audit.record(
        "communities.leader_link_created",
        target=link,
        by=by,
        slot=slot,
        starts_on=starts_on,
    )
    return link


@retried_atomic
def end_link(*, link: LeaderLink, last_day: date, by: User | None) -> None:
    """End a link after `last_day`."""
    locked(Leader, link.leader)
    link = locked(LeaderLink, link)
    check_end(link, last_day)
    end_row(link, last_day, "communities.leader_link_ended", by)


def _check_target(
    leader: Leader,
    slot: str,
    starts_on: date,
    ends_on: date | None,
    community: Community | None,
    label: str,
) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise LeaderRefused(_("最后一天不能早于开始日期。"))
    if community is None:
        if slot == LeaderLink.Slot.COMMUNITY:
            raise LeaderRefused(_("请选择挂钩的社区（村）。"))
        if not label:
            raise LeaderRefused(_("请选择社区（村）或填写挂钩点名称。"))
        return
    if community.ends_on is not None and community.ends_on < starts_on:
        raise LeaderRefused(
            _("%(name)s已于%(day)s撤并，请选择现在的社区（村）。")
            % {"name": community.name, "day": day_text(community.ends_on)}
        )
    others = leader.links.exclude(slot=slot).filter(community=community)
    if overlapping(others, starts_on, ends_on).exists():
        raise LeaderRefused(
            _("%(name)s已经是这位领导的另一个挂钩点，两个挂钩点不能相同。")
            % {"name": community.name}
        )
