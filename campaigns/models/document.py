"""The letter and other papers a campaign rests on."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from core.models import StatefulModel


class CampaignDocument(StatefulModel):
    """A paper on the campaign's page: words in Markdown, a file, or both."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("倡议书")
        NOTICE = "notice", _("通知")
        STANDARD = "standard", _("测评标准")
        OTHER = "other", _("其他文件")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤下")

    MOVES = {
        State.DRAFT: (State.PUBLISHED, State.WITHDRAWN),
        State.PUBLISHED: (State.WITHDRAWN,),
        State.WITHDRAWN: (State.PUBLISHED,),
    }

    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("行动"),
        on_delete=models.PROTECT,
        related_name="documents",
    )
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=100)
    text = models.TextField(_("正文"), max_length=20_000, blank=True)
    file = models.CharField(_("附件"), max_length=200, blank=True, editable=False)
    file_name = models.CharField(
        _("附件名称"), max_length=200, blank=True, editable=False
    )
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("起草人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("行动文件")
        verbose_name_plural = _("行动文件")
        ordering = ["campaign", "position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:document_detail", args=[self.pk])
