"""The list of star levels, kept by the office."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from communities.admin_base import ScopedAdmin
from communities.permissions import Permission
from volunteers.models import StarLevel


@admin.register(StarLevel)
class StarLevelAdmin(ScopedAdmin):
    """From how many hours which level begins; who has reached it is nowhere listed."""

    view_permission = change_permission = Permission.HOURS_OVERSEE
    can_add = True
    list_display = ("title", "hours")
    search_fields = ("title",)
    search_help_text = _("按星级名称查找")
    fields = ("title", "hours")
