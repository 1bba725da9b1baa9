"""One person's place in a shift, or on its waitlist."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.permissions import Permission, scope_filter
from core.models import StatefulModel
from volunteers.models.shift import Shift
from volunteers.models.volunteer import Volunteer


class SignupQuerySet(models.QuerySet):
    """Sign-ups by state, clock and reader."""

    def confirmed(self) -> "SignupQuerySet":
        """Sign-ups that hold a place."""
        return self.filter(state=Signup.State.CONFIRMED)

    def waitlisted(self) -> "SignupQuerySet":
        """Waiting sign-ups, the longest-waiting first."""
        return self.filter(state=Signup.State.WAITLISTED).order_by("position")

    def live(self) -> "SignupQuerySet":
        """Sign-ups that hold or wait for a place."""
        return self.filter(state__in=Signup.LIVE_STATES)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "SignupQuerySet":
        """Sign-ups whose shift shares time with the period."""
        return self.filter(shift__starts_at__lt=ends_at, shift__ends_at__gt=starts_at)

    def visible_to(self, user) -> "SignupQuerySet":
        """A person sees their own; officials those of their organisations' shifts."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(volunteer__user_id=user.pk)
            | scope_filter(
                user,
                Permission.SHIFT_MANAGE,
                organization="shift__activity__organization",
            )
        )


class Signup(StatefulModel):
    """A person's sign-up; never deleted: it is cancelled, and may be made anew."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("已报名")
        WAITLISTED = "waitlisted", _("候补中")
        CANCELLED = "cancelled", _("已取消")

    MOVES = {
        State.CONFIRMED: (State.CANCELLED,),
        State.WAITLISTED: (State.CONFIRMED, State.CANCELLED),
    }
    LIVE_STATES = (State.CONFIRMED, State.WAITLISTED)

    shift = models.ForeignKey(
        Shift,
        verbose_name=_("班次"),
        on_delete=models.PROTECT,
        related_name="signups",
    )
    volunteer = models.ForeignKey(
        Volunteer,
        verbose_name=_("志愿者"),
        on_delete=models.PROTECT,
        related_name="signups",
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    position = models.PositiveIntegerField(_("候补序号"), null=True, blank=True)
    created_at = models.DateTimeField(_("报名时间"), auto_now_add=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("取消人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    is_late = models.BooleanField(_("截止后取消"), default=False)
    reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    objects = SignupQuerySet.as_manager()

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = _("报名")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"],
                name="signup_once_per_shift",
                condition=models.Q(state__in=["confirmed", "waitlisted"]),
                violation_error_message=_("您已报名该班次。"),
            ),
            models.UniqueConstraint(
                fields=["shift", "position"],
                name="signup_position_given_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waitlisted")
                | models.Q(position__isnull=False, position__gte=1),
                name="signup_waitlisted_has_position",
            ),
        ]
        indexes = [
            models.Index(fields=["volunteer", "state"], name="signup_by_volunteer"),
            models.Index(fields=["shift", "state"], name="signup_by_shift"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} · {self.shift}"

    @property
    def audit_name(self) -> str:
        """Its name in the audit log, which the person's name must not outlive in."""
        return str(self.shift)

    @property
    def is_live(self) -> bool:
        """Whether it holds or waits for a place."""
        return self.state in self.LIVE_STATES
