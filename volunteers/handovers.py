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


class ShiftPlaces(Handover):
    """Shifts in a community that ends are in its successor from the day on."""

    name = "shift_places"
    label = gettext_lazy("未开始的班次")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        outcome = _("所在社区随之变更，报名不受影响")
        if to is not None:
            outcome = _("所在社区改为%(name)s，报名不受影响") % {"name": to}
        return [
            Held(
                str(shift.pk),
                f"{shift.activity.title}（{day_text(shift.starts_at)}）",
                outcome,
                shift.get_absolute_url(),
            )
            for shift in _coming_shifts(node, on).select_related("activity")
        ]

    def kept(self, node: Community, *, on: date) -> int:
        held = Shift.objects.filter(community=node)
        return held.exclude(pk__in=_coming_shifts(node, on).values("pk")).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        rows = _coming_shifts(node, on).select_for_update(of=("self",))
        moved = chosen(rows, keys)
        for shift in moved:
            shift.community = to
            shift.save(update_fields=["community"])
            audit.record(
                "volunteers.shift_changed",
                target=shift,
                by=by,
                fields=["community"],
                instead_of=node.pk,
            )
        return len(moved)


class RulePlaces(Handover):
    """Weekly rules make their further shifts in the successor."""

    name = "shift_rules"
    label = gettext_lazy("排班规则")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        outcome = _("以后的班次所在社区随之变更")
        if to is not None:
            outcome = _("以后的班次所在社区改为%(name)s") % {"name": to}
        return [
            Held(
                str(rule.pk),
                _("%(rule)s（至%(day)s）")
                % {"rule": rule, "day": day_text(rule.until_on)},
                outcome,
            )
            for rule in _standing_rules(node, on).select_related("activity")
        ]

    def kept(self, node: Community, *, on: date) -> int:
        held = ShiftRule.objects.filter(community=node)
        return held.exclude(pk__in=_standing_rules(node, on).values("pk")).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        rows = _standing_rules(node, on).select_for_update(of=("self",))
        moved = chosen(rows, keys)
        for rule in moved:
            rule.community = to
            rule.save(update_fields=["community"])
            audit.record(
                "volunteers.shift_rule_changed",
                target=rule,
                by=by,
                fields=["community"],
                instead_of=node.pk,
            )
        return len(moved)


def _standing_rules(node: Community, on: date) -> models.QuerySet:
    return ShiftRule.objects.filter(
        community=node, state=ShiftRule.State.ACTIVE, until_on__gte=on
    ).order_by("pk")


def _coming_shifts(node: Community, on: date) -> models.QuerySet:
    first = timezone.make_aware(datetime.combine(on, time.min))
    return Shift.objects.filter(
        community=node, state=Shift.State.SCHEDULED, starts_at__gte=first
    ).order_by("pk")
