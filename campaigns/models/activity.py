"""What an organisation does under a pillar: planned, held, proven, reviewed."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.models.pillar import Initiative, Pillar
from campaigns.models.tally import COUNTED_STATES, tallied
from campaigns.models.whistle import WhistleResponse
from communities.models import Community, NeedClaim, Organization
from communities.permissions import Permission, memberships_of, scope_filter
from core.models import SpelledModel, StatefulModel

LEADER_DAYS_AFTER_END = timedelta(days=10)


def visibility(user, *, activity: str = "") -> models.Q:
    """The condition under which the user may open an activity.

    Everyone: approved public ones, and what is open for sign-up. Officials: what
    their scope covers, but drafts only in their own organisations. Leaders: their
    own, until ten days after the end (PRODUCT section 2). `activity` leads from the
    filtered model to its activity, like "activity__"; "" is the activity itself.
    """

    def that(**lookups: object) -> models.Q:
        return models.Q(**{f"{activity}{name}": is_ for name, is_ in lookups.items()})

    seen_by_all = (Activity.State.APPROVED, *Activity.OPEN_STATES)
    condition = that(state__in=seen_by_all, is_public=True)
    if not user.is_authenticated:
        return condition
    led_since = timezone.now() - LEADER_DAYS_AFTER_END
    led = user.led_activities.filter(ends_at__gte=led_since).order_by()
    condition |= that(pk__in=led.values("pk"))
    if not memberships_of(user):
        return condition
    asked = partner_activities(user, ActivityPartner.LIVE_STATES)
    condition |= that(pk__in=asked)
    own, community = f"{activity}organization", f"{activity}community"
    in_scope = scope_filter(
        user, Permission.ACTIVITY_VIEW, organization=own, community=community
    )
    recorded = scope_filter(user, Permission.ACTIVITY_RECORD, organization=own)
    return condition | recorded | (in_scope & ~that(state=Activity.State.DRAFT))


def partner_activities(user, states: Collection[str]) -> models.QuerySet:
    """Numbers of the joint activities that await or have the user's organisations."""
    scope = scope_filter(user, Permission.ACTIVITY_RECORD, organization="organization")
    return ActivityPartner.objects.filter(scope, state__in=states).values("activity")


class ActivityQuerySet(models.QuerySet):
    """Activities by who may see them and by where they stand."""

    def public(self) -> "ActivityQuerySet":
        """Approved activities shown to everyone."""
        return self.filter(state=Activity.State.APPROVED, is_public=True)

    def visible_to(self, user) -> "ActivityQuerySet":
        """What the user may open; see `visibility`."""
        return self.filter(visibility(user))

    def managed_by(self, user) -> "ActivityQuerySet":
        """Activities of the organisations the user records for, joint ones included."""
        own = scope_filter(
            user, Permission.ACTIVITY_RECORD, organization="organization"
        )
        joint = partner_activities(user, [ActivityPartner.State.CONFIRMED])
        return self.filter(own | models.Q(pk__in=joint))

    def owned_by(self, organizations) -> "ActivityQuerySet":
        """Activities these organisations lead or have joined."""
        joint = ActivityPartner.objects.filter(
            organization__in=organizations, state=ActivityPartner.State.CONFIRMED
        )
        return self.filter(
            models.Q(organization__in=organizations)
            | models.Q(pk__in=joint.values("activity"))
        )

    def awaiting_review(self) -> "ActivityQuerySet":
        """Submitted activities, the longest-waiting first."""
        return self.filter(state=Activity.State.SUBMITTED).order_by(
            "submitted_at", "pk"
        )


class Activity(SpelledModel, StatefulModel):
    """One activity of one organisation under a pillar and an initiative.

    A study session, a publicity day and a volunteer shift are all activities.
    One without shifts goes from draft to submitted; one with shifts is published
    first and ends by the clock (PRODUCT section 3).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        ENDED = "ended", _("已结束")
        SUBMITTED = "submitted", _("待审核")
        APPROVED = "approved", _("已通过")
        RETURNED = "returned", _("已退回")
        CANCELLED = "cancelled", _("已取消")

    class Risk(models.TextChoices):
        LOW = "low", _("低")
        MEDIUM = "medium", _("中")
        HIGH = "high", _("高")

    MOVES = {
        State.DRAFT: (State.PUBLISHED, State.SUBMITTED, State.CANCELLED),
        State.PUBLISHED: (State.ENDED, State.CANCELLED),
        State.ENDED: (State.SUBMITTED,),
        State.SUBMITTED: (State.APPROVED, State.RETURNED),
        State.RETURNED: (State.SUBMITTED, State.CANCELLED),
    }
    SPELLED = ("title",)
    OPEN_STATES = (State.PUBLISHED, State.ENDED)
    EDITABLE_STATES = (State.DRAFT, State.PUBLISHED, State.ENDED, State.RETURNED)
    UNFINISHED_STATES = (*EDITABLE_STATES, State.SUBMITTED)

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("行动"), on_delete=models.PROTECT
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="activities",
    )
    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("板块"),
        on_delete=models.PROTECT,
        related_name="activities",
    )
    second_pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("第二板块"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("举措"), on_delete=models.PROTECT
    )
    title = models.CharField(_("活动名称"), max_length=60)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    place = models.CharField(_("地点"), max_length=100)
    community = models.ForeignKey(
        Community,
        verbose_name=_("所在社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
    )
    need_claim = models.ForeignKey(
        NeedClaim,
        verbose_name=_("认领的需求"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="activities",
    )
    whistle_response = models.ForeignKey(
        WhistleResponse,
        verbose_name=_("响应的吹哨"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="activities",
    )
    text = models.TextField(_("活动说明"), max_length=500, blank=True)
    participant_count = models.PositiveIntegerField(
        _("参加人数"), null=True, blank=True
    )
    is_public = models.BooleanField(_("公开展示"), default=True)
    counts_as_service = models.BooleanField(_("计志愿服务时长"), default=False)
    risk = models.CharField(
        _("风险等级"), max_length=10, choices=Risk.choices, default=Risk.LOW
    )
    insurance = models.CharField(_("保险"), max_length=200, blank=True)
    safety_briefing = models.TextField(_("安全须知"), max_length=500, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=50, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    in_addendum = models.BooleanField(_("计入补充台账"), default=False, editable=False)
    leaders = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("现场负责人"),
        blank=True,
        related_name="led_activities",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("记录人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="activity_ends_after_start",
                violation_error_message=_("结束时间必须晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(second_pillar=None)
                | ~models.Q(second_pillar=models.F("pillar")),
                name="activity_second_pillar_differs",
                violation_error_message=_("第二板块不能与主板块相同。"),
            ),
            models.UniqueConstraint(
                fields=["need_claim"],
                name="activity_one_live_a_claim",
                condition=~models.Q(state="cancelled"),
                violation_error_message=_("这项认领已经建立活动。"),
            ),
            models.UniqueConstraint(
                fields=["whistle_response"],
                name="activity_one_live_a_response",
                condition=~models.Q(state="cancelled"),
                violation_error_message=_("这次响应已经召集人手。"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-starts_at", "-id"],
                name="activity_public_recent",
                condition=models.Q(state="approved", is_public=True),
            ),
            models.Index(fields=["-starts_at", "-id"], name="activity_recent"),
            models.Index(
                fields=["organization", "-starts_at"], name="activity_by_organization"
            ),
            models.Index(
                fields=["campaign", "organization", "pillar", "initiative"],
                name="activity_progress",
                condition=models.Q(state="approved", in_addendum=False),
            ),
            models.Index(
                fields=["submitted_at"],
                name="activity_review_queue",
                condition=models.Q(state="submitted"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:activity_detail", args=[self.pk])

    def move_to(self, state: str, *, by, reason: str = "", **changes: object) -> None:
        """Change the state, and the counters with it; see StatefulModel."""
        if {self.state, state}.isdisjoint(COUNTED_STATES):
            super().move_to(state, by=by, reason=reason, **changes)
            return
        with tallied(Activity.objects, [self.pk]):
            super().move_to(state, by=by, reason=reason, **changes)

    @property
    def is_editable(self) -> bool:
        """Whether its text and evidence may still be changed."""
        return self.state in self.EDITABLE_STATES

    @property
    def is_open(self) -> bool:
        """Published: shifts may be opened and people may sign up."""
        return self.state == self.State.PUBLISHED

    @property
    def is_shown_to_all(self) -> bool:
        """Approved and public: everybody sees it with its photos."""
        return self.is_public and self.state == self.State.APPROVED

    @property
    def is_over(self) -> bool:
        """Whether its end has passed."""
        return self.ends_at <= timezone.now()

    @property
    def lacks_safety(self) -> bool:
        """Medium and high risk without insurance and safety briefing.

        Source: 志愿服务条例 and PRODUCT section 4, risk.
        """
        return self.risk != self.Risk.LOW and not (
            self.insurance.strip() and self.safety_briefing.strip()
        )


class ActivityPartner(StatefulModel):
    """A further owner of a joint activity: asked by the leading organisation.

    The activity is one record. It counts for a partner, and stands in its ledger,
    from the day the partner's own official has confirmed.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DECLINED = "declined", _("已谢绝")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES = {
        State.INVITED: (State.CONFIRMED, State.DECLINED, State.WITHDRAWN),
        State.CONFIRMED: (State.WITHDRAWN,),
    }
    LIVE_STATES = (State.INVITED, State.CONFIRMED)

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="partners",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("联办党组织"),
        on_delete=models.PROTECT,
        related_name="joint_activities",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.INVITED
    )
    invited_at = models.DateTimeField(_("邀请时间"), auto_now_add=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("邀请人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("联办党组织")
        verbose_name_plural = _("联办党组织")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organization"],
                name="activity_partner_once",
                condition=models.Q(state__in=["invited", "confirmed"]),
                violation_error_message=_("该党组织已在联办之列。"),
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "activity"],
                name="activity_partner_joined",
                condition=models.Q(state="confirmed"),
            )
        ]

    def __str__(self) -> str:
        return str(self.organization)

    def move_to(self, state: str, *, by, reason: str = "", **changes: object) -> None:
        """Change the state, and the counters with it; see StatefulModel."""
        with tallied(Activity.objects, [self.activity_id]):
            super().move_to(state, by=by, reason=reason, **changes)
