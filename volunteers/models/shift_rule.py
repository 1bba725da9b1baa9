"""A weekly rule from which the shifts of an activity are made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Activity
from communities.models import Community
from core.dates import WEEKDAYS
from core.models import StatefulModel


class ShiftRule(StatefulModel):
    """Every week on these days from `from_on` to `until_on`; makes each day once.

    `weekdays` holds digits, 1 Monday to 7 Sunday, ascending: "135". A shift that
    ends at or before its starting time ends on the next day. A change of the rule
    changes only future shifts nobody has signed up for.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("执行中")
        ENDED = "ended", _("已停止")

    MOVES = {State.ACTIVE: (State.ENDED,)}

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="shift_rules",
    )
    weekdays = models.CharField(_("每周"), max_length=7)
    starts_time = models.TimeField(_("开始时间"))
    ends_time = models.TimeField(_("结束时间"))
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"))
    skips_holidays = models.BooleanField(_("节假日不排班"), default=False)
    title = models.CharField(_("班次名称"), max_length=40)
    place = models.CharField(_("集合地点"), max_length=100)
    community = models.ForeignKey(
        Community,
        verbose_name=_("所在社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    capacity = models.PositiveIntegerField(_("名额"))
    waitlist_capacity = models.PositiveIntegerField(_("候补名额"), default=20)
    minimum = models.PositiveIntegerField(_("最少人数"), default=0)
    closes_hours = models.PositiveIntegerField(_("开始前几小时截止报名"), default=24)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ACTIVE
    )

    class Meta:
        verbose_name = _("排班规则")
        verbose_name_plural = _("排班规则")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="shift_rule_ends_after_start",
                violation_error_message=_("截止日期不能早于起始日期。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity.title} · {self.title}"

    @property
    def days_text(self) -> str:
        """周一、周三."""
        return "、".join(f"周{WEEKDAYS[int(day) - 1]}" for day in self.weekdays)
