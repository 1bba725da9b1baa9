"""What the desk's list of activities is narrowed to, and where a new one begins."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import (
    Activity,
    ActivityTemplate,
    Initiative,
    Pillar,
    TaskAssignment,
)
from communities.permissions import Permission, scope_filter
from core.fields import DayField, TextField


class MonthField(DayField):
    """A month; cleans to its first day."""

    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    input_formats = ["%Y-%m"]


class ActivityFilterForm(forms.Form):
    """State, name, pillar, initiative and month."""

    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *Activity.State.choices],
    )
    pillar = forms.ModelChoiceField(
        Pillar.objects.all(),
        label=_("板块"),
        required=False,
        to_field_name="code",
        empty_label=_("全部板块"),
    )
    initiative = forms.ModelChoiceField(
        Initiative.objects.select_related("pillar"),
        label=_("举措"),
        required=False,
        empty_label=_("全部举措"),
    )
    month = MonthField(label=_("月份"), required=False)
    q = TextField(label=_("名称"), required=False, max_length=60)

    def active_count(self) -> int:
        """How many filters are set."""
        return sum(1 for value in self.cleaned_data.values() if value)

    def month_wanted(self) -> date | None:
        """The first day of the month asked for."""
        return self.cleaned_data["month"]


class StartForm(forms.Form):
    """What a new activity begins from, as the query string names it.

    What the user may not use, or what is no number, begins from nothing.
    """

    initiative = forms.ModelChoiceField(Initiative.objects.none(), required=False)
    template = forms.ModelChoiceField(ActivityTemplate.objects.none(), required=False)
    assignment = forms.ModelChoiceField(TaskAssignment.objects.none(), required=False)
    copy = forms.ModelChoiceField(Activity.objects.none(), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        named = {name for name in self.fields if data.get(name)}
        sources = {
            "initiative": Initiative.objects.filter(is_open=True),
            "template": ActivityTemplate.objects.filter(
                is_open=True, initiative__is_open=True
            ).select_related("initiative"),
            "assignment": TaskAssignment.objects.open()
            .filter(
                scope_filter(user, Permission.TASK_REPORT, organization="organization")
            )
            .select_related("task__initiative", "task__campaign", "organization"),
            "copy": Activity.objects.visible_to(user).select_related("initiative"),
        }
        for name in named:
            self.fields[name].queryset = sources[name]

    def chosen(self) -> dict[str, Any]:
        """Objects by parameter, None for what was not named or is not for the user."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
