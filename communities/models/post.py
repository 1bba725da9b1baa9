"""Service posts of a community (设岗定责) and who took them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.periods import Period, PeriodQuerySet, ends_after_start
from core.models import StatefulModel


class ServicePost(StatefulModel):
    """A post with duties that people of the community take on themselves.

    `taken` counts the holders of today; only actions change it, under the lock.
    Shown to paired units' members first, to all after N days (setting).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        CLOSED = "closed", _("已关闭")

    MOVES = {
        State.DRAFT: (State.PUBLISHED, State.CLOSED),
        State.PUBLISHED: (State.CLOSED,),
    }

    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="posts",
    )
    title = models.CharField(_("岗位名称"), max_length=60)
    duties = models.TextField(_("岗位职责"), max_length=500)
    times = models.CharField(_("服务时间"), max_length=100, blank=True)
    places = models.PositiveSmallIntegerField(_("名额"))
    taken = models.PositiveSmallIntegerField(_("已认领"), default=0, editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    published_at = models.DateTimeField(
        _("发布时间"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发布人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("服务岗位")
        verbose_name_plural = _("服务岗位")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("places")),
                name="service_post_never_overfilled",
                violation_error_message=_("名额已满。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:post_detail", args=[self.pk])

    @property
    def places_left(self) -> int:
        """Places nobody holds today."""
        return max(self.places - self.taken, 0)

    @property
    def opens_to_all_at(self) -> datetime | None:
        """From when everyone may take it; None for a draft."""
        if self.published_at is None:
            return None
        return self.published_at + timedelta(days=settings.NEED_PAIRED_FIRST_DAYS)


class PostHolding(Period):
    """That a person holds a post; taken and given up by the person themselves."""

    post = models.ForeignKey(
        ServicePost,
        verbose_name=_("岗位"),
        on_delete=models.PROTECT,
        related_name="holdings",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("认领人"),
        on_delete=models.PROTECT,
        related_name="post_holdings",
    )
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位认领")
        verbose_name_plural = _("岗位认领")
        ordering = ["-pk"]
        constraints = [
            ends_after_start("post_holding_ends_after_start"),
            models.UniqueConstraint(
                fields=["post", "user"],
                name="post_holding_one_open",
                condition=models.Q(ended_at=None),
                violation_error_message=_("您已认领该岗位。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} — {self.post}"

    @property
    def audit_name(self) -> str:
        """Its name in the audit log, which the person's name must not outlive in."""
        return str(self.post)
