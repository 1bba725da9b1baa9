"""The audit log: who did what to which record, and when; and the log's seals."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act that matters. The database refuses to change or to delete a row.

    Actor and target are kept as type, number and name, without foreign keys: the
    line must outlive what it speaks of, and this floor knows no other. The lines of
    an act on many records point to the act's own line, their `parent`.
    """

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    verb = models.CharField(_("动作"), max_length=80)
    actor_id = models.BigIntegerField(_("操作人编号"), null=True)
    actor_name = models.CharField(_("操作人"), max_length=150)
    target_type = models.CharField(_("对象类型"), max_length=80)
    target_id = models.BigIntegerField(_("对象编号"), null=True)
    target_name = models.CharField(_("对象"), max_length=200)
    data = models.JSONField(_("内容"), default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(
        _("请求编号"), max_length=32, blank=True, db_index=True
    )
    origin = models.CharField(_("来源"), max_length=45, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("所属批次"),
        related_name="children",
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,  # nothing is deleted here; spares each writer a check
    )

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["target_type", "target_id"], name="audit_entry_by_target"
            ),
            models.Index(fields=["actor_id", "id"], name="audit_entry_of_actor"),
            models.Index(
                fields=["parent", "id"],
                name="audit_entry_of_batch",
                condition=models.Q(parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_name}"

    @property
    def reason(self) -> str:
        """The reason given for a move of state, or an empty string."""
        return self.data.get("reason", "")


class AuditSeal(models.Model):
    """One link of the chain over the audit log (decision 0017). Only ever added.

    `digest` covers the seal before, this seal's time and every column of the entry:
    whoever changes a sealed line must make all later seals anew.
    """

    position = models.BigIntegerField(_("序号"), primary_key=True)
    entry = models.BigIntegerField(_("记录编号"), unique=True)
    digest = models.CharField(_("摘要"), max_length=64)
    sealed_at = models.DateTimeField(_("封存时间"))

    class Meta:
        verbose_name = _("审计封存")
        verbose_name_plural = _("审计封存")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"
