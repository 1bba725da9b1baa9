"""Roles: granted below one's own and ended, in a screen of their own."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.actions import GrantRefused, end_membership, grant_membership
from communities.admin_actions import row_action
from communities.admin_base import RefusableForm, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.models import Membership
from communities.permissions import GRANTABLE, Permission, memberships_of

SCOPES = ("organization", "subdistrict", "community")
FROM_DISTRICT_DOWN = models.Case(
    *(models.When(role=role, then=place) for place, role in enumerate(Membership.Role))
)


class GrantForm(RefusableForm):
    """A role for a person; only roles below those of the one who grants."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            grantable = {
                role
                for membership in memberships_of(self.by)
                for role in GRANTABLE.get(membership.role, ())
            }
            choices = [row for row in Membership.Role.choices if row[0] in grantable]
            self.fields["role"].choices = [("", _("请选择")), *choices]
            self.fields["starts_on"].initial = timezone.localdate

    def scope(self) -> models.Model | None:
        """The one organisation, street or community chosen, or None."""
        chosen = [self.cleaned_data.get(name) for name in SCOPES]
        return next(filter(None, chosen), None)


class CurrentFilter(admin.SimpleListFilter):
    """Whether the right holds today; the list opens with those that do."""

    title = gettext_lazy("是否有效")
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("yes", _("今天有效")), ("no", _("未生效或已结束")), ("all", _("全部"))]

    def value(self) -> str:
        return super().value() or "yes"

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """The three above, without Django's own choice of all."""
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, rows: models.QuerySet) -> models.QuerySet:
        today = Membership.objects.active().order_by().values("pk")
        if self.value() == "yes":
            return rows.filter(pk__in=today)
        return rows.exclude(pk__in=today) if self.value() == "no" else rows


@row_action(
    description=gettext_lazy("结束授权"),
    needs=Permission.MEMBERSHIP_GRANT,
    follows=(
        gettext_lazy("本人的这项权限立即失效；经手的记录都保留。"),
        gettext_lazy("平台不另外通知本人，请您告知。"),
        gettext_lazy("结束后不能恢复，再需要时须重新授权。"),
    ),
    with_reason=True,
)
def end_grant(request: HttpRequest, membership: Membership, reason: str) -> None:
    end_membership(membership=membership, by=request.user, reason=reason)


class MembershipAdmin(ScopedAdmin):
    """Who acts in which role: by role, then by scope, those of today first.

    A grant is added or ended, never rewritten.
    """

    view_permission = Permission.AUDIT_VIEW
    form = GrantForm
    actions = [end_grant]
    ordering = (
        FROM_DISTRICT_DOWN.asc(),
        "organization__name",
        "subdistrict__code",
        "community__code",
        "-starts_on",
    )
    sortable_by = ()
    list_display = (
        "role",
        "scope_name",
        "user",
        "starts_on",
        "ends_on",
        "granted_by",
    )
    list_display_links = ("user",)
    list_filter = (CurrentFilter, "role", ("starts_on", DayRangeFilter))
    list_select_related = ("user", "granted_by", *SCOPES)
    search_fields = (
        "user__display_name",
        "user__username",
        "organization__name",
        "organization__initials",
        "community__name",
        "community__initials",
    )
    search_help_text = gettext_lazy("按姓名、用户名或范围名称（拼音首字母）查找")
    autocomplete_fields = ("user", *SCOPES)
    fields = ("user", "role", *SCOPES, "starts_on", "ends_on")

    def row_label(self, row: Membership) -> str:
        return f"{row.user}：{row}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.allows(request, Permission.MEMBERSHIP_GRANT)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = super().get_fields(request, obj)
        return [*fields, "granted_by", "voided_at"] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        return (
            *super().get_readonly_fields(request, obj),
            "granted_by",
            "voided_at",
        )

    @admin.display(description=gettext_lazy("范围"))
    def scope_name(self, membership: Membership) -> str:
        return str(membership.scope or _("全区"))

    def save_form(
        self, request: HttpRequest, form: GrantForm, change: bool
    ) -> Membership:
        """Grant; the row the action made is what Django goes on with."""
        super().save_form(request, form, change)
        held = set(
            Membership.objects.values_list("pk", flat=True).filter(
                user=form.cleaned_data["user"]
            )
        )
        granted = grant_membership(
            user=form.cleaned_data["user"],
            role=form.cleaned_data["role"],
            scope=form.scope(),
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            by=request.user,
        )
        if granted.pk in held:
            raise GrantRefused(_("该人员已有这项授权，不必重复授予。"))
        return granted

    def save_model(self, *args: Any) -> None:
        """Nothing is left to save: the action did."""
