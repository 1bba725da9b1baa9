"""The civic convention (市民文明公约) and the people who say yes to it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from core.models import StatefulModel


class Convention(StatefulModel):
    """One version of the convention; the published one is what people say yes to."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("现行")
        SUPERSEDED = "superseded", _("已被新版取代")

    MOVES = {
        State.DRAFT: (State.PUBLISHED,),
        State.PUBLISHED: (State.SUPERSEDED,),
    }

    number = models.PositiveSmallIntegerField(_("版次"), unique=True, editable=False)
    title = models.CharField(_("标题"), max_length=60)
    text = models.TextField(_("正文"), max_length=5000)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    published_at = models.DateTimeField(
        _("发布时间"), null=True, blank=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("起草人"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("市民文明公约")
        verbose_name_plural = _("市民文明公约")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                name="convention_one_published",
                condition=models.Q(state="published"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:convention_version", args=[self.number])


class Pledge(models.Model):
    """A person's yes to a version of the convention, alone or for the household.

    Counted by community; the names appear nowhere. Taken back at any time.
    """

    convention = models.ForeignKey(
        Convention,
        verbose_name=_("公约"),
        on_delete=models.PROTECT,
        related_name="pledges",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("承诺人"),
        on_delete=models.PROTECT,
        related_name="pledges",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="pledges",
    )
    is_household = models.BooleanField(_("以家庭名义"), default=False)
    pledged_at = models.DateTimeField(_("承诺时间"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(
        _("收回时间"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("公约承诺")
        verbose_name_plural = _("公约承诺")
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "user", "is_household"],
                name="pledge_one_live",
                condition=models.Q(withdrawn_at=None),
                violation_error_message=_("您已经承诺过。"),
            )
        ]
        indexes = [
            models.Index(
                fields=["convention", "community", "is_household"],
                name="pledge_count",
                condition=models.Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def audit_name(self) -> str:
        """The audit log names no one who said yes."""
        return str(self)
