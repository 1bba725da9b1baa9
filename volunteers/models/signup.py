"""One person's place in a shift, or on its waitlist."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.permissions import Permission, scope_filter
from core.models import StatefulModel
from volunteers.models.group import SignupGroup
from volunteers.models.post import ShiftPost
from volunteers.models.shift import Shift
from volunteers.models.volunteer import Volunteer


class SignupQuerySet(models.QuerySet):
    """Sign-ups by state, clock and reader."""

    def confirmed(self) -> "SignupQuerySet":
        """Sign-ups whose place is sure."""
        return self.filter(state=Signup.State.CONFIRMED)

    def placed(self) -> "SignupQuerySet":
        """Sign-ups that hold a place: sure, or offered and not answered yet."""
        return self.filter(state__in=Signup.PLACED_STATES)

    def on_roll(self) -> "SignupQuerySet":
        """Sign-ups of those expected, or who were: come, not come, excused."""
        return self.filter(state__in=Signup.ROLL_STATES)

    def waitlisted(self) -> "SignupQuerySet":
        """Waiting sign-ups, the next to be offered a place first."""
        return self.filter(state=Signup.State.WAITLISTED).order_by(
            "-is_moved", "position"
        )

    def live(self) -> "SignupQuerySet":
        """Sign-ups that hold or wait for a place."""
        return self.filter(state__in=Signup.LIVE_STATES)

    def kept(self) -> "SignupQuerySet":
        """All but those given up or lapsed: a person has one for a shift at most."""
        return self.exclude(state__in=Signup.GONE_STATES)

    def told_as(self, told: str) -> "SignupQuerySet":
        """Sign-ups that registers and reports name so, see `Signup.TOLD`."""
        return self.filter(
            state__in=[state for state, name in Signup.TOLD.items() if name == told]
        )

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
    """A person's sign-up; never deleted: it is cancelled, and may be made anew.

    `heads` places are held or waited for: one's own and those of companions. Who
    waits is offered a place until `offer_ends_at`; an offered place is held. An
    organiser who lowers the capacity moves people back to the waitlist: `is_moved`
    puts them before all others there. Once the shift is settled the state says
    whether the person came.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("已报名")
        WAITLISTED = "waitlisted", _("候补中")
        OFFERED = "offered", _("待确认名额")
        LAPSED = "lapsed", _("名额已过期")
        CANCELLED = "cancelled", _("已取消")
        ATTENDED = "attended", _("已参加")
        NO_SHOW = "no_show", _("未到")
        EXCUSED = "excused", _("已请假")

    MOVES = {
        State.CONFIRMED: (
            State.WAITLISTED,
            State.CANCELLED,
            State.ATTENDED,
            State.NO_SHOW,
            State.EXCUSED,
        ),
        State.WAITLISTED: (State.OFFERED, State.CANCELLED),
        State.OFFERED: (
            State.CONFIRMED,
            State.LAPSED,
            State.WAITLISTED,
            State.CANCELLED,
        ),
        State.NO_SHOW: (State.EXCUSED, State.ATTENDED),
        State.EXCUSED: (State.ATTENDED,),
    }
    # What registers and reports tell those who do not keep the roll: neither who did
    # not come nor who let an offer go (PRODUCT section 4, voluntary means voluntary).
    TOLD = {
        State.CONFIRMED: State.CONFIRMED,
        State.WAITLISTED: State.WAITLISTED,
        State.OFFERED: State.OFFERED,
        State.LAPSED: State.CANCELLED,
        State.CANCELLED: State.CANCELLED,
        State.ATTENDED: "settled",
        State.NO_SHOW: "settled",
        State.EXCUSED: "settled",
    }
    TOLD_CHOICES = [
        (State.CONFIRMED.value, State.CONFIRMED.label),
        (State.WAITLISTED.value, State.WAITLISTED.label),
        (State.OFFERED.value, State.OFFERED.label),
        (State.CANCELLED.value, State.CANCELLED.label),
        ("settled", _("已结算")),
    ]
    PLACED_STATES = (State.CONFIRMED, State.OFFERED)
    LIVE_STATES = (State.CONFIRMED, State.WAITLISTED, State.OFFERED)
    GONE_STATES = (State.CANCELLED, State.LAPSED)
    ROLL_STATES = (State.CONFIRMED, State.ATTENDED, State.NO_SHOW, State.EXCUSED)

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
    post = models.ForeignKey(
        ShiftPost,
        verbose_name=_("岗位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signups",
    )
    group = models.ForeignKey(
        SignupGroup,
        verbose_name=_("团体报名"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signups",
    )
    stands_in_for = models.OneToOneField(
        "self",
        verbose_name=_("替谁"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_in",
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    heads = models.PositiveSmallIntegerField(_("人数"), default=1)
    position = models.PositiveIntegerField(_("候补序号"), null=True, blank=True)
    is_moved = models.BooleanField(_("由组织者移入候补"), default=False)
    is_walk_in = models.BooleanField(_("现场报名"), default=False)
    offered_at = models.DateTimeField(_("名额发出时间"), null=True, blank=True)
    offer_ends_at = models.DateTimeField(_("名额保留到"), null=True, blank=True)
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
    is_excused = models.BooleanField(_("临时取消已获谅解"), default=False)
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
                condition=~models.Q(state__in=["cancelled", "lapsed"]),
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
            models.CheckConstraint(
                condition=~models.Q(state="offered")
                | models.Q(offered_at__isnull=False, offer_ends_at__isnull=False),
                name="signup_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(heads__gte=1), name="signup_is_for_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["volunteer", "state"], name="signup_by_volunteer"),
            models.Index(fields=["shift", "state"], name="signup_by_shift"),
            models.Index(
                fields=["offer_ends_at"],
                name="signup_offers_by_end",
                condition=models.Q(state="offered"),
            ),
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

    @property
    def told(self) -> str:
        """The state as registers and reports tell it, in words."""
        return dict(self.TOLD_CHOICES)[self.TOLD[self.state]]

    @property
    def is_offered(self) -> bool:
        """Whether a place is held for the person until they answer."""
        return self.state == self.State.OFFERED

    def is_held_at(self, now: datetime) -> bool:
        """Whether an offered place can still be taken."""
        shift = self.shift
        if not self.is_offered or shift.state != Shift.State.SCHEDULED:
            return False
        return now < min(self.offer_ends_at, shift.starts_at)
