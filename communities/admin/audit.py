"""The audit log, to read."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.admin_base import Link, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.admin_verbs import ACTS, verb_label
from communities.forms.audit import FILTERED
from communities.permissions import Permission
from communities.queries.audit import (
    actor_of,
    target_of,
    told_data,
    with_masks,
)
from communities.queries.audit_reach import listed
from core.models import AuditEntry


class ActFilter(admin.SimpleListFilter):
    """What was done; every move of a state counts as one kind."""

    title = gettext_lazy("动作")
    parameter_name = "act"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("moved", _("状态变更")), *((act, ACTS[act]) for act in FILTERED)]

    def queryset(self, request: HttpRequest, rows: models.QuerySet) -> models.QuerySet:
        if self.value() == "moved":
            return rows.filter(data__has_key="after")
        if self.value() in FILTERED:
            return rows.filter(verb__endswith=f"_{self.value()}")
        return rows  # not any word: the log is no list of who did not come


class TargetFilter(admin.SimpleListFilter):
    """The register the record belongs to; the choices ask the database nothing."""

    title = gettext_lazy("对象类型")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        models_shown = [
            model
            for model in model_admin.admin_site._registry
            if model is not AuditEntry
        ]
        return [(row._meta.label, row._meta.verbose_name) for row in models_shown]

    def queryset(self, request: HttpRequest, rows: models.QuerySet) -> models.QuerySet:
        return rows.filter(target_type=self.value()) if self.value() else rows


class AuditEntryAdmin(ScopedAdmin):
    """Who did what to which record, and when. Nobody changes it.

    People who hold no office are masked as on the log's own page, and not found by
    those who read them masked.
    """

    view_permission = Permission.AUDIT_VIEW
    sortable_by = ()
    list_display = ("at", "what", "target", "actor", "why")
    list_display_links = ("at", "what")
    list_filter = (ActFilter, TargetFilter, ("at", DayRangeFilter))
    search_fields = ("actor_name", "target_name", "=request_id")
    search_help_text = gettext_lazy("按操作人、对象或请求编号查找")
    fields = (
        "at",
        "what",
        "actor",
        "actor_id",
        "target_type",
        "target_id",
        "target",
        "details",
        "request_id",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return listed(super().get_queryset(request))

    def links(self, request: HttpRequest) -> list[Link]:
        """The log's own page, which shows batches and what was there before."""
        if not self.has_view_permission(request):
            return []
        return [Link(str(_("审计记录查询")), reverse("communities:audit_list"))]

    def row_label(self, row: AuditEntry) -> str:
        return verb_label(row.verb)

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return with_masks(rows, by=user)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        rows, doubles = super().get_search_results(request, queryset, search_term)
        if search_term and not request.user.is_superuser:
            rows = rows.filter(hides_actor=False, hides_target=False)
        return rows, doubles

    @admin.display(description=gettext_lazy("操作人"))
    def actor(self, entry: AuditEntry) -> str:
        return actor_of(entry)

    @admin.display(description=gettext_lazy("对象"))
    def target(self, entry: AuditEntry) -> str:
        return target_of(entry)

    @admin.display(description=gettext_lazy("动作"))
    def what(self, entry: AuditEntry) -> str:
        return verb_label(entry.verb)

    @admin.display(description=gettext_lazy("理由"))
    def why(self, entry: AuditEntry) -> str:
        return entry.reason

    @admin.display(description=gettext_lazy("内容"))
    def details(self, entry: AuditEntry) -> SafeString:
        return format_html_join("", "{}：{}<br>", told_data(entry).items())
