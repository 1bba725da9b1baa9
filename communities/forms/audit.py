"""What the audit log is searched by."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from communities.admin_verbs import ACTS
from core.fields import DayField, TextField

# The acts worth a filter; the others are found by the record or the person. Words of
# attendance are none of them: the log is no list of who did not come.
FILTERED = ("created", "changed", "granted", "ended", "imported", "exported", "handled")
MOVED = "moved"
APPS = ("communities", "campaigns", "volunteers", "accounts")
GREATEST_NUMBER = 2**63 - 1


def _acts() -> list[tuple[str, Any]]:
    words = [(act, ACTS[act]) for act in FILTERED]
    return [("", _("全部动作")), (MOVED, _("状态变更")), *words]


def _registers() -> list[tuple[str, Any]]:
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    rows = [(model._meta.label, model._meta.verbose_name) for model in models]
    return [("", _("全部名册")), *rows]


class AuditFilterForm(forms.Form):
    """What the log is narrowed to, by the address; `before` and `parent` by links."""

    who = TextField(label=_("操作人"), max_length=50, required=False)
    act = forms.ChoiceField(label=_("动作"), choices=_acts, required=False)
    register = forms.ChoiceField(label=_("名册"), choices=_registers, required=False)
    text = TextField(label=_("对象名称"), max_length=50, required=False)
    starts_on = DayField(label=_("从"), required=False)
    ends_on = DayField(label=_("到"), required=False)
    request_id = TextField(label=_("请求编号"), max_length=32, required=False)
    parent = forms.IntegerField(
        min_value=1,
        max_value=GREATEST_NUMBER,
        required=False,
        widget=forms.HiddenInput,
    )

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class AuditPlaceForm(forms.Form):
    """Where in the log a page begins: below this number."""

    before = forms.IntegerField(min_value=1, max_value=GREATEST_NUMBER, required=False)
