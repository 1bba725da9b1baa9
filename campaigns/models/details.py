"""What some kinds of activities say beyond what all say."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.activity import Activity


class StudySession(models.Model):
    """A study session (学习): topic, host, and who agreed to be named.

    The roll is a number (`Activity.participant_count`) or the names of those who
    agree; never who did not come. Names are for the organisation itself, they appear
    in no report. A study session never gives hours (PRODUCT section 4).
    """

    activity = models.OneToOneField(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="study",
    )
    topic = models.CharField(_("学习主题"), max_length=100)
    host = models.CharField(_("主持人"), max_length=50)
    names = models.TextField(_("同意记名的参加者"), max_length=2000, blank=True)
    names_agreed_at = models.DateTimeField(
        _("记名确认时间"), null=True, blank=True, editable=False
    )
    names_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("记名确认人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("学习情况")
        verbose_name_plural = _("学习情况")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(names="") | models.Q(names_agreed_at__isnull=False),
                name="study_session_names_are_agreed",
                violation_error_message=_("记名前须确认本人同意。"),
            )
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def name_list(self) -> list[str]:
        """The names, one each; for those who record for the owners only."""
        return self.names.split("\n") if self.names else []


class Deed(models.Model):
    """A deed for residents (我为群众办实事): a promise, its date, what came of it."""

    activity = models.OneToOneField(
        Activity, verbose_name=_("活动"), on_delete=models.PROTECT, related_name="deed"
    )
    promise = models.CharField(_("承诺事项"), max_length=200)
    promised_for = models.DateField(_("承诺完成日期"))
    done_on = models.DateField(_("实际完成日期"), null=True, blank=True)
    result = models.TextField(_("办理结果"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("实事办理情况")
        verbose_name_plural = _("实事办理情况")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None) | ~models.Q(result=""),
                name="deed_done_has_result",
                violation_error_message=_("填写完成日期时须写明办理结果。"),
            )
        ]

    def __str__(self) -> str:
        return self.promise
