"""Files that prove something: kept once, linked to whatever they prove."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models.activity import Activity, partner_activities, visibility
from campaigns.models.honor import Honor, honor_visibility
from campaigns.models.story import Story, story_visibility
from communities.permissions import Permission, scope_filter
from core.dates import day_text


class EvidenceFile(models.Model):
    """One checked file, kept privately under a random name below MEDIA_ROOT.

    A photo is decoded and written anew by the portal, a PDF stays as it is. The same
    bytes given twice are linked again, not kept again; `source_sha256` is the hash of
    what was uploaded. Lists show the picture at `small_path`, 480 pixels a side.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("照片")
        DOCUMENT = "document", _("文件")

    kind = models.CharField(
        _("类型"), max_length=10, choices=Kind.choices, default=Kind.PHOTO
    )
    path = models.CharField(_("文件"), max_length=200, unique=True, editable=False)
    small_path = models.CharField(_("小图"), max_length=200, blank=True, editable=False)
    name = models.CharField(_("文件名"), max_length=200, blank=True, editable=False)
    width = models.PositiveIntegerField(_("宽"), null=True, editable=False)
    height = models.PositiveIntegerField(_("高"), null=True, editable=False)
    size = models.PositiveIntegerField(_("字节数"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    source_sha256 = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("佐证文件")
        verbose_name_plural = _("佐证文件")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class EvidenceQuerySet(models.QuerySet):
    """Evidence by who may see it and by what it is."""

    def photos(self) -> "EvidenceQuerySet":
        """Photos, with their files."""
        return self.filter(file__kind=EvidenceFile.Kind.PHOTO).select_related("file")

    def documents(self) -> "EvidenceQuerySet":
        """Documents, with their files."""
        kind = EvidenceFile.Kind.DOCUMENT
        return self.filter(file__kind=kind).select_related("file")

    def visible_to(self, user) -> "EvidenceQuerySet":
        """Evidence of what the user may open.

        Photos of an activity nobody at the office has looked at yet (it is open for
        sign-up, or just over) only to those who work with the activity: they may
        show people who did not agree to it. Documents are never for everyone.
        """
        is_photo = models.Q(file__kind=EvidenceFile.Kind.PHOTO)
        public = visibility(user, activity="activity__") & models.Q(
            activity__state=Activity.State.APPROVED
        ) | models.Q(story__state=Story.State.PUBLISHED)
        of_story = story_visibility(user, story="story__", with_public=False)
        of_honor = honor_visibility(user, honor="honor__", with_public=False)
        condition = (public & is_photo) | of_story | of_honor
        if not user.is_authenticated:
            return self.filter(condition)
        own = scope_filter(
            user, Permission.ACTIVITY_RECORD, organization="activity__organization"
        )
        joint = models.Q(
            activity__in=partner_activities(user, ["invited", "confirmed"])
        )
        in_scope = scope_filter(
            user,
            Permission.ACTIVITY_VIEW,
            organization="activity__organization",
            community="activity__community",
        )
        led = models.Q(activity__in=user.led_activities.order_by().values("pk"))
        works_with = visibility(user, activity="activity__") & (
            own | joint | in_scope | led
        )
        return self.filter(condition | works_with)


class Evidence(models.Model):
    """What a file proves: one activity, honour or story, with the words for it.

    A photo's caption says when, where, who and what for; the explanation has up to
    500 characters (PRODUCT section 4). A document only says what it is (`purpose`).
    """

    file = models.ForeignKey(
        EvidenceFile,
        verbose_name=_("文件"),
        on_delete=models.PROTECT,
        related_name="links",
    )
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    honor = models.ForeignKey(
        Honor,
        verbose_name=_("荣誉"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    story = models.ForeignKey(
        Story,
        verbose_name=_("故事"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    taken_on = models.DateField(_("拍摄日期"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    people = models.CharField(_("人物"), max_length=100, blank=True)
    purpose = models.CharField(_("事由"), max_length=200, blank=True)
    explanation = models.TextField(_("补充说明"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("添加时间"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("添加人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("佐证")
        verbose_name_plural = _("佐证")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    activity__isnull=False, honor__isnull=True, story__isnull=True
                )
                | models.Q(
                    activity__isnull=True, honor__isnull=False, story__isnull=True
                )
                | models.Q(
                    activity__isnull=True, honor__isnull=True, story__isnull=False
                ),
                name="evidence_proves_one_thing",
            ),
            models.UniqueConstraint(
                fields=["file", "activity"], name="evidence_once_an_activity"
            ),
            models.UniqueConstraint(
                fields=["file", "honor"], name="evidence_once_an_honor"
            ),
            models.UniqueConstraint(
                fields=["file", "story"], name="evidence_once_a_story"
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def url(self) -> str:
        """Where a person with the right sees it."""
        is_photo = self.file.kind == EvidenceFile.Kind.PHOTO
        name = "photo" if is_photo else "evidence_file"
        return reverse(f"campaigns:{name}", args=[self.pk])

    @property
    def small_url(self) -> str:
        """Where lists find the photo in small."""
        return reverse("campaigns:photo_small", args=[self.pk])

    @property
    def caption(self) -> str:
        """When, where, who, what for, as one line."""
        day = day_text(self.taken_on) if self.taken_on else ""
        parts = (day, self.place, self.people, self.purpose)
        return "，".join(part for part in parts if part)

    @property
    def missing_words(self) -> list[str]:
        """The labels of what the caption does not say yet."""
        names = ("purpose",)
        if self.file.kind == EvidenceFile.Kind.PHOTO:
            names = ("taken_on", "place", "people", "purpose")
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in names
            if not getattr(self, name)
        ]
