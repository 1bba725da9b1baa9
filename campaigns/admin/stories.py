"""Stories and the convention in the admin site: to find and look at.

Of consents only that they were given and taken back: who gave one, whether for a
child, and its secret are not here, nor are people's pledges.
"""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Consent, Convention, Story
from campaigns.queries.stories import stories_listed_for
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


@admin.register(Story)
class StoryAdmin(ScopedAdmin):
    """Stories and where they stand."""

    view_permission = Permission.STORY_VIEW
    sortable_by = ("published_at",)
    queues = (
        Waiting(
            "publish",
            _("待审核故事"),
            lambda rows, _user: rows.filter(state=Story.State.SUBMITTED),
            Permission.STORY_PUBLISH,
        ),
    )
    list_display = (
        "title",
        "kind",
        "organization",
        "community",
        "state",
        "published_at",
    )
    list_filter = ("state", "kind", ("published_at", DayRangeFilter))
    list_select_related = ("organization", "community")
    search_fields = (
        "title",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
        "community__name",
        "community__initials",
    )
    search_help_text = _("按标题、党组织、单位或社区名称（或拼音首字母）查找")
    fields = (
        "kind",
        "title",
        "text",
        "community",
        "organization",
        "people_shown",
        "state",
        "state_changed_at",
        "created_at",
        "created_by",
        "submitted_at",
        "submitted_by",
        "published_at",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=stories_listed_for(user).order_by().values("pk"))


@admin.register(Convention)
class ConventionAdmin(ScopedAdmin):
    """The versions of the civic convention."""

    view_permission = Permission.STORY_VIEW
    sortable_by = ("number",)
    list_display = ("number", "title", "state", "published_at")
    list_filter = ("state", ("published_at", DayRangeFilter))
    search_fields = ("title",)
    search_help_text = _("按标题查找")
    fields = (
        "number",
        "title",
        "text",
        "state",
        "state_changed_at",
        "published_at",
        "created_by",
    )

    def view_on_site(self, obj: Convention) -> str | None:
        """A draft has no page of its own in public."""
        is_draft = obj.state == Convention.State.DRAFT
        return None if is_draft else obj.get_absolute_url()


@admin.register(Consent)
class ConsentAdmin(ScopedAdmin):
    """That people shown in a story agreed, when, and whether they took it back."""

    view_permission = Permission.STORY_PUBLISH
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("label", "story", "method", "given_on", "withdrawn_at")
    list_filter = (
        "method",
        ("given_on", DayRangeFilter),
        ("withdrawn_at", DayRangeFilter),
    )
    list_select_related = ("story",)
    search_fields = ("story__title",)
    search_help_text = _("按故事标题查找")
    fields = (
        "story",
        "method",
        "text_version",
        "given_on",
        "recorded_at",
        "recorded_by",
        "withdrawn_at",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """Those of stories; families of honours are nobody's list."""
        stories = stories_listed_for(user).order_by()
        return rows.filter(story__in=stories.values("pk"))

    def row_label(self, row: Consent) -> str:
        return _("第 %(number)d 号") % {"number": row.pk}

    @admin.display(description=_("登记号"))
    def label(self, row: Consent) -> str:
        return self.row_label(row)
