"""Usual reasons to return a record, in the admin site."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from campaigns.models import ReturnReason
from communities.admin_base import ScopedAdmin
from communities.permissions import Permission


@admin.register(ReturnReason)
class ReturnReasonAdmin(ScopedAdmin):
    """What reviewers choose from; a closed reason is offered no more.

    Returns keep the words they were given with.
    """

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    list_display = ("text", "field", "is_open", "position")
    list_filter = ("field", "is_open")
    search_fields = ("text",)
    search_help_text = gettext_lazy("按理由查找")
    fields = ("text", "field", "is_open", "position")
