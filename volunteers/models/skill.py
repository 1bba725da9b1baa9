"""What people can do: first aid, dialect, driving …; a list the office keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Skill(models.Model):
    """One skill of the list; people name theirs, posts ask for one."""

    title = models.CharField(_("名称"), max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    is_active = models.BooleanField(_("使用中"), default=True)

    class Meta:
        verbose_name = _("技能")
        verbose_name_plural = _("技能")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title
