"""A file made in the background for one person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StatefulModel


class ExportJob(StatefulModel):
    """A large export: asked for by a person, made by a worker, kept for some days.

    `kind` names a maker that an app above has registered (accounts.exports), with
    plain `parameters`; its owner hears of the end by `message_kind`. One at a time
    for each person; only its owner sees it. A worker claims it by `claimed_at`; one
    that died is claimed again.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("生成中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("失败")
        CANCELLED = "cancelled", _("已取消")
        EXPIRED = "expired", _("已过期")

    MOVES = {
        State.QUEUED: (State.RUNNING, State.CANCELLED, State.FAILED),
        State.RUNNING: (State.DONE, State.FAILED, State.CANCELLED),
        State.DONE: (State.EXPIRED,),
    }
    LIVE_STATES = (State.QUEUED, State.RUNNING)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("申请人"),
        on_delete=models.CASCADE,
        related_name="export_jobs",
    )
    kind = models.CharField(_("类型"), max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    parameters = models.JSONField(_("参数"), default=dict)
    message_kind = models.CharField(_("消息类型"), max_length=60, default="export_over")
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.QUEUED
    )
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    claimed_at = models.DateTimeField(_("领取时间"), null=True, blank=True)
    file = models.CharField(_("文件"), max_length=200, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("字节数"), default=0)
    error = models.CharField(_("失败原因"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后台导出")
        verbose_name_plural = _("后台导出")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                name="export_job_one_live",
                condition=models.Q(state__in=["queued", "running"]),
                violation_error_message=_("您有一个导出正在进行，请等它完成或取消它。"),
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="export_job_waiting",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return self.title
