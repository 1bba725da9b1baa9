"""Honours: applied for with evidence, checked, noticed in public, awarded, kept up."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organization
from communities.permissions import Permission, memberships_of, scope_filter
from core.models import StatefulModel


def honor_visibility(user, *, honor: str = "", with_public: bool = True) -> models.Q:
    """The condition under which the user may open an honour.

    Everyone: those under public notice and those awarded, a family's only while the
    family consents. Officials: what their scope covers; a family's draft, perhaps
    without its consent yet, only where they apply. `honor` leads from the filtered
    model to its honour, like "honor__".
    """
    condition = models.Q(pk__in=[])
    if with_public:
        condition |= models.Q(
            **{f"{honor}state__in": Honor.PUBLIC_STATES, f"{honor}is_public": True}
        )
    if not user.is_authenticated or not memberships_of(user):
        return condition
    return condition | honor_scope(user, honor=honor)


def honor_scope(user, *, honor: str = "") -> models.Q:
    """The condition for the honours an official works with; see honor_visibility."""
    lookups = {"organization": f"{honor}organization", "community": f"{honor}community"}
    applies = scope_filter(user, Permission.HONOR_APPLY, **lookups)
    in_scope = scope_filter(user, Permission.HONOR_VIEW, **lookups)
    is_there = models.Q(**{f"{honor}pk__isnull": False})
    is_family_draft = models.Q(
        **{f"{honor}kind": Honor.Kind.FAMILY, f"{honor}state": Honor.State.DRAFT}
    )
    return is_there & (applies | in_scope & ~is_family_draft)


class HonorQuerySet(models.QuerySet):
    """Honours by who may see them and by where they stand."""

    def visible_to(self, user) -> "HonorQuerySet":
        """What the user may open; see `honor_visibility`."""
        return self.filter(honor_visibility(user))

    def public(self) -> "HonorQuerySet":
        """Awarded and shown to everyone."""
        return self.filter(state=Honor.State.AWARDED, is_public=True)

    def under_notice(self) -> "HonorQuerySet":
        """Under public notice, those ending first at the top."""
        return self.filter(state=Honor.State.NOTICE, is_public=True).order_by(
            "notice_ends_on", "pk"
        )


class Honor(StatefulModel):
    """One honour of an organisation's post, window or unit, or of a family.

    applied → checked → public notice (working days, setting) → awarded → lapsed or
    revoked (PRODUCT section 3). A family's is shown only with the family's consent:
    `is_public` is kept by the actions on consents.
    """

    class Kind(models.TextChoices):
        PIONEER_POST = "pioneer_post", _("党员先锋岗")
        YOUTH = "youth", _("青年文明号")
        WOMEN_POST = "women_post", _("巾帼文明岗")
        WINDOW = "window", _("文明示范窗口")
        UNIT = "unit", _("文明单位")
        FAMILY = "family", _("文明家庭")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        APPLIED = "applied", _("待核查")
        RETURNED = "returned", _("已退回")
        CHECKED = "checked", _("已核查")
        NOTICE = "notice", _("公示中")
        AWARDED = "awarded", _("已命名")
        REJECTED = "rejected", _("未通过")
        WITHDRAWN = "withdrawn", _("已撤回")
        LAPSED = "lapsed", _("已失效")
        REVOKED = "revoked", _("已撤销")

    MOVES = {
        State.DRAFT: (State.APPLIED, State.WITHDRAWN),
        State.APPLIED: (
            State.CHECKED,
            State.RETURNED,
            State.REJECTED,
            State.WITHDRAWN,
        ),
        State.RETURNED: (State.APPLIED, State.WITHDRAWN),
        State.CHECKED: (State.NOTICE, State.REJECTED, State.WITHDRAWN),
        State.NOTICE: (State.AWARDED, State.REJECTED, State.WITHDRAWN),
        State.AWARDED: (State.LAPSED, State.REVOKED),
    }
    EDITABLE_STATES = (State.DRAFT, State.RETURNED)
    PUBLIC_STATES = (State.NOTICE, State.AWARDED)

    kind = models.CharField(_("荣誉"), max_length=12, choices=Kind.choices)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="honors",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="honors",
    )
    holder = models.CharField(_("称号对象"), max_length=60)
    text = models.TextField(_("事迹"), max_length=500)
    is_public = models.BooleanField(_("公开展示"), default=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("填报人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    applied_at = models.DateTimeField(
        _("申报时间"), null=True, blank=True, editable=False
    )
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("申报人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    notice_starts_on = models.DateField(
        _("公示开始"), null=True, blank=True, editable=False
    )
    notice_ends_on = models.DateField(
        _("公示结束"), null=True, blank=True, editable=False
    )
    number = models.CharField(_("文号"), max_length=40, blank=True, editable=False)
    awarded_on = models.DateField(_("命名日期"), null=True, blank=True, editable=False)
    check_due_on = models.DateField(
        _("年度复核期限"), null=True, blank=True, editable=False
    )
    ended_on = models.DateField(_("终止日期"), null=True, blank=True, editable=False)

    objects = HonorQuerySet.as_manager()

    class Meta:
        verbose_name = _("荣誉")
        verbose_name_plural = _("荣誉")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind="family", community__isnull=False, organization__isnull=True
                )
                | ~models.Q(kind="family") & models.Q(organization__isnull=False),
                name="honor_has_its_holder",
                violation_error_message=_("文明家庭由社区申报，其他荣誉由党组织申报。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="awarded")
                | models.Q(awarded_on__isnull=False, check_due_on__isnull=False),
                name="honor_awarded_has_days",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "-awarded_on"],
                name="honor_public",
                condition=models.Q(state="awarded", is_public=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.holder}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:honor_detail", args=[self.pk])

    @property
    def is_of_family(self) -> bool:
        """Whether it names a family, so that consent is needed."""
        return self.kind == self.Kind.FAMILY

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        looks = {
            self.State.APPLIED: "pending",
            self.State.CHECKED: "accepted",
            self.State.NOTICE: "open",
            self.State.REVOKED: "voided",
        }
        return looks.get(self.state, self.state)

    @property
    def audit_name(self) -> str:
        """What the audit log calls it; a family's name stays out of it."""
        if self.is_of_family:
            return self.get_kind_display()
        return str(self)


class HonorObjection(StatefulModel):
    """What someone holds against an award during its public notice.

    The objector is known to the office only.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        UPHELD = "upheld", _("成立")
        DISMISSED = "dismissed", _("不成立")

    MOVES = {State.OPEN: (State.UPHELD, State.DISMISSED)}

    honor = models.ForeignKey(
        Honor,
        verbose_name=_("荣誉"),
        on_delete=models.PROTECT,
        related_name="objections",
    )
    text = models.CharField(_("异议"), max_length=500)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.OPEN
    )
    made_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提出人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.CharField(_("处理意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("荣誉异议")
        verbose_name_plural = _("荣誉异议")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open") | ~models.Q(answer=""),
                name="honor_objection_answered",
                violation_error_message=_("请写明处理意见。"),
            ),
            models.UniqueConstraint(
                fields=["honor", "made_by"],
                name="honor_objection_one_open",
                condition=models.Q(state="open"),
                violation_error_message=_("您的异议正在处理。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:30]

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        return "pending" if self.state == self.State.OPEN else "ended"

    @property
    def audit_name(self) -> str:
        """What it says may name people, so the audit log does not repeat it."""
        return str(self._meta.verbose_name)


class HonorCheck(models.Model):
    """The yearly check of an awarded honour."""

    honor = models.ForeignKey(
        Honor, verbose_name=_("荣誉"), on_delete=models.PROTECT, related_name="checks"
    )
    due_on = models.DateField(_("复核期限"))
    passed = models.BooleanField(_("复核合格"))
    note = models.CharField(_("复核意见"), max_length=300)
    checked_at = models.DateTimeField(_("复核时间"), auto_now_add=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("复核人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("年度复核")
        verbose_name_plural = _("年度复核")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["honor", "due_on"], name="honor_check_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.honor} {self.due_on:%Y}"
