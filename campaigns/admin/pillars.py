"""Pillars, initiatives and what activities start from, in the admin site."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from campaigns.actions.pillars import FIXED_ONCE_USED, update_initiative
from campaigns.actions.words import rename_pillar
from campaigns.models import ActivityTemplate, Initiative, Pillar
from communities.admin_base import ScopedAdmin
from communities.permissions import Permission


class CampaignRegister(ScopedAdmin):
    """Everyone in the admin site looks at it, the office keeps it."""

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE


@admin.register(Pillar)
class PillarAdmin(CampaignRegister):
    """The five pillars of the letter: only their words may be mended."""

    list_display = ("title", "code", "position")
    search_fields = ("title",)
    search_help_text = gettext_lazy("按板块查找")
    fields = ("code", "title", "summary", "position")
    readonly_fields = ("code", "position")

    def save_model(
        self, request: HttpRequest, obj: Pillar, form: forms.Form, change: bool
    ) -> None:
        """New words hold from today; older records keep those of their day."""
        rename_pillar(
            pillar=obj,
            title=obj.title,
            summary=obj.summary,
            today=timezone.localdate(),
            by=request.user,
        )


@admin.register(Initiative)
class InitiativeAdmin(CampaignRegister):
    """Lines of work under the pillars; one with activities keeps pillar and kind."""

    can_add = True
    list_display = (
        "title",
        "pillar",
        "kind",
        "counts_as_service",
        "is_open",
        "position",
    )
    list_filter = ("pillar", "kind", "is_open")
    list_select_related = ("pillar",)
    search_fields = ("title",)
    search_help_text = gettext_lazy("按举措查找")
    autocomplete_fields = ("pillar",)
    fields = (
        "pillar",
        "title",
        "kind",
        "counts_as_service",
        "evidence_hint",
        "photos_wanted",
        "wants_document",
        "wants_participant_count",
        "target_count",
        "target_period",
        "is_open",
        "position",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        fields = super().get_readonly_fields(request, obj)
        is_used = obj is not None and obj.activity_set.exists()
        return (*fields, *FIXED_ONCE_USED) if is_used else fields

    def save_model(
        self, request: HttpRequest, obj: Initiative, form: forms.Form, change: bool
    ) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        update_initiative(
            initiative=obj,
            values={name: form.cleaned_data[name] for name in form.changed_data},
            today=timezone.localdate(),
            by=request.user,
        )


@admin.register(ActivityTemplate)
class ActivityTemplateAdmin(CampaignRegister):
    """Words an activity of an initiative may start from."""

    can_add = True
    list_display = ("name", "initiative", "title", "is_open", "position")
    list_filter = ("initiative__pillar", "is_open")
    list_select_related = ("initiative",)
    search_fields = ("name", "title", "initiative__title")
    search_help_text = gettext_lazy("按模板、活动名称或举措查找")
    autocomplete_fields = ("initiative",)
    fields = (
        "initiative",
        "name",
        "title",
        "place",
        "text",
        "duration_minutes",
        "is_open",
        "position",
    )
