"""Stories and the convention in the admin site: to find and look at.

Consents and people's yeses are not here: they name persons, and a consent's secret
belongs to the person alone.
"""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Convention, Story
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
