"""Dated changes of the registers: planned, carried out on their day, or undone."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.organization import Organization
from core.models import StatefulModel


class RegisterChange(StatefulModel):
    """One change of one organisation or community, by document, from a day on.

    `details` holds what the kind needs (new name, number of the new parent,
    successor, what a new node takes with it), in plain JSON. A change dated ahead
    waits as planned and may be undone until the beat job carries it out.
    Source: PRODUCT section 3, Organization; issue 3.
    """

    class Kind(models.TextChoices):
        RENAME = "rename", _("更名")
        MOVE = "move", _("调整隶属")
        CONVERT = "convert", _("村改社区")
        SUSPEND = "suspend", _("停用")
        RESUME = "resume", _("恢复")
        DISSOLVE = "dissolve", _("撤销")
        MERGE = "merge", _("合并")
        SPLIT = "split", _("分设")

    class State(models.TextChoices):
        PLANNED = "planned", _("待生效")
        APPLIED = "applied", _("已生效")
        UNDONE = "undone", _("已撤回")
        FAILED = "failed", _("未能生效")

    MOVES = {
        State.PLANNED: (State.APPLIED, State.UNDONE, State.FAILED),
        State.FAILED: (State.APPLIED, State.UNDONE),
    }

    kind = models.CharField(_("变更"), max_length=10, choices=Kind.choices)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
    )
    effective_on = models.DateField(_("生效日期"))
    details = models.JSONField(_("内容"), default=dict)
    document = models.CharField(_("依据文号"), max_length=60, blank=True)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    refusal = models.CharField(_("未能生效的原因"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("名册变更")
        verbose_name_plural = _("名册变更")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, community=None)
                | models.Q(organization=None, community__isnull=False),
                name="register_change_has_one_target",
            )
        ]
        indexes = [
            models.Index(
                fields=["effective_on"],
                name="register_change_due",
                condition=models.Q(state="planned"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("communities:change_detail", args=[self.pk])

    @property
    def target(self) -> Organization | Community:
        """What is changed."""
        return self.organization or self.community
