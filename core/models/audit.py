"""The audit log: who did what to which record, and when."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act that matters. Rows are only ever added.

    Actor and target are kept as type, number and name, without foreign keys: the
    line must outlive what it speaks of, and this floor knows no other.
    """

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    verb = models.CharField(_("动作"), max_length=80)
    actor_id = models.BigIntegerField(_("操作人编号"), null=True)
    actor_name = models.CharField(_("操作人"), max_length=150)
    target_type = models.CharField(_("对象类型"), max_length=80)
    target_id = models.BigIntegerField(_("对象编号"), null=True)
    target_name = models.CharField(_("对象"), max_length=200)
    data = models.JSONField(_("内容"), default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(_("请求编号"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["target_type", "target_id"], name="audit_entry_by_target"
            ),
            models.Index(fields=["actor_id"], name="audit_entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_name}"

    @property
    def reason(self) -> str:
        """The reason given for a move of state, or an empty string."""
        return self.data.get("reason", "")
