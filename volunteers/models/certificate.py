"""A certificate of service, checked by its number."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import StatefulModel
from volunteers.models.service_record import ServiceRecord
from volunteers.models.volunteer import Volunteer

MOST_STARS = 3


class CertificateQuerySet(models.QuerySet):
    """Certificates by reader."""

    def visible_to(self, user) -> "CertificateQuerySet":
        """One's own; anybody checks one by its number, masked."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(volunteer__user_id=user.pk)


class Certificate(StatefulModel):
    """What the portal certified on a day, from confirmed records only.

    All that stands on the paper is kept as it was that day: `holder_name`, `lines`
    (a list of dicts with `day`, `content`, `organization`, `minutes`), `minutes` as
    their sum. `number` cannot be guessed. A later one for the same period supersedes
    it; a correction or voiding of one of its records revokes it.
    Source: PRODUCT section 4 (民政部令第67号 art. 14-15).
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("有效")
        SUPERSEDED = "superseded", _("已被新证明替代")
        REVOKED = "revoked", _("已撤销")

    MOVES = {State.ISSUED: (State.SUPERSEDED, State.REVOKED)}

    volunteer = models.ForeignKey(
        Volunteer,
        verbose_name=_("志愿者"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    number = models.CharField(_("编号"), max_length=30, unique=True)
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期"))
    holder_name = models.CharField(_("姓名"), max_length=50)
    issuer = models.CharField(_("出具单位"), max_length=60)
    lines = models.JSONField(_("明细"), default=list)
    minutes = models.PositiveIntegerField(_("分钟"))
    records = models.ManyToManyField(
        ServiceRecord, verbose_name=_("服务时长"), related_name="certificates"
    )
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("替代"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ISSUED
    )
    issued_at = models.DateTimeField(_("出具时间"))
    reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("志愿服务证明")
        verbose_name_plural = _("志愿服务证明")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "from_on", "until_on"],
                name="certificate_one_valid_a_period",
                condition=models.Q(state="issued"),
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="certificate_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("volunteers:certificate_verify", args=[self.number])

    @property
    def badge(self) -> str:
        """The look of its state: valid, over, or taken back."""
        looks = {self.State.ISSUED: "active", self.State.SUPERSEDED: "ended"}
        return looks.get(self.state, "voided")

    @property
    def masked_holder(self) -> str:
        """The holder as strangers see them: 张**; of one letter nothing is left."""
        return self.holder_name[: len(self.holder_name) > 1] + "*" * min(
            max(len(self.holder_name) - 1, 1), MOST_STARS
        )

    @property
    def organizations(self) -> list[str]:
        """Who recorded the hours, each once, the first to record first."""
        return list(dict.fromkeys(line["organization"] for line in self.lines))
