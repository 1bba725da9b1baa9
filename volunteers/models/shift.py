"""A stretch of time of an activity for which people sign up."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Activity, visibility
from communities.models import Community
from communities.permissions import Permission, scope_filter
from core.models import SpelledModel, StatefulModel
from volunteers.models.shift_rule import ShiftRule

NIGHT_STARTS, NIGHT_ENDS = 22, 6


class ShiftQuerySet(models.QuerySet):
    """Shifts by who may see them and by the clock."""

    def listed(self) -> "ShiftQuerySet":
        """Shifts anyone may see: public activity, published or over, not cancelled."""
        return self.filter(
            state=Shift.State.SCHEDULED,
            activity__state__in=Activity.OPEN_STATES,
            activity__is_public=True,
        )

    def upcoming(self, now: datetime) -> "ShiftQuerySet":
        """Shifts that have not started, the next first."""
        return self.filter(starts_at__gt=now).order_by("starts_at", "pk")

    def visible_to(self, user) -> "ShiftQuerySet":
        """A shift is as visible as its activity; who ever signed up sees it on."""
        is_open = visibility(user, activity="activity__")
        if not user.is_authenticated:
            return self.filter(is_open)
        own = self.model.objects.filter(signups__volunteer__user_id=user.pk)
        return self.filter(is_open | models.Q(pk__in=own.order_by().values("pk")))

    def managed_by(self, user) -> "ShiftQuerySet":
        """Shifts of the organisations the user opens shifts for."""
        return self.filter(
            scope_filter(
                user, Permission.SHIFT_MANAGE, organization="activity__organization"
            )
        )


class Shift(SpelledModel, StatefulModel):
    """One shift. Open, full, closed, running and ended are read off clock and counts.

    `taken` and `waiting` count heads and are kept by the transaction that changes a
    sign-up, under the lock on this row; an offered place is taken. `next_position`
    gives out places on the waitlist.
    Source: PRODUCT section 4, places.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("正常")
        SETTLED = "settled", _("已结算")
        CANCELLED = "cancelled", _("已取消")

    class Status(models.TextChoices):
        OPEN = "open", _("可报名")
        FULL = "full", _("已满，可候补")
        CLOSED = "closed", _("报名截止")
        RUNNING = "running", _("进行中")
        ENDED = "ended", _("已结束")
        SETTLED = "settled", _("已结算")
        CANCELLED = "cancelled", _("已取消")

    SPELLED = ("title", "place")
    MOVES = {State.SCHEDULED: (State.SETTLED, State.CANCELLED)}

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="shifts",
    )
    title = models.CharField(_("班次名称"), max_length=40)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    place = models.CharField(_("集合地点"), max_length=100)
    community = models.ForeignKey(
        Community,
        verbose_name=_("所在社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    rule = models.ForeignKey(
        ShiftRule,
        verbose_name=_("排班规则"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="shifts",
    )
    rule_on = models.DateField(_("排班日"), null=True, blank=True, editable=False)
    bring = models.CharField(_("自带物品"), max_length=200, blank=True)
    is_adults_only = models.BooleanField(_("仅限成年人"), default=False)
    capacity = models.PositiveIntegerField(_("名额"))
    minimum = models.PositiveIntegerField(_("最少人数"), default=0)
    group_limit = models.PositiveSmallIntegerField(_("一次最多几人同来"), default=5)
    waitlist_capacity = models.PositiveIntegerField(_("候补名额"), default=20)
    taken = models.PositiveIntegerField(_("已报名"), default=0, editable=False)
    waiting = models.PositiveIntegerField(_("候补中"), default=0, editable=False)
    next_position = models.PositiveIntegerField(default=1, editable=False)
    signup_opens_at = models.DateTimeField(_("报名开始时间"), null=True, blank=True)
    signup_closes_at = models.DateTimeField(_("报名截止时间"))
    cancel_closes_at = models.DateTimeField(_("取消截止时间"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.SCHEDULED
    )

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("班次")
        verbose_name_plural = _("班次")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="shift_ends_after_start",
                violation_error_message=_("结束时间必须晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(taken__gte=0, taken__lte=models.F("capacity")),
                name="shift_places_never_overfilled",
                violation_error_message=_("报名人数不能超过名额。"),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1),
                name="shift_has_a_place",
                violation_error_message=_("名额至少为 1。"),
            ),
            models.CheckConstraint(
                condition=models.Q(signup_closes_at__lte=models.F("starts_at")),
                name="shift_closes_before_start",
                violation_error_message=_("报名截止不能晚于班次开始。"),
            ),
            models.CheckConstraint(
                condition=models.Q(signup_opens_at=None)
                | models.Q(signup_opens_at__lt=models.F("signup_closes_at")),
                name="shift_opens_before_it_closes",
                violation_error_message=_("报名开始必须早于报名截止。"),
            ),
            models.CheckConstraint(
                condition=models.Q(cancel_closes_at=None)
                | models.Q(cancel_closes_at__lte=models.F("starts_at")),
                name="shift_cancelling_closes_before_start",
                violation_error_message=_("取消截止不能晚于班次开始。"),
            ),
            models.UniqueConstraint(
                fields=["rule", "rule_on"], name="shift_once_a_rule_and_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at", "id"],
                name="shift_upcoming",
                condition=models.Q(state="scheduled"),
            ),
            models.Index(fields=["-starts_at", "-id"], name="shift_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.activity.title} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("volunteers:shift_detail", args=[self.pk])

    def status_at(self, now: datetime) -> str:
        """What the shift is at `now`: open, full, closed, running, ended …"""
        return status_of(
            self.state,
            self.starts_at,
            self.ends_at,
            self.signup_closes_at,
            has_places=self.has_places,
            now=now,
        )

    @property
    def cancel_deadline(self) -> datetime:
        """Until when cancelling is in time; later is late."""
        return self.cancel_closes_at or self.signup_closes_at

    @property
    def status(self) -> str:
        """What the shift is now."""
        return self.status_at(timezone.now())

    @property
    def status_label(self) -> str:
        """The present status in words."""
        return self.Status(self.status).label

    @property
    def has_places(self) -> bool:
        """Whether a place is free."""
        return self.taken < self.capacity

    @property
    def places_left(self) -> int:
        """Free places, never below zero."""
        return max(self.capacity - self.taken, 0)

    @property
    def is_understaffed(self) -> bool:
        """Whether it is still to come and fewer have signed up than it needs."""
        is_coming = self.state == self.State.SCHEDULED and not self.has_started
        return is_coming and self.taken < self.minimum

    @property
    def has_started(self) -> bool:
        """Whether its start has passed."""
        return self.starts_at <= timezone.now()

    @property
    def is_at_night(self) -> bool:
        """Whether any part lies between 22:00 and 06:00 in Beijing."""
        return touches_night(self.starts_at, self.ends_at)


def touches_night(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether any part lies between 22:00 and 06:00 in Beijing; also for rows."""
    start = timezone.localtime(starts_at)
    if start.hour >= NIGHT_STARTS or start.hour < NIGHT_ENDS:
        return True
    evening = start.replace(hour=NIGHT_STARTS, minute=0, second=0, microsecond=0)
    return ends_at > evening


def status_of(
    state: str,
    starts_at: datetime,
    ends_at: datetime,
    signup_closes_at: datetime,
    *,
    has_places: bool,
    now: datetime,
) -> str:
    """A shift's status read off the clock and the counts; also for rows of a list."""
    if state != Shift.State.SCHEDULED:
        return Shift.Status(state)
    if ends_at <= now:
        return Shift.Status.ENDED
    if starts_at <= now:
        return Shift.Status.RUNNING
    if signup_closes_at <= now:
        return Shift.Status.CLOSED
    return Shift.Status.OPEN if has_places else Shift.Status.FULL
