"""Units' report-ins, to look at; they change on their own pages."""

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.admin_queues import waiting_longer_than
from communities.models import OrganizationReportIn
from communities.permissions import Permission
from communities.queries.report_in_rows import report_ins_visible_to


def _unanswered(rows: models.QuerySet, _user: User) -> models.QuerySet:
    """Submitted, and the community has not answered within its days."""
    before = waiting_longer_than(settings.REPORT_IN_WORKING_DAYS)
    if before is None:
        return rows.none()
    waiting = OrganizationReportIn.State.SUBMITTED
    return rows.filter(state=waiting, submitted_at__lt=before)


class OrganizationReportInAdmin(ScopedAdmin):
    """Which unit reported in to which community, and what came of it."""

    view_permission = Permission.REPORT_IN_VIEW
    queues = (
        Waiting(
            "late", _("逾期未签收的报到"), _unanswered, Permission.REPORT_IN_FOLLOW
        ),
    )
    list_display = ("number", "organization", "community", "year", "state")
    list_filter = (
        "state",
        "community__subdistrict",
        ("submitted_at", DayRangeFilter),
    )
    list_select_related = ("organization", "community")
    search_fields = (
        "number",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
        "community__name",
        "community__initials",
    )
    search_help_text = _("按编号、党组织、单位或社区名称（或拼音首字母）查找")
    fields = (
        "number",
        "organization",
        "community",
        "starts_on",
        "ends_on",
        "state",
        "state_changed_at",
        "member_count",
        "leader_name",
        "leader_title",
        "contact_name",
        "contact_phone",
        "offers",
        "remark",
        "submitted_at",
        "submitted_by",
        "answered_at",
        "answered_by",
        "return_reason",
    )
    masked_fields = ("contact_phone",)

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=report_ins_visible_to(user).values("pk"))

    @admin.display(description=_("报到期"), ordering="starts_on")
    def year(self, row: OrganizationReportIn) -> str:
        return str(row.starts_on.year)
