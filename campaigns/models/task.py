"""Work handed out: an initiative, a day by which, and the organisations it is for."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.activity import Activity
from campaigns.models.campaign import Campaign
from campaigns.models.pillar import Initiative
from communities.models import Organization
from communities.permissions import Permission, scope_filter
from core.models import StatefulModel


class TaskQuerySet(models.QuerySet):
    """Tasks by who may see them and by where they stand."""

    def visible_to(self, user) -> "TaskQuerySet":
        """All of them to roles of the district; others see their assignments."""
        return self.filter(scope_filter(user, Permission.TASK_VIEW))

    def issued(self) -> "TaskQuerySet":
        """Under way, in a campaign whose figures are still open."""
        return self.filter(
            state=Task.State.ISSUED, campaign__state__in=Task.CAMPAIGN_STATES
        )


class Task(StatefulModel):
    """An initiative handed to organisations by the office or the committee."""

    class State(models.TextChoices):
        ISSUED = "issued", _("进行中")
        CLOSED = "closed", _("已结束")
        CANCELLED = "cancelled", _("已取消")

    MOVES = {State.ISSUED: (State.CLOSED, State.CANCELLED)}
    CAMPAIGN_STATES = (Campaign.State.ACTIVE, Campaign.State.CLOSING)
    MOST_ACTIVITIES = 50

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("行动"), on_delete=models.PROTECT, related_name="tasks"
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("举措"),
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    title = models.CharField(_("任务名称"), max_length=60)
    text = models.TextField(_("要求"), max_length=500, blank=True)
    due_on = models.DateField(_("完成期限"))
    needed_count = models.PositiveSmallIntegerField(_("应办活动数"), default=1)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ISSUED
    )
    issued_at = models.DateTimeField(_("下达时间"), auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("下达人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("任务")
        verbose_name_plural = _("任务")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(needed_count__gte=1, needed_count__lte=50),
                name="task_needs_an_activity",
                violation_error_message=_("应办活动数须在 1 至 50 之间。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:task_detail", args=[self.pk])


class TaskAssignmentQuerySet(models.QuerySet):
    """Assignments by who may see them and by where they stand."""

    def visible_to(self, user) -> "TaskAssignmentQuerySet":
        """Those of the organisations the user's roles cover."""
        return self.filter(
            scope_filter(user, Permission.TASK_VIEW, organization="organization")
        )

    def open(self) -> "TaskAssignmentQuerySet":
        """What is still to be done."""
        return self.filter(state__in=TaskAssignment.OPEN_STATES)

    def overdue(self, day: date) -> "TaskAssignmentQuerySet":
        """Still to be done although the day has passed."""
        return self.open().filter(task__due_on__lt=day)


class TaskAssignment(StatefulModel):
    """One organisation's share of a task, fulfilled by activities linked to it.

    Re-assigned, it ends and is `continued_by` another: reports and linked activities
    stay where they were given and count there as well. After mergers one may continue
    several. `assigned_at` is when this organisation got it. `overdue_step` says how
    far up an overdue one has been told: 1 the organisation, 2 its superior, 3 who
    issued it.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("待办")
        IN_PROGRESS = "in_progress", _("办理中")
        FULFILLED = "fulfilled", _("已完成")
        REASSIGNED = "reassigned", _("已改派")
        CANCELLED = "cancelled", _("已取消")

    MOVES = {
        State.ASSIGNED: (
            State.IN_PROGRESS,
            State.FULFILLED,
            State.REASSIGNED,
            State.CANCELLED,
        ),
        State.IN_PROGRESS: (State.FULFILLED, State.REASSIGNED, State.CANCELLED),
        State.FULFILLED: (State.IN_PROGRESS,),
    }
    OPEN_STATES = (State.ASSIGNED, State.IN_PROGRESS)
    LIVE_STATES = (*OPEN_STATES, State.FULFILLED)

    task = models.ForeignKey(
        Task,
        verbose_name=_("任务"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="task_assignments",
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=State.choices, default=State.ASSIGNED
    )
    assigned_at = models.DateTimeField(
        _("分派时间"), default=timezone.now, editable=False
    )
    continued_by = models.ForeignKey(
        "self",
        verbose_name=_("改派给"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="continues",
    )
    overdue_step = models.PositiveSmallIntegerField(
        _("逾期提醒级次"), default=0, editable=False
    )
    fulfilled_at = models.DateTimeField(
        _("完成时间"), null=True, blank=True, editable=False
    )

    objects = TaskAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任务分派")
        verbose_name_plural = _("任务分派")
        ordering = ["task", "organization__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "organization"],
                name="task_assignment_one_live",
                condition=models.Q(state__in=["assigned", "in_progress", "fulfilled"]),
                violation_error_message=_("该党组织已在任务之列。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state="reassigned", continued_by__isnull=False)
                | ~models.Q(state="reassigned") & models.Q(continued_by=None),
                name="task_assignment_reassigned_goes_on",
                violation_error_message=_("改派的任务必须有承接的党组织。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "task"],
                name="task_assignment_open",
                condition=models.Q(state__in=["assigned", "in_progress"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:assignment_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in self.OPEN_STATES

    @property
    def badge(self) -> str:
        """The look of its state."""
        looks = {
            self.State.ASSIGNED: "pending",
            self.State.IN_PROGRESS: "handling",
            self.State.FULFILLED: "approved",
        }
        return looks.get(self.state, "ended")

    def days_overdue(self, day: date) -> int:
        """How many days it is late on `day`; 0 when done or not due."""
        return max((day - self.task.due_on).days, 0) if self.is_open else 0


class TaskReport(models.Model):
    """What an organisation says about how far it has come."""

    assignment = models.ForeignKey(
        TaskAssignment,
        verbose_name=_("任务分派"),
        on_delete=models.PROTECT,
        related_name="reports",
    )
    text = models.CharField(_("进展"), max_length=300)
    created_at = models.DateTimeField(_("填报时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("填报人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("任务进展")
        verbose_name_plural = _("任务进展")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text


class TaskLink(models.Model):
    """An activity given for a task; one activity may be given for several."""

    assignment = models.ForeignKey(
        TaskAssignment,
        verbose_name=_("任务分派"),
        on_delete=models.PROTECT,
        related_name="links",
    )
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="task_links",
    )
    linked_at = models.DateTimeField(_("关联时间"), auto_now_add=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("关联人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("任务活动")
        verbose_name_plural = _("任务活动")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "activity"], name="task_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.activity}"
