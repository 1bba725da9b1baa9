"""The audit log, to read."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.admin_base import ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.admin_verbs import ACTS, verb_label
from communities.forms.audit import FILTERED
from communities.permissions import Permission
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
    """Who did what to which record, and when. Nobody changes it."""

    view_permission = Permission.AUDIT_VIEW
    sortable_by = ()
    list_display = ("at", "what", "target_name", "actor_name", "why")
    list_display_links = ("at", "what")
    list_filter = (ActFilter, TargetFilter, ("at", DayRangeFilter))
    search_fields = ("actor_name", "target_name", "=request_id")
    search_help_text = gettext_lazy("按操作人、对象或请求编号查找")
    fields = (
        "at",
        "what",
        "verb",
        "actor_name",
        "actor_id",
        "target_type",
        "target_id",
        "target_name",
        "details",
        "request_id",
    )
    readonly_fields = fields

    @admin.display(description=gettext_lazy("动作"))
    def what(self, entry: AuditEntry) -> str:
        return verb_label(entry.verb)

    @admin.display(description=gettext_lazy("理由"))
    def why(self, entry: AuditEntry) -> str:
        return entry.reason

    @admin.display(description=gettext_lazy("内容"))
    def details(self, entry: AuditEntry) -> SafeString:
        return format_html_join("", "{}：{}<br>", entry.data.items())
