"""What a merge or split of the registers means for volunteers and shifts."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.handovers.activities import open_activities
from communities.actions.handovers import Handover, Held, chosen
from communities.models import Community, Organization
from core import audit
from core.dates import day_text
from volunteers.models import Shift, ShiftRule, Volunteer

ALL = "all"


class HomeCommunities(Handover):
    """What volunteers told as their home; one row for all, no person is listed."""

    name = "home_communities"
    label = gettext_lazy("居住在此的志愿者")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        count = Volunteer.objects.filter(home_community=node).count()
        if not count:
            return []
        outcome = _("居住社区随之变更")
        if to is not None:
            outcome = _("居住社区改为%(name)s") % {"name": to}
        return [Held(ALL, _("%(count)d 人") % {"count": count}, outcome)]

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        if keys is not None and ALL not in keys:
            return 0
        rows = Volunteer.objects.filter(home_community=node).order_by("pk")
        rows = list(rows.select_for_update(of=("self",)))
        for row in rows:
            row.home_community = to
            row.save(update_fields=["home_community"])
            audit.record(
                "volunteers.volunteer_changed",
                target=row,
                by=by,
                fields=["home_community"],
            )
        return len(rows)


class ShiftHandover(Handover):
    """Shifts hang on their activity and go where it goes: listed, never moved."""

    name = "shifts"
    label = gettext_lazy("班次")
    node_models = (Organization,)
    follows = True

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        count = Shift.objects.filter(
            activity__in=open_activities(node, on).order_by().values("pk"),
            state=Shift.State.SCHEDULED,
        ).count()
        if not count:
            return []
        text = _("含班次 %(count)d 个") % {"count": count}
        return [Held(ALL, text, _("随活动移交，报名不受影响"))]

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        return 0


class _Places(Handover):
    """Rows that lie in a community that ends lie in its successor from the day on.

    `following` finds those that go along; what it leaves out keeps the old name.
    """

    node_models = (Community,)
    outcome: str
    outcome_in: str
    verb: str

    def following(self, node: Community, on: date) -> models.QuerySet:
        """Rows that go along, by number."""
        raise NotImplementedError

    def row(self, row: models.Model) -> tuple[str, str]:
        """How a row is called, and its page or ""."""
        raise NotImplementedError

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        outcome = str(self.outcome)
        if to is not None:
            outcome = str(self.outcome_in) % {"name": to}
        rows = self.following(node, on).select_related("activity")
        held = []
        for row in rows:
            text, url = self.row(row)
            held.append(Held(str(row.pk), text, outcome, url))
        return held

    def kept(self, node: Community, *, on: date) -> int:
        rows = self.following(node, on)
        held = rows.model.objects.filter(community=node)
        return held.exclude(pk__in=rows.values("pk")).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        rows = self.following(node, on).select_for_update(of=("self",))
        moved = chosen(rows, keys)
        for row in moved:
            row.community = to
            row.save(update_fields=["community"])
            audit.record(
                self.verb,
                target=row,
                by=by,
                fields=["community"],
                instead_of=node.pk,
            )
        return len(moved)


class ShiftPlaces(_Places):
    """Shifts that have not begun."""

    name = "shift_places"
    label = gettext_lazy("未开始的班次")
    outcome = gettext_lazy("所在社区随之变更，报名不受影响")
    outcome_in = gettext_lazy("所在社区改为%(name)s，报名不受影响")
    verb = "volunteers.shift_changed"

    def following(self, node: Community, on: date) -> models.QuerySet:
        first = timezone.make_aware(datetime.combine(on, time.min))
        return Shift.objects.filter(
            community=node, state=Shift.State.SCHEDULED, starts_at__gte=first
        ).order_by("pk")

    def row(self, row: Shift) -> tuple[str, str]:
        text = f"{row.activity.title}（{day_text(row.starts_at)}）"
        return text, row.get_absolute_url()


class RulePlaces(_Places):
    """Weekly rules: they make their further shifts in the successor."""

    name = "shift_rules"
    label = gettext_lazy("排班规则")
    outcome = gettext_lazy("以后的班次所在社区随之变更")
    outcome_in = gettext_lazy("以后的班次所在社区改为%(name)s")
    verb = "volunteers.shift_rule_changed"

    def following(self, node: Community, on: date) -> models.QuerySet:
        return ShiftRule.objects.filter(
            community=node, state=ShiftRule.State.ACTIVE, until_on__gte=on
        ).order_by("pk")

    def row(self, row: ShiftRule) -> tuple[str, str]:
        words = {"rule": row, "day": day_text(row.until_on)}
        return _("%(rule)s（至%(day)s）") % words, ""
