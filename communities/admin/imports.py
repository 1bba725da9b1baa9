"""What was uploaded to be imported; each upload is its owner's alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


def _unconfirmed(rows: models.QuerySet, _user: User) -> models.QuerySet:
    return rows.filter(confirmed_at=None)


class PairingImportAdmin(ScopedAdmin):
    """The user's uploaded notices; they are looked at and confirmed on their pages."""

    view_permission = Permission.PAIRING_PUBLISH
    ordering = ("-pk",)
    sortable_by = ()
    queues = (
        Waiting(
            "confirm", _("待确认的结对导入"), _unconfirmed, Permission.PAIRING_PUBLISH
        ),
    )
    list_display = ("file_name", "number", "kind", "starts_on", "uploaded_at", "done")
    list_filter = ("kind", ("uploaded_at", DayRangeFilter))
    search_fields = ("file_name", "number")
    search_help_text = _("按文件名或文号查找")
    fields = (
        "file_name",
        "number",
        "kind",
        "starts_on",
        "uploaded_at",
        "uploaded_by",
        "confirmed_at",
    )

    def get_queryset(self, request: object) -> models.QuerySet:
        return super().get_queryset(request).defer("rows")

    def done(self, row: models.Model) -> bool:
        return row.confirmed_at is not None

    done.boolean = True
    done.short_description = _("已确认")


class RegisterImportAdmin(ScopedAdmin):
    """The user's uploaded rosters and code lists, confirmed or not."""

    view_permission = Permission.REGISTER_MANAGE
    ordering = ("-pk",)
    sortable_by = ()
    queues = (
        Waiting(
            "confirm", _("待确认的名册导入"), _unconfirmed, Permission.REGISTER_MANAGE
        ),
    )
    list_display = ("file_name", "kind", "effective_on", "uploaded_at", "confirmed_at")
    list_filter = ("kind", ("uploaded_at", DayRangeFilter))
    search_fields = ("file_name",)
    search_help_text = _("按文件名查找")
    fields = (
        "file_name",
        "kind",
        "effective_on",
        "uploaded_at",
        "uploaded_by",
        "confirmed_at",
    )

    def get_queryset(self, request: object) -> models.QuerySet:
        return super().get_queryset(request).defer("rows")
