"""Leading posts, leaders and links, to look at; they change on their own pages."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ReadOnlyInline, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.models import LeaderLink, LeaderTerm
from communities.permissions import Permission
from communities.queries.leaders import leaders_visible_to, teams_visible_to


class PostTermInline(ReadOnlyInline):
    """Who held the post, and when."""

    model = LeaderTerm
    view_permission = Permission.LEADER_VIEW
    fields = ("leader", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("leader", "post")


class LeadingPostAdmin(ScopedAdmin):
    """The posts of each unit's leading team."""

    view_permission = Permission.LEADER_VIEW
    inlines = [PostTermInline]
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("title", "organization", "rank", "starts_on", "ends_on")
    list_filter = (("starts_on", DayRangeFilter),)
    list_select_related = ("organization",)
    search_fields = (
        "title",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
    )
    search_help_text = _("按职务、党组织（或拼音首字母）或单位查找")
    fields = ("organization", "title", "rank", "starts_on", "ends_on")

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(organization__in=teams_visible_to(user).values("pk"))


class LeaderTermInline(ReadOnlyInline):
    """The posts somebody holds and held."""

    model = LeaderTerm
    view_permission = Permission.LEADER_VIEW
    fields = ("post", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("leader", "post__organization")


class LeaderLinkInline(ReadOnlyInline):
    """The places somebody is and was linked to."""

    model = LeaderLink
    view_permission = Permission.LEADER_VIEW
    fields = ("slot", "community", "label", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("leader", "community")


class LeaderAdmin(ScopedAdmin):
    """Members of leading teams, with their posts and links."""

    view_permission = Permission.LEADER_VIEW
    inlines = [LeaderTermInline, LeaderLinkInline]
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("name", "organization")
    list_select_related = ("organization",)
    search_fields = (
        "name",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
    )
    search_help_text = _("按姓名、党组织（或拼音首字母）或单位查找")
    fields = ("name", "organization")

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=leaders_visible_to(user).values("pk"))


class LeaderLinkAdmin(ScopedAdmin):
    """Which leader is linked to which community or place, and when."""

    view_permission = Permission.LEADER_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("leader", "slot", "community", "label", "starts_on", "ends_on")
    list_filter = ("slot", "community__subdistrict", ("starts_on", DayRangeFilter))
    list_select_related = ("leader", "community")
    search_fields = ("leader__name", "community__name", "community__initials", "label")
    search_help_text = _("按姓名、社区名称（或拼音首字母）或挂钩点查找")
    fields = ("leader", "slot", "community", "label", "starts_on", "ends_on")

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(leader__in=leaders_visible_to(user).values("pk"))
