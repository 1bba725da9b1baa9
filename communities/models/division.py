"""Streets, towns and their communities and villages."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.text import pinyin_of

# A hundred characters may be six letters each; what is searched for comes early.
PINYIN_LENGTH, INITIALS_LENGTH = 400, 100


class NamedQuerySet(models.QuerySet):
    """Rows found by name, pinyin or initials."""

    def search(self, text: str) -> "NamedQuerySet":
        """Rows whose name, pinyin or initials contain `text`."""
        text = text.strip()
        return self.filter(
            models.Q(name__icontains=text)
            | models.Q(pinyin__contains=text.lower())
            | models.Q(initials__contains=text.lower())
        )


class DivisionQuerySet(NamedQuerySet):
    """Streets and communities; everyone may see them."""

    def visible_to(self, user) -> "DivisionQuerySet":
        """All rows: the list of communities is public."""
        return self.all()


class Named(models.Model):
    """A register row with a name, searchable by pinyin.

    `pinyin` and `initials` are derived from the name at save time, because
    two-character Chinese words cannot be found by trigram or full-text indexes.
    """

    audit_shown = frozenset({"name"})  # units and places, never persons

    name = models.CharField(_("名称"), max_length=100)
    pinyin = models.CharField(
        _("拼音"), max_length=PINYIN_LENGTH, blank=True, editable=False
    )
    initials = models.CharField(
        _("拼音首字母"),
        max_length=INITIALS_LENGTH,
        blank=True,
        editable=False,
        db_index=True,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        pinyin, initials = pinyin_of(self.name)
        self.pinyin, self.initials = pinyin[:PINYIN_LENGTH], initials[:INITIALS_LENGTH]
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "pinyin", "initials"}
        super().save(*args, **kwargs)


class Subdistrict(Named):
    """A street, town or farm, by the code of the National Bureau of Statistics."""

    code = models.CharField(_("区划代码"), max_length=12, unique=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("街道（镇）")
        verbose_name_plural = _("街道（镇）")
        ordering = ["code"]


class CommunityQuerySet(DivisionQuerySet):
    """Communities by the days on which they exist."""

    def standing(self, day: date | None = None) -> "CommunityQuerySet":
        """Communities that have not ended before `day` (today)."""
        day = day or timezone.localdate()
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))


class Community(Named):
    """A community or village, by the code of the National Bureau of Statistics.

    `name` is the short name people use ("湖内社区", "松州村"), `official_name` the
    register's ("湖内社区居委会"). The row holds what is true today; what was true
    earlier stands in its versions. One that was merged into another keeps its row,
    with its last day and its successor.
    """

    class Kind(models.TextChoices):
        RESIDENTS = "residents", _("社区")
        VILLAGE = "village", _("村")
        VIRTUAL = "virtual", _("虚拟社区")

    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    official_name = models.CharField(_("登记名称"), max_length=100)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    subdistrict = models.ForeignKey(
        Subdistrict,
        verbose_name=_("街道（镇）"),
        on_delete=models.PROTECT,
        related_name="communities",
    )
    ends_on = models.DateField(_("终止日期"), null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("合并后的社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="predecessors",
    )

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("社区（村）")
        verbose_name_plural = _("社区（村）")
        ordering = ["code"]

    def get_absolute_url(self) -> str:
        return reverse("communities:community_detail", args=[self.pk])

    def has_ended(self, day: date | None = None) -> bool:
        """Whether its last day lies before `day` (today)."""
        return self.ends_on is not None and self.ends_on < (day or timezone.localdate())

    @property
    def end_label(self) -> str:
        """What became of it, or "" while it stands: 已由湖内社区承接."""
        if not self.has_ended():
            return ""
        if self.successor is None:
            return gettext("已撤销")
        return gettext("已由%(name)s承接") % {"name": self.successor.name}
