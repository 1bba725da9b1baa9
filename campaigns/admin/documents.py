"""Papers of campaigns and photos of activities, to find and look at."""

from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import CampaignDocument, Evidence
from campaigns.queries.documents import documents_visible_to
from communities.admin_base import ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


@admin.register(CampaignDocument)
class CampaignDocumentAdmin(ScopedAdmin):
    """Letters, plans and lists of a campaign; they change on its own pages."""

    view_permission = Permission.ACTIVITY_VIEW
    ordering = ("-pk",)
    sortable_by = ("issued_on",)
    list_display = ("title", "campaign", "kind", "issued_on", "state")
    list_filter = ("state", "kind", "campaign", ("issued_on", DayRangeFilter))
    list_select_related = ("campaign",)
    search_fields = ("title",)
    search_help_text = _("按文件名称查找")
    fields = (
        "title",
        "campaign",
        "kind",
        "issued_on",
        "text",
        "file_name",
        "state",
        "state_changed_at",
        "position",
        "created_at",
        "created_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=documents_visible_to(user).order_by().values("pk"))


@admin.register(Evidence)
class EvidenceAdmin(ScopedAdmin):
    """What proves activities, behind the view that checks rights.

    Not what proves honours and stories: those tell of families.
    """

    view_permission = Permission.ACTIVITY_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("purpose", "activity", "taken_on", "place", "open_link", "added_at")
    list_filter = (("taken_on", DayRangeFilter), ("added_at", DayRangeFilter))
    list_select_related = ("activity", "file")
    search_fields = ("purpose", "place", "activity__title")
    search_help_text = _("按事由、地点或活动名称查找")
    fields = (
        "activity",
        "open_link",
        "taken_on",
        "place",
        "people",
        "purpose",
        "explanation",
        "added_at",
        "added_by",
    )
    readonly_fields = ("open_link",)

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        visible = Evidence.objects.visible_to(user).order_by()
        return rows.filter(activity__isnull=False, pk__in=visible.values("pk"))

    @admin.display(description=_("文件"))
    def open_link(self, evidence: Evidence) -> SafeString:
        return format_html('<a href="{}">{}</a>', evidence.url, _("查看"))
