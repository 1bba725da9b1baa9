"""Stories of families and neighbours, told with the consent of those shown."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organization
from communities.permissions import Permission, memberships_of, scope_filter
from core.models import StatefulModel


def story_visibility(user, *, story: str = "", with_public: bool = True) -> models.Q:
    """The condition under which the user may open a story.

    Everyone: published ones. Officials: what their scope covers, drafts only where
    they write. `story` leads from the filtered model to its story, like "story__".
    """
    condition = models.Q(pk__in=[])
    if with_public:
        condition |= models.Q(**{f"{story}state": Story.State.PUBLISHED})
    if not user.is_authenticated or not memberships_of(user):
        return condition
    lookups = {"organization": f"{story}organization", "community": f"{story}community"}
    written = scope_filter(user, Permission.STORY_WRITE, **lookups)
    in_scope = scope_filter(user, Permission.STORY_VIEW, **lookups)
    is_there = models.Q(**{f"{story}pk__isnull": False})
    is_draft = models.Q(**{f"{story}state": Story.State.DRAFT})
    return condition | is_there & (written | in_scope & ~is_draft)


class StoryQuerySet(models.QuerySet):
    """Stories by who may see them."""

    def public(self) -> "StoryQuerySet":
        """Published ones."""
        return self.filter(state=Story.State.PUBLISHED)

    def visible_to(self, user) -> "StoryQuerySet":
        """What the user may open; see `story_visibility`."""
        return self.filter(story_visibility(user))


class Story(StatefulModel):
    """A true story of a family or of neighbours.

    Published only while every person shown has consented; the first consent taken
    back hides it at once.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("家庭故事")
        NEIGHBOR = "neighbor", _("邻里故事")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待审核")
        RETURNED = "returned", _("已退回")
        PUBLISHED = "published", _("已发布")
        HIDDEN = "hidden", _("已隐藏")
        WITHDRAWN = "withdrawn", _("已撤下")

    MOVES = {
        State.DRAFT: (State.SUBMITTED, State.WITHDRAWN),
        State.SUBMITTED: (State.PUBLISHED, State.RETURNED, State.WITHDRAWN),
        State.RETURNED: (State.SUBMITTED, State.WITHDRAWN),
        State.PUBLISHED: (State.HIDDEN, State.WITHDRAWN),
        State.HIDDEN: (State.SUBMITTED, State.WITHDRAWN),
    }
    EDITABLE_STATES = (State.DRAFT, State.RETURNED, State.HIDDEN)

    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=60)
    text = models.TextField(_("正文"), max_length=3000)
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="stories",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
    )
    people_shown = models.PositiveSmallIntegerField(_("出现的人数"), default=1)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("记录人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(
        _("提交时间"), null=True, blank=True, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    published_at = models.DateTimeField(
        _("发布时间"), null=True, blank=True, editable=False
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("故事")
        verbose_name_plural = _("故事")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(people_shown__gte=1, people_shown__lte=30),
                name="story_shows_people",
                violation_error_message=_("出现的人数须在 1 至 30 之间。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:story_detail", args=[self.pk])

    @property
    def audit_name(self) -> str:
        """What the audit log calls it: titles may name a family."""
        return self.get_kind_display()
