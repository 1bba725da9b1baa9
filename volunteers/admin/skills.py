"""The list of skills in the admin site: people name theirs, posts ask for one."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from communities.admin_base import ScopedAdmin
from communities.permissions import Permission
from volunteers.models import Skill


@admin.register(Skill)
class SkillAdmin(ScopedAdmin):
    """What people can do; a closed one is offered no more, who named it keeps it."""

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    list_display = ("title", "is_active", "order")
    list_filter = ("is_active",)
    search_fields = ("title",)
    search_help_text = _("按技能名称查找")
    fields = ("title", "is_active", "order")
