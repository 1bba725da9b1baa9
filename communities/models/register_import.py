"""A roster or code list that was uploaded, to be looked at before it is written."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.uploads import UploadQuerySet


class RegisterImport(models.Model):
    """An uploaded file of a register, previewed but not yet confirmed.

    `rows` keeps its lines as read, so that confirming works on any machine and
    compares with the register of that moment; they go when it is confirmed.
    `problems` are [row, text] found at the upload.
    """

    class Kind(models.TextChoices):
        ORGANIZATIONS = "organizations", _("党组织名册")
        DIVISIONS = "divisions", _("街道与社区名册")

    kind = models.CharField(_("名册"), max_length=14, choices=Kind.choices)
    file_name = models.CharField(_("文件名"), max_length=200)
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    rows = models.JSONField(_("内容"))
    problems = models.JSONField(_("问题"), default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("名册导入")
        verbose_name_plural = _("名册导入")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("communities:register_import_preview", args=[self.pk])
