"""Micro-wishes: the small form of a need, for one resident, with one claimant."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.organization import Organization
from communities.models.resident import ResidentContact, ResidentQuerySet
from core.models import StatefulModel


class WishQuerySet(ResidentQuerySet):
    """Wishes by where they stand."""

    def announced(self) -> "WishQuerySet":
        """Wishes that were published once, whatever became of them."""
        return self.exclude(published_at=None)

    def claimable(self, day: date) -> "WishQuerySet":
        """Wishes somebody may still take on `day`."""
        return self.filter(
            models.Q(wanted_by=None) | models.Q(wanted_by__gte=day),
            state=Wish.State.PUBLISHED,
        )


class Wish(StatefulModel, ResidentContact):
    """A small wish of one resident 微心愿, put down by the community.

    One claimant, a person or an organisation; given up, it is open again.
    Source: issue 5, "Micro-wishes"; PRODUCT section 3, Need.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("待认领")
        CLAIMED = "claimed", _("已认领")
        DELIVERED = "delivered", _("待确认")
        CONFIRMED = "confirmed", _("已实现")
        WITHDRAWN = "withdrawn", _("已撤回")
        EXPIRED = "expired", _("已过期")

    MOVES = {
        State.DRAFT: (State.PUBLISHED, State.WITHDRAWN),
        State.PUBLISHED: (State.CLAIMED, State.WITHDRAWN, State.EXPIRED),
        State.CLAIMED: (State.PUBLISHED, State.DELIVERED, State.WITHDRAWN),
        State.DELIVERED: (State.CONFIRMED, State.CLAIMED),
    }
    UNSENT = State.DRAFT
    EDITABLE_STATES = (State.DRAFT, State.PUBLISHED)
    FINAL_STATES = (State.CONFIRMED, State.WITHDRAWN, State.EXPIRED)

    class Category(models.TextChoices):
        GOODS = "goods", _("物品")
        HELP = "help", _("帮忙")
        COMPANY = "company", _("陪伴")
        SKILL = "skill", _("技能")

    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="wishes",
    )
    category = models.CharField(_("类别"), max_length=10, choices=Category.choices)
    title = models.CharField(_("心愿"), max_length=60)
    text = models.TextField(_("说明"), max_length=300, blank=True)
    wanted_by = models.DateField(_("希望实现日期"), null=True, blank=True)
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

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("微心愿")
        verbose_name_plural = _("微心愿")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["confirmed", "withdrawn", "expired"],
                    ended_at__isnull=False,
                )
                | ~models.Q(state__in=["confirmed", "withdrawn", "expired"])
                & models.Q(ended_at=None),
                name="wish_over_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(resident_consented=True)
                | models.Q(resident_name="", resident_phone=""),
                name="wish_contact_with_consent",
                violation_error_message=_("居民的联系方式须经本人同意。"),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="wish_by_community"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:wish_detail", args=[self.pk])

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        looks = {
            self.State.PUBLISHED: "open",
            self.State.CLAIMED: "handling",
            self.State.DELIVERED: "pending",
        }
        return looks.get(self.state, self.state)

    def is_past(self, day: date) -> bool:
        """Whether the day it was wanted by is over."""
        return self.wanted_by is not None and self.wanted_by < day


class WishClaim(StatefulModel):
    """Somebody's word to make a wish come true: a person's or an organisation's."""

    class State(models.TextChoices):
        ACTIVE = "active", _("办理中")
        DELIVERED = "delivered", _("已送达")
        WITHDRAWN = "withdrawn", _("已放弃")

    MOVES = {
        State.ACTIVE: (State.DELIVERED, State.WITHDRAWN),
        State.DELIVERED: (State.ACTIVE,),
    }

    wish = models.ForeignKey(
        Wish, verbose_name=_("微心愿"), on_delete=models.PROTECT, related_name="claims"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wish_claims",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("个人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wish_claims",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ACTIVE
    )
    note = models.CharField(_("留言"), max_length=200, blank=True)
    claimed_at = models.DateTimeField(_("认领时间"), auto_now_add=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("认领人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("心愿认领")
        verbose_name_plural = _("心愿认领")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wish"],
                name="wish_claim_one_live",
                condition=~models.Q(state="withdrawn"),
                violation_error_message=_("这个心愿已被认领。"),
            ),
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, person=None)
                | models.Q(organization=None, person__isnull=False),
                name="wish_claim_of_one_side",
                violation_error_message=_("由个人或党组织一方认领。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} — {self.wish}"

    @property
    def audit_name(self) -> str:
        """The wish alone when a person claims it: the audit log outlives accounts."""
        return str(self.wish) if self.person_id else str(self)

    @property
    def claimant(self) -> object:
        """The organisation or the person."""
        return self.organization or self.person

    @property
    def is_live(self) -> bool:
        """Whether it still holds the wish."""
        return self.state != self.State.WITHDRAWN
