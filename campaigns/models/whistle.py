"""社区吹哨: a community calls for help and the call is followed to its end."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models.whistle_category import Urgency, WhistleCategory
from campaigns.models.working_clock import WorkingClock
from communities.models import (
    Community,
    Organization,
    ResidentContact,
    ResidentQuerySet,
)
from communities.permissions import Permission, scope_filter
from core.models import StatefulModel


class WhistleQuerySet(ResidentQuerySet):
    """Whistles by who may see them and by where they stand."""

    def visible_to(self, user) -> "WhistleQuerySet":
        """Those of the user's communities, and those their organisations were asked.

        What was never blown is seen by its community alone.
        """
        condition = scope_filter(user, Permission.WHISTLE_VIEW, community="community")
        asked = WhistleResponse.objects.filter(
            scope_filter(user, Permission.WHISTLE_ANSWER, organization="organization")
        )
        blown = scope_filter(user, Permission.WHISTLE_BLOW, community="community")
        seen = condition | models.Q(pk__in=asked.order_by().values("whistle"))
        return self.filter(blown | (seen & models.Q(issued_at__isnull=False)))

    def under_way(self) -> "WhistleQuerySet":
        """Issued and not over."""
        return self.filter(state__in=Whistle.UNDER_WAY_STATES)


class Whistle(StatefulModel, ResidentContact, WorkingClock):
    """A call of a community for help, from the first word to the last.

    Its own clock runs while it waits for dispatch and, after delivery, while it waits
    for the community's word; units have clocks of their own (WhistleResponse). While
    it is returned to the community nothing runs. `returned_count` counts returns by
    units. Which deed is allowed when, and to whom, stands in campaigns/rules.py.
    Source: PRODUCT section 3 and 4, whistles; issue 5.
    """

    class State(models.TextChoices):
        DRAFTED = "drafted", _("草稿")
        ISSUED = "issued", _("待派单")
        DISPATCHED = "dispatched", _("待响应")
        RETURNED = "returned", _("已退回社区")
        ACCEPTED = "accepted", _("已接单")
        HANDLING = "handling", _("办理中")
        DELIVERED = "delivered", _("待社区确认")
        REOPENED = "reopened", _("重新办理")
        VERIFIED = "verified", _("待评价")
        RATED = "rated", _("已评价")
        CLOSED = "closed", _("已办结")
        WITHDRAWN = "withdrawn", _("已撤回")
        MERGED = "merged", _("已并单")

    _OUT = (State.WITHDRAWN, State.MERGED)
    _WITH_UNITS = (State.ACCEPTED, State.HANDLING, State.DELIVERED)
    _BACK = (State.ISSUED, State.DISPATCHED)
    MOVES = {
        State.DRAFTED: (State.ISSUED, State.WITHDRAWN),
        State.ISSUED: (State.DISPATCHED, State.RETURNED, *_OUT),
        State.DISPATCHED: (State.ISSUED, State.RETURNED, *_WITH_UNITS, *_OUT),
        State.RETURNED: (State.ISSUED, *_OUT),
        State.ACCEPTED: (*_BACK, State.HANDLING, State.DELIVERED, *_OUT),
        State.HANDLING: (*_BACK, State.ACCEPTED, State.DELIVERED, *_OUT),
        State.DELIVERED: (State.VERIFIED, State.REOPENED, State.CLOSED),
        State.REOPENED: (*_BACK, State.HANDLING, State.DELIVERED, *_OUT),
        State.VERIFIED: (State.RATED, State.REOPENED, State.CLOSED),
        State.RATED: (State.CLOSED,),
    }
    UNSENT = State.DRAFTED
    EDITABLE_STATES = (State.DRAFTED, State.RETURNED)
    WORKING_STATES = (
        State.DISPATCHED,
        State.ACCEPTED,
        State.HANDLING,
        State.REOPENED,
    )
    ANSWERABLE_STATES = (State.DELIVERED, State.VERIFIED)
    UNDER_WAY_STATES = (
        State.ISSUED,
        State.RETURNED,
        *WORKING_STATES,
        *ANSWERABLE_STATES,
    )
    FINAL_STATES = (State.CLOSED, State.WITHDRAWN, State.MERGED)
    MOST_REOPENINGS = 2
    MOST_PHOTOS = 9

    class Resolution(models.TextChoices):
        SOLVED = "solved", _("已解决")
        PARTLY = "partly", _("部分解决")
        NOT = "not", _("未解决")

    number = models.CharField(
        _("编号"), max_length=30, unique=True, null=True, blank=True, editable=False
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="whistles",
    )
    category = models.ForeignKey(
        WhistleCategory,
        verbose_name=_("类别"),
        on_delete=models.PROTECT,
        related_name="whistles",
    )
    urgency = models.CharField(
        _("紧急程度"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL
    )
    title = models.CharField(_("事由"), max_length=60)
    text = models.TextField(_("情况说明"), max_length=500)
    place = models.CharField(_("地点"), max_length=100)
    needs_people = models.PositiveSmallIntegerField(
        _("需要人手（人）"), null=True, blank=True
    )
    needs_things = models.CharField(_("需要物资"), max_length=200, blank=True)
    needs_skill = models.CharField(_("需要专业"), max_length=200, blank=True)
    wanted_by = models.DateField(_("希望办结日期"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFTED
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("吹哨人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    issued_at = models.DateTimeField(
        _("吹哨时间"), null=True, blank=True, editable=False
    )
    delivered_at = models.DateTimeField(
        _("交付时间"), null=True, blank=True, editable=False
    )
    returned_count = models.PositiveSmallIntegerField(
        _("被退单次数"), default=0, editable=False
    )
    reopened_count = models.PositiveSmallIntegerField(
        _("重办次数"), default=0, editable=False
    )
    resolution = models.CharField(
        _("解决情况"),
        max_length=10,
        choices=Resolution.choices,
        blank=True,
        editable=False,
    )
    is_satisfied = models.BooleanField(_("是否满意"), null=True, editable=False)
    rated_at = models.DateTimeField(
        _("评价时间"), null=True, blank=True, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("并入"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )

    objects = WhistleQuerySet.as_manager()

    class Meta:
        verbose_name = _("吹哨")
        verbose_name_plural = _("吹哨")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["closed", "withdrawn", "merged"], ended_at__isnull=False
                )
                | ~models.Q(state__in=["closed", "withdrawn", "merged"])
                & models.Q(ended_at=None),
                name="whistle_over_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | ~models.Q(state="merged") & models.Q(merged_into=None),
                name="whistle_merged_goes_on",
                violation_error_message=_("并单须写明并入哪一单。"),
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_count__lte=2),
                name="whistle_reopened_twice_at_most",
                violation_error_message=_("最多重办两次。"),
            ),
            models.CheckConstraint(
                condition=models.Q(resolution="", is_satisfied=None, rated_at=None)
                | ~models.Q(resolution="")
                & models.Q(is_satisfied__isnull=False, rated_at__isnull=False),
                name="whistle_rated_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(resident_consented=True)
                | models.Q(resident_name="", resident_phone=""),
                name="whistle_contact_with_consent",
                violation_error_message=_("居民的联系方式须经本人同意。"),
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False, issued_at__isnull=False)
                | models.Q(state__in=["drafted", "withdrawn"]),
                name="whistle_issued_has_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="whistle_by_community"),
            models.Index(
                fields=["due_at"],
                name="whistle_clocks",
                condition=models.Q(due_at__isnull=False),
            ),
            models.Index(fields=["-issued_at", "-id"], name="whistle_recent"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:whistle_detail", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        """Issued and not over."""
        return self.state in self.UNDER_WAY_STATES

    @property
    def is_over(self) -> bool:
        """Closed, withdrawn or merged."""
        return self.state in self.FINAL_STATES

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        looks = {
            self.State.DRAFTED: "draft",
            self.State.ISSUED: "pending",
            self.State.DELIVERED: "pending",
            self.State.REOPENED: "returned",
            self.State.VERIFIED: "pending",
            self.State.RATED: "verified",
            self.State.CLOSED: "settled",
        }
        return looks.get(self.state, self.state)


class WhistleResponseQuerySet(models.QuerySet):
    """Responses by who may see them and by where they stand."""

    def visible_to(self, user) -> "WhistleResponseQuerySet":
        """Those of whistles the user may open."""
        seen = Whistle.objects.visible_to(user).order_by().values("pk")
        return self.filter(whistle__in=seen)

    def answered_by(self, user) -> "WhistleResponseQuerySet":
        """Those of organisations the user answers for."""
        return self.filter(
            scope_filter(user, Permission.WHISTLE_ANSWER, organization="organization")
        )

    def live(self) -> "WhistleResponseQuerySet":
        """Neither returned nor released."""
        return self.filter(state__in=WhistleResponse.LIVE_STATES)


class WhistleResponse(StatefulModel, WorkingClock):
    """One organisation asked to answer a whistle 响应, and what it did.

    Its clock runs first until the answer, then until delivery; `accept_due_at` keeps
    when the answer was due, once it stood to the end. Delivered late stays late.
    Sent to the same organisation again after a return, a new row goes on with the
    time the old one left.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待响应")
        ACCEPTED = "accepted", _("已接单")
        RETURNED = "returned", _("已退回")
        HANDLING = "handling", _("办理中")
        DELIVERED = "delivered", _("已交付")
        RELEASED = "released", _("已解除")

    MOVES = {
        State.ASKED: (State.ACCEPTED, State.RETURNED, State.RELEASED),
        State.ACCEPTED: (State.HANDLING, State.DELIVERED, State.RELEASED),
        State.HANDLING: (State.DELIVERED, State.RELEASED),
        State.DELIVERED: (State.HANDLING,),
    }
    WORKING_STATES = (State.ACCEPTED, State.HANDLING)
    OPEN_STATES = (State.ASKED, *WORKING_STATES)
    LIVE_STATES = (*OPEN_STATES, State.DELIVERED)
    TRUSTED_STATES = (*WORKING_STATES, State.DELIVERED)

    whistle = models.ForeignKey(
        Whistle,
        verbose_name=_("吹哨"),
        on_delete=models.PROTECT,
        related_name="responses",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="whistle_responses",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ASKED
    )
    by_dispatcher = models.BooleanField(_("由街道或文明办派单"), editable=False)
    note = models.CharField(_("派单说明"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("派单时间"), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("派单人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    accept_due_at = models.DateTimeField(
        _("应响应时间"), null=True, blank=True, editable=False
    )
    accepted_at = models.DateTimeField(
        _("接单时间"), null=True, blank=True, editable=False
    )
    delivered_at = models.DateTimeField(
        _("交付时间"), null=True, blank=True, editable=False
    )
    delivered_late = models.BooleanField(_("超时交付"), default=False, editable=False)

    objects = WhistleResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("吹哨响应")
        verbose_name_plural = _("吹哨响应")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["whistle", "organization"],
                name="whistle_response_one_live",
                condition=~models.Q(state__in=["returned", "released"]),
                violation_error_message=_("该党组织已在办理之列。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "handling", "delivered"])
                | models.Q(accepted_at__isnull=False, accept_due_at__isnull=False),
                name="whistle_response_accepted_at_some_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "state"], name="whistle_response_board"
            ),
            models.Index(
                fields=["due_at"],
                name="whistle_response_clocks",
                condition=models.Q(due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} — {self.whistle}"

    def get_absolute_url(self) -> str:
        return f"{self.whistle.get_absolute_url()}#response-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the organisation has something to do."""
        return self.state in self.OPEN_STATES

    @property
    def is_live(self) -> bool:
        """Neither returned nor released."""
        return self.state in self.LIVE_STATES

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        looks = {
            self.State.ASKED: "pending",
            self.State.RELEASED: "ended",
            self.State.DELIVERED: "verified",
        }
        return looks.get(self.state, self.state)
