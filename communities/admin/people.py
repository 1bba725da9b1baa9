"""People: found by name, phone or user name; rights are not given here."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.actions import set_account_active
from communities.admin_actions import row_action
from communities.admin_base import ReadOnlyInline, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.models import Membership
from communities.permissions import Permission
from core.phones import normalize_phone


class MembershipInline(ReadOnlyInline):
    """The person's roles, past and present."""

    model = Membership
    fk_name = "user"
    view_permission = Permission.PEOPLE_VIEW
    fields = (
        "role",
        "organization",
        "subdistrict",
        "community",
        "starts_on",
        "ends_on",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("organization", "subdistrict", "community")


@row_action(
    description=_("停用账号"),
    needs=Permission.MEMBERSHIP_GRANT,
    follows=(
        _("本人立即被退出登录，不能再登录；平台不另外通知本人。"),
        _("已有的报名、时长和角色都保留；需要时可以恢复账号。"),
    ),
    with_reason=True,
)
def deactivate(request: HttpRequest, user: User, reason: str) -> None:
    set_account_active(user=user, is_active=False, reason=reason, by=request.user)


@row_action(
    description=_("恢复账号"),
    needs=Permission.MEMBERSHIP_GRANT,
    follows=(
        _("本人可以重新登录，没有到期的角色照旧有效。"),
        _("平台不另外通知本人，请您告知。"),
    ),
    with_reason=True,
)
def reactivate(request: HttpRequest, user: User, reason: str) -> None:
    set_account_active(user=user, is_active=True, reason=reason, by=request.user)


class UserAdmin(ScopedAdmin):
    """Accounts, to look at. Phones and mail addresses are masked."""

    view_permission = Permission.PEOPLE_VIEW
    actions = [deactivate, reactivate]
    inlines = [MembershipInline]
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("display_name", "username", "phone_shown", "age_band", "is_active")
    list_filter = ("is_active", "age_band", ("date_joined", DayRangeFilter))
    search_fields = ("display_name", "username")
    search_help_text = _("按姓名、用户名或完整手机号查找")
    fields = (
        "display_name",
        "username",
        "phone_shown",
        "phone_verified_at",
        "email_shown",
        "age_band",
        "consent_version",
        "consented_at",
        "is_active",
        "date_joined",
        "last_login",
    )
    readonly_fields = fields

    def row_label(self, row: User) -> str:
        return " ".join(filter(None, (str(row), row.masked_phone, row.username)))

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """By name or user name; by phone only when it is typed in full."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        try:
            phone = normalize_phone(search_term)
        except ValidationError:
            return found, may_repeat
        return found | queryset.filter(phone=phone), may_repeat

    @admin.display(description=_("手机号"))
    def phone_shown(self, user: User) -> str:
        return user.masked_phone

    @admin.display(description=_("邮箱"))
    def email_shown(self, user: Any) -> str:
        name, at, host = user.email.partition("@")
        return f"{name[:1]}***{at}{host}" if at else ""
