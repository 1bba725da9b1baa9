"""Report-ins of units and members, to look at; they change on their own pages."""

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.admin_queues import waiting_longer_than
from communities.models import MemberReportIn, OrganizationReportIn
from communities.permissions import Permission, scope_filter
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


class MemberReportInAdmin(ScopedAdmin):
    """Members' report-ins as figures: which unit's to which community, never who.

    The person is known to the own community only. Source: PRODUCT section 4.
    """

    view_permission = Permission.REPORT_IN_VIEW
    view_on_site = False
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("where", "organization", "community", "state", "starts_on")
    list_filter = (
        "state",
        "community__subdistrict",
        ("starts_on", DayRangeFilter),
        ("submitted_at", DayRangeFilter),
    )
    list_select_related = ("organization", "community")
    search_fields = (
        "organization__name",
        "organization__initials",
        "organization__unit_name",
        "community__name",
        "community__initials",
    )
    search_help_text = _("按党组织、单位或社区名称（或拼音首字母）查找")
    fields = (
        "organization",
        "community",
        "state",
        "state_changed_at",
        "starts_on",
        "ends_on",
        "submitted_at",
        "answered_at",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """In scope; one withdrawn before it was signed never came to anybody."""
        return rows.filter(
            scope_filter(
                user,
                Permission.REPORT_IN_VIEW,
                organization="organization",
                community="community",
            )
        ).exclude(state=MemberReportIn.State.ENDED, starts_on=None)

    def row_label(self, row: MemberReportIn) -> str:
        return _("第 %(number)d 号") % {"number": row.pk}

    @admin.display(description=_("登记号"))
    def where(self, row: MemberReportIn) -> str:
        return self.row_label(row)


class ReportInReminderAdmin(ScopedAdmin):
    """Which units were reminded to report in, and whether their superior heard."""

    view_permission = Permission.REPORT_IN_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = (
        "organization",
        "community",
        "period_starts_on",
        "level",
        "sent_at",
        "sent_by",
    )
    list_filter = ("level", ("sent_at", DayRangeFilter))
    list_select_related = ("organization", "community", "sent_by")
    search_fields = (
        "organization__name",
        "organization__initials",
        "organization__unit_name",
        "community__name",
        "community__initials",
    )
    search_help_text = _("按党组织、单位或社区名称（或拼音首字母）查找")
    fields = (
        "organization",
        "community",
        "period_starts_on",
        "level",
        "sent_at",
        "sent_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(
            scope_filter(
                user,
                Permission.REPORT_IN_VIEW,
                organization="organization",
                community="community",
            )
        )
