"""Posts inside a shift: so many people with a certain skill."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from volunteers.models.shift import Shift
from volunteers.models.skill import Skill


class ShiftPost(models.Model):
    """One post of a shift, with places of its own.

    A shift with posts is filled post by post: who signs up names one. `capacity` of
    the shift is then the sum over its posts, kept by the action that changes them;
    `taken` is kept with the shift's, under the shift's lock.
    """

    shift = models.ForeignKey(
        Shift,
        verbose_name=_("班次"),
        on_delete=models.PROTECT,
        related_name="posts",
    )
    title = models.CharField(_("岗位"), max_length=20)
    skill = models.ForeignKey(
        Skill,
        verbose_name=_("所需技能"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    capacity = models.PositiveIntegerField(_("名额"))
    taken = models.PositiveIntegerField(_("已报名"), default=0, editable=False)

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "title"],
                name="post_named_once_a_shift",
                violation_error_message=_("同一班次的岗位不能重名。"),
            ),
            models.CheckConstraint(
                condition=models.Q(taken__gte=0, taken__lte=models.F("capacity")),
                name="post_places_never_overfilled",
                violation_error_message=_("报名人数不能超过岗位名额。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def places_left(self) -> int:
        """Free places, never below zero."""
        return max(self.capacity - self.taken, 0)
