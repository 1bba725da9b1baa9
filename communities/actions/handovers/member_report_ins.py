"""Members' report-ins: to the community or organisation that takes over.

Persons are never listed: who keeps the registers reads how many, not who.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import Handover, Held, Node
from communities.actions.member_report_ins import lock_people
from communities.models import Community, MemberReportIn, Organization, PostHolding
from communities.notices import member_report_ins as notices
from core import audit
from core.dates import day_text

State = MemberReportIn.State
MEMBERS = "members"
COPIED = (
    "user",
    "organization",
    "skills",
    "free_times",
    "submitted_at",
    "answered_at",
    "answered_by",
)


class MemberReportInHandover(Handover):
    """Live report-ins to a community; all of them, or none (a split asks nobody)."""

    name = "member_report_ins"
    label = gettext_lazy("党员报到")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        counts = _live(node).aggregate(
            active=models.Count("pk", filter=models.Q(state=State.ACTIVE)),
            waiting=models.Count("pk", filter=~models.Q(state=State.ACTIVE)),
        )
        if not any(counts.values()):
            return []
        text = _("%(active)d 人已报到，%(waiting)d 人待办理") % counts
        return [Held(MEMBERS, text, _outcome(to, on))]

    def kept(self, node: Community, *, on: date) -> int:
        return _past(node).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        if keys is not None and MEMBERS not in keys:
            return 0
        lock_people_of(node)
        rows = list(_live(node).select_for_update(of=("self",)))
        for row in rows:
            moved = _move(row, to, on=on, by=by)
            notices.member_report_in_handed_over(moved, old=node)
        _end_doubles(to, by=by)
        return len(rows)


class MemberOrganizationHandover(Handover):
    """The own organisation that live report-ins name."""

    name = "member_organizations"
    label = gettext_lazy("党员报到中的所在党组织")
    node_models = (Organization,)

    def held(self, node: Organization, *, on: date, to: Node | None) -> list[Held]:
        count = _live(node).count()
        if not count:
            return []
        return [Held(MEMBERS, _("%(n)d 人") % {"n": count}, _outcome(to, on))]

    def kept(self, node: Organization, *, on: date) -> int:
        return _past(node).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        if keys is not None and MEMBERS not in keys:
            return 0
        # Whoever is just being signed holds two rows, in any order.
        lock_people(_live(node).values_list("user_id", flat=True))
        rows = list(_live(node).select_for_update(of=("self",)))
        for row in rows:
            row.organization = to
            row.save(update_fields=["organization"])
            _record_change(row, by, organization=to)
        return len(rows)


def lock_people_of(community: Community) -> None:
    """Lock everyone whose report-in or post in the community may move: one order."""
    reported_in = _live(community).values_list("user_id", flat=True)
    holders = PostHolding.objects.filter(post__community=community, ended_at=None)
    lock_people({*reported_in, *holders.values_list("user_id", flat=True)})


def _live(node: Node) -> models.QuerySet:
    return node.member_report_ins.filter(state__in=MemberReportIn.LIVE_STATES).order_by(
        "pk"
    )


def _past(node: Node) -> models.QuerySet:
    """Signed once, over now."""
    return node.member_report_ins.exclude(state__in=MemberReportIn.LIVE_STATES).exclude(
        starts_on=None
    )


def _outcome(to: Node | None, on: date) -> str:
    if to is None:
        return _("由合并后的承接")
    return _("自%(day)s起由%(name)s承接") % {"day": day_text(on), "name": to.name}


def _move(
    row: MemberReportIn, to: Community, *, on: date, by: User | None
) -> MemberReportIn:
    """The row that stands with `to`: this one, or one that goes on from `on`."""
    if row.state != State.ACTIVE or row.starts_on >= on:
        row.community = to
        row.save(update_fields=["community"])
        _record_change(row, by, community=to)
        return row
    row.move_to(State.TRANSFERRED, by=by, ends_on=on - timedelta(days=1))
    moved = MemberReportIn.objects.create(
        **{name: getattr(row, name) for name in COPIED},
        community=to,
        state=State.ACTIVE,
        starts_on=on,
    )
    moved.posts.set(row.posts.all())
    audit.record("communities.member_report_in_active", target=moved, by=by, after=on)
    return moved


def _end_doubles(community: Community, *, by: User | None) -> None:
    """Whoever lives here by now need not wait to be let in here."""
    homes = community.member_report_ins.filter(state=State.ACTIVE)
    doubles = _live(community).exclude(state=State.ACTIVE)
    for row in doubles.filter(user__in=homes.values("user")):
        row.move_to(State.ENDED, by=by, reason=_("已随社区合并在此报到。"))
        notices.member_report_in_settled(row)


def _record_change(row: MemberReportIn, by: User | None, **new: Node) -> None:
    audit.record(
        "communities.member_report_in_changed",
        target=row,
        by=by,
        **{name: str(node) for name, node in new.items()},
    )
