"""What a person has typed into a long form and not sent yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormDraft(models.Model):
    """The raw fields of one form, kept as they are typed; seen by its owner only.

    `key` names the form and its record ("activity:12", "activity:new").
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("填写人"),
        on_delete=models.CASCADE,
        related_name="form_drafts",
    )
    key = models.CharField(_("表单"), max_length=60)
    fields = models.JSONField(_("内容"), default=dict)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("未提交的表单")
        verbose_name_plural = _("未提交的表单")
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="form_draft_once")
        ]

    def __str__(self) -> str:
        return self.key
