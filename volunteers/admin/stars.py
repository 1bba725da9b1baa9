"""The list of star levels, kept by the office."""

from django.contrib import admin

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
    fields = ("title", "hours")
