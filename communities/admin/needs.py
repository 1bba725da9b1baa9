"""Needs, resources, projects and posts, to look at; they change on their own pages."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ReadOnlyInline, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.models import NeedClaim
from communities.permissions import Permission
from communities.queries.needs import needs_visible_to
from communities.queries.posts import posts_visible_to
from communities.queries.resources import projects_visible_to, resources_visible_to

COMMUNITY_SEARCH = ("title", "community__name", "community__initials")


class NeedClaimInline(ReadOnlyInline):
    """Which units claimed how much of it."""

    model = NeedClaim
    view_permission = Permission.NEED_VIEW
    fields = ("organization", "quantity", "state", "claimed_at")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("organization", "need")


class NeedAdmin(ScopedAdmin):
    """What communities need, and how much of it is claimed."""

    view_permission = Permission.NEED_VIEW
    inlines = [NeedClaimInline]
    sortable_by = ("published_at",)
    list_display = (
        "title",
        "community",
        "category",
        "quantity",
        "claimed",
        "state",
        "published_at",
    )
    list_filter = (
        "state",
        "category",
        "community__subdistrict",
        ("published_at", DayRangeFilter),
    )
    list_select_related = ("community",)
    search_fields = COMMUNITY_SEARCH
    search_help_text = _("按需求或社区名称（或拼音首字母）查找")
    fields = (
        "title",
        "community",
        "category",
        "text",
        "quantity",
        "measure",
        "claimed",
        "wanted_by",
        "state",
        "state_changed_at",
        "published_at",
        "created_at",
        "created_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=needs_visible_to(user).order_by().values("pk"))


class ResourceAdmin(ScopedAdmin):
    """What units offer, and from when to when."""

    view_permission = Permission.NEED_VIEW
    sortable_by = ()
    list_display = ("title", "organization", "category", "starts_on", "ends_on")
    list_filter = ("category", ("starts_on", DayRangeFilter))
    list_select_related = ("organization",)
    search_fields = (
        "title",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
    )
    search_help_text = _("按资源、党组织（或拼音首字母）或单位查找")
    fields = (
        "title",
        "organization",
        "category",
        "text",
        "starts_on",
        "ends_on",
        "created_at",
        "created_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=resources_visible_to(user).order_by().values("pk"))


class ServiceProjectAdmin(ScopedAdmin):
    """Where a need and a resource came together."""

    view_permission = Permission.NEED_VIEW
    sortable_by = ()
    list_display = ("title", "unit", "community", "state", "created_at")
    list_filter = ("state", ("created_at", DayRangeFilter))
    list_select_related = ("need__community", "resource__organization")
    search_fields = (
        "title",
        "need__community__name",
        "need__community__initials",
        "resource__organization__name",
        "resource__organization__initials",
    )
    search_help_text = _("按项目、党组织或社区名称（或拼音首字母）查找")
    fields = (
        "title",
        "need",
        "resource",
        "plan",
        "result",
        "state",
        "state_changed_at",
        "created_at",
        "created_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=projects_visible_to(user).order_by().values("pk"))

    def unit(self, project: models.Model) -> str:
        return str(project.resource.organization)

    unit.short_description = _("党组织")

    def community(self, project: models.Model) -> str:
        return str(project.need.community)

    community.short_description = _("社区")


class ServicePostAdmin(ScopedAdmin):
    """Posts of service communities offer; who holds one, only they know."""

    view_permission = Permission.NEED_VIEW
    sortable_by = ("published_at",)
    list_display = ("title", "community", "places", "taken", "state", "published_at")
    list_filter = ("state", "community__subdistrict", ("published_at", DayRangeFilter))
    list_select_related = ("community",)
    search_fields = COMMUNITY_SEARCH
    search_help_text = _("按岗位或社区名称（或拼音首字母）查找")
    fields = (
        "title",
        "community",
        "duties",
        "times",
        "places",
        "taken",
        "state",
        "state_changed_at",
        "published_at",
        "created_at",
        "created_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=posts_visible_to(user).order_by().values("pk"))
