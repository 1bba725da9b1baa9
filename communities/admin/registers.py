"""Registers: organisations, streets, communities, pairings."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.actions import save_organization
from communities.actions.divisions import save_community
from communities.admin.sheets import SheetRegister
from communities.admin.versions import CommunityVersionInline, OrganizationVersionInline
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.models import Community, Organization, Pairing, PairingNotice
from communities.permissions import Permission
from communities.queries.missing_report_ins import missing_report_ins

KEPT_IN_HISTORY = ("name", "kind", "unit_name", "parent", "starts_on")
NAME_SEARCH = ("name", "pinyin", "initials")


class OrganizationAdmin(SheetRegister):
    """The tree of party organisations; the working committee keeps it.

    An edit here corrects what was wrong all the time; what changed on a day goes
    through the pages of changes.
    """

    sheet = "organizations"
    report = "organizations"
    view_permission = Permission.ADMIN_ENTER
    change_permission = Permission.REGISTER_MANAGE
    can_add = True
    inlines = [OrganizationVersionInline]
    list_display = ("name", "kind", "unit_name", "parent", "member_count", "state")
    list_filter = ("kind", "state", ("starts_on", DayRangeFilter))
    list_select_related = ("parent",)
    search_fields = (*NAME_SEARCH, "unit_name", "code")
    search_help_text = _("按名称、拼音首字母、所在单位或编码查找")
    autocomplete_fields = ("parent",)
    fields = (
        "code",
        "name",
        "kind",
        "unit_name",
        "parent",
        "starts_on",
        "ends_on",
        "member_count",
        "contact_name",
        "contact_phone",
        "state",
        "state_changed_at",
        "successor",
    )
    readonly_fields = ("code", "ends_on", "state", "state_changed_at", "successor")
    masked_fields = ("contact_phone",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organization | None = None
    ) -> tuple:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *KEPT_IN_HISTORY) if obj and obj.is_over else fields

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Names come with what the page showed, to tell what was typed from it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in KEPT_IN_HISTORY:
            field.show_hidden_initial = True
        return field

    def save_model(
        self, request: HttpRequest, obj: Organization, form: forms.Form, change: bool
    ) -> None:
        if change:
            _keep_what_was_not_typed(obj, form)
        save_organization(organization=obj, by=request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        may_change = self.allows(request, Permission.REGISTER_MANAGE)
        context = {"may_change": may_change, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)


def _keep_what_was_not_typed(organization: Organization, form: forms.Form) -> None:
    """A page opened before a dated change must not take the old name back."""
    held = Organization.objects.get(pk=organization.pk)
    for name in KEPT_IN_HISTORY:
        if name in form.fields and name not in form.changed_data:
            setattr(organization, name, getattr(held, name))


class SubdistrictAdmin(SheetRegister):
    """Streets, towns and farms, by their official code."""

    sheet = "divisions"
    report = "divisions"
    view_permission = Permission.ADMIN_ENTER
    change_permission = Permission.REGISTER_MANAGE
    can_add = True
    list_display = ("name", "code")
    search_fields = (*NAME_SEARCH, "code")
    search_help_text = _("按名称、拼音首字母或区划代码查找")
    fields = ("code", "name")
    fixed_fields = ("code",)


class CommunityAdmin(SheetRegister):
    """Communities and villages, by their official code."""

    sheet = "divisions"
    report = "divisions"
    view_permission = Permission.ADMIN_ENTER
    change_permission = Permission.REGISTER_MANAGE
    can_add = True
    inlines = [CommunityVersionInline]
    list_display = ("name", "kind", "subdistrict", "official_name", "code", "standing")
    list_filter = ("kind", "subdistrict")
    list_select_related = ("subdistrict", "successor")
    search_fields = (*NAME_SEARCH, "official_name", "code")
    search_help_text = _("按名称、拼音首字母或区划代码查找")
    autocomplete_fields = ("subdistrict",)
    fields = (
        "code",
        "name",
        "official_name",
        "kind",
        "subdistrict",
        "ends_on",
        "successor",
    )
    readonly_fields = ("ends_on", "successor")
    fixed_fields = ("code",)

    def row_label(self, row: Community) -> str:
        place = f"{row.name}（{row.subdistrict}）"
        return f"{place} {row.end_label}".strip()

    @admin.display(description=_("现状"))
    def standing(self, row: Community) -> str:
        return row.end_label or _("正常")

    def save_model(
        self, request: HttpRequest, obj: Community, form: forms.Form, change: bool
    ) -> None:
        """A correction; what changed on a day goes through the pages of changes."""
        changed = [name for name in form.changed_data if name in form.cleaned_data]
        if changed or not change:
            save_community(community=obj, fields=changed, by=request.user)


def _without_report_in(rows: models.QuerySet, _user: User) -> models.QuerySet:
    missing = missing_report_ins(timezone.localdate()).order_by()
    return rows.filter(pk__in=missing.values("pk"))


class PairingAdmin(SheetRegister):
    """Who is paired with whom; changes come with a notice, through its own page."""

    report = "pairings"
    import_permission = Permission.PAIRING_PUBLISH
    view_permission = Permission.PAIRING_VIEW
    queues = (
        Waiting(
            "missing",
            _("尚未报到的结对"),
            _without_report_in,
            Permission.REPORT_IN_FOLLOW,
        ),
    )
    list_display = ("organization", "community", "lead", "dates", "state_now", "notice")
    list_filter = (
        "is_lead",
        "community__subdistrict",
        ("starts_on", DayRangeFilter),
    )
    list_select_related = ("organization", "community", "notice")
    readonly_fields = ("state_now", "ended_by", "continues")
    search_fields = (
        "organization__name",
        "organization__initials",
        "organization__unit_name",
        "community__name",
        "community__initials",
        "notice__number",
    )
    search_help_text = _("按党组织、单位、社区名称（或拼音首字母）或文号查找")
    fields = (
        "organization",
        "community",
        "is_lead",
        "starts_on",
        "ends_on",
        "state_now",
        "notice",
        "ended_by",
        "continues",
        "leader_name",
        "leader_title",
        "contact_name",
        "contact_phone",
        "remark",
    )
    masked_fields = ("contact_phone",)

    @admin.display(description=_("牵头"))
    def lead(self, pairing: Pairing) -> str:
        return _("牵头") if pairing.is_lead else ""

    @admin.display(description=_("起止日期"))
    def dates(self, pairing: Pairing) -> str:
        return f"{pairing.starts_on} — {pairing.ends_on or ''}".strip()

    @admin.display(description=_("状态"))
    def state_now(self, pairing: Pairing) -> str:
        return pairing.get_state_display()


class PairingNoticeAdmin(ScopedAdmin):
    """The notices behind the pairings; the page on the site takes one back."""

    view_permission = Permission.PAIRING_VIEW
    list_display = (
        "number",
        "kind",
        "starts_on",
        "state_now",
        "published_at",
        "published_by",
    )
    list_filter = ("kind", ("starts_on", DayRangeFilter))
    list_select_related = ("published_by",)
    search_fields = ("number",)
    search_help_text = _("按文号查找")
    fields = (
        "number",
        "kind",
        "starts_on",
        "state_now",
        "published_at",
        "published_by",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawal_reason",
    )
    readonly_fields = ("state_now", "withdrawn_at", "withdrawn_by", "withdrawal_reason")

    @admin.display(description=_("状态"))
    def state_now(self, notice: PairingNotice) -> str:
        return notice.get_state_display()
