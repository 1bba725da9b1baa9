"""Families and branches that come together."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Organization
from volunteers.models.shift import Shift
from volunteers.models.volunteer import Volunteer


def new_token() -> str:
    """A secret for a link handed on by a person."""
    return secrets.token_urlsafe(24)


class SignupGroupQuerySet(models.QuerySet):
    """Groups by reader."""

    def visible_to(self, user) -> "SignupGroupQuerySet":
        """Whoever sees the shift and has the link; nobody who is not signed in."""
        if not user.is_authenticated:
            return self.none()
        shifts = Shift.objects.visible_to(user).order_by()
        return self.filter(shift__in=shifts.values("pk"))


class CompanionQuerySet(models.QuerySet):
    """Companions by reader and by what is known of them."""

    def visible_to(self, user) -> "CompanionQuerySet":
        """The contact alone sees who comes with them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(group__contact__user_id=user.pk)

    def held(self) -> "CompanionQuerySet":
        """For whom the contact's sign-up holds a place."""
        return self.filter(signup=None, left_at=None)

    def unnamed(self) -> "CompanionQuerySet":
        """Places held for nobody in particular yet."""
        return self.held().filter(name="")


class SignupGroup(models.Model):
    """People who signed up together through one contact.

    The contact's sign-up holds a place for itself and for each companion
    (`Signup.heads`). Whoever opens the link with `token` and signs in names
    themselves: they take over a companion's place with a sign-up of their own.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("家庭")
        BRANCH = "branch", _("党支部")

    shift = models.ForeignKey(
        Shift, verbose_name=_("班次"), on_delete=models.PROTECT, related_name="groups"
    )
    contact = models.ForeignKey(
        Volunteer,
        verbose_name=_("联系人"),
        on_delete=models.PROTECT,
        related_name="led_groups",
    )
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    token = models.CharField(
        max_length=40, unique=True, default=new_token, editable=False
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects = SignupGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("团体报名")
        verbose_name_plural = _("团体报名")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.shift}"

    def get_absolute_url(self) -> str:
        return reverse("volunteers:group_detail", args=[self.token])

    @property
    def audit_name(self) -> str:
        """No person is named in the audit log."""
        return str(self.shift)


class Companion(models.Model):
    """One further place of a group: named with the person's consent, or still open.

    A companion is counted as a head on the day and gets no hours: hours belong to
    people with an account, who sign up themselves.
    """

    class AgeBand(models.TextChoices):
        CHILD = "0-13", _("14周岁以下")
        MINOR = "14-17", _("14—17周岁")
        ADULT = "18+", _("18周岁及以上")

    group = models.ForeignKey(
        SignupGroup,
        verbose_name=_("团体报名"),
        on_delete=models.PROTECT,
        related_name="companions",
    )
    name = models.CharField(_("称呼"), max_length=20, blank=True)
    age_band = models.CharField(
        _("年龄段"), max_length=5, choices=AgeBand.choices, blank=True
    )
    consented_at = models.DateTimeField(_("本人或监护人同意时间"), null=True)
    signup = models.OneToOneField(
        "volunteers.Signup",
        verbose_name=_("本人报名"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="companion",
    )
    left_at = models.DateTimeField(_("退出时间"), null=True, blank=True)

    objects = CompanionQuerySet.as_manager()

    class Meta:
        verbose_name = _("同行人")
        verbose_name_plural = _("同行人")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name="") | models.Q(consented_at__isnull=False),
                name="companion_named_by_consent",
            )
        ]

    def __str__(self) -> str:
        return self.name or str(_("待本人确认"))

    @property
    def holds_place(self) -> bool:
        """Whether the contact's sign-up still holds a place for them."""
        return self.signup_id is None and self.left_at is None

    @property
    def is_unnamed(self) -> bool:
        """Whether the place is held for nobody in particular yet."""
        return self.holds_place and not self.name

    @property
    def audit_name(self) -> str:
        """No person is named in the audit log."""
        return self.group.audit_name
