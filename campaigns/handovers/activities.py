"""Activities: those still open from a day on go to the successor."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Activity, Campaign
from campaigns.models.tally import lock_counters, tallied
from communities.actions.handovers import Handover, Held, Node, chosen
from core import audit
from core.dates import day_text


class ActivityHandover(Handover):
    """Activities of an organisation, or in a community.

    What began before the day, was approved or cancelled keeps the old node.
    """

    name = "activities"
    label = gettext_lazy("未完成的活动")

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        outcome = _("由“%(to)s”承接") % {"to": to} if to else _("需要另行安排")
        return [
            Held(
                str(activity.pk),
                f"{activity.title}（{day_text(activity.starts_at)}）",
                outcome,
                activity.get_absolute_url(),
            )
            for activity in open_activities(node, on)
        ]

    def kept(self, node: Node, *, on: date) -> int:
        return _of(node).exclude(pk__in=open_activities(node, on).values("pk")).count()

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        lock_open_campaigns()
        rows = open_activities(node, on).select_for_update(of=("self",))
        moved = chosen(rows, keys)
        field = node._meta.model_name
        with tallied(Activity.objects, [activity.pk for activity in moved]):
            for activity in moved:
                setattr(activity, field, to)
                activity.save(update_fields=[field])
        for activity in moved:
            audit.record(
                "campaigns.activity_changed",
                target=activity,
                by=by,
                fields=[field],
                instead_of=node.pk,
            )
        return len(moved)


def lock_open_campaigns() -> None:
    """Let no activity be recorded or decided meanwhile: campaigns before activities."""
    lock_counters(Campaign.objects.filter(state__in=Campaign.RECORD_STATES))


def open_activities(node: Node, on: date) -> models.QuerySet:
    """Activities that are not over and done, from `on` onward."""
    rows = _of(node).filter(
        state__in=Activity.UNFINISHED_STATES, starts_at__gte=first_moment(on)
    )
    return rows.order_by("pk")


def first_moment(day: date) -> datetime:
    """Midnight in Beijing."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _of(node: Node) -> models.QuerySet:
    return Activity.objects.filter(**{node._meta.model_name: node})
