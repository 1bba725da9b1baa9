"""Certificates in the admin site, to look at by number, and to revoke."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_actions import row_action
from communities.admin_base import ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission
from volunteers.actions.certificates import revoke_certificate
from volunteers.models import Certificate


@row_action(
    description=_("撤销证明"),
    needs=Permission.HOURS_OVERSEE,
    follows=(
        _("证明立即失效，查验编号的人会看到“已撤销”；时长记录不变。"),
        _("本人会收到通知，其中有您写的理由。"),
        _("撤销后不能恢复，本人可以重新开具。"),
    ),
    with_reason=True,
)
def revoke(request: HttpRequest, certificate: Certificate, reason: str) -> None:
    revoke_certificate(
        certificate=certificate, reason=reason, by=request.user, now=timezone.now()
    )


@admin.register(Certificate)
class CertificateAdmin(ScopedAdmin):
    """What was certified; holders are masked, as on the page anybody may open."""

    view_permission = Permission.HOURS_OVERSEE
    actions = [revoke]
    ordering = ("-pk",)
    sortable_by = ("issued_at",)
    list_display = (
        "number",
        "masked_name",
        "from_on",
        "until_on",
        "minutes",
        "state",
        "issued_at",
    )
    list_filter = ("state", ("issued_at", DayRangeFilter))
    search_fields = ("number",)
    search_help_text = _("按编号查找")
    fields = (
        "number",
        "masked_name",
        "from_on",
        "until_on",
        "minutes",
        "issuer",
        "issued_at",
        "state",
        "state_changed_at",
        "reason",
    )
    readonly_fields = fields

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """All: one office issues them for the whole district."""
        return rows

    @admin.display(description=_("姓名"))
    def masked_name(self, certificate: Certificate) -> str:
        return certificate.masked_holder
