"""What a reader of reports may ask for."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Campaign, Pillar
from communities.models import Organization
from core.fields import DayField, TextField
from reports.boundaries import Boundary
from reports.queries import Filters, exportable_organizations


class OrganizationChoiceField(forms.ModelChoiceField):
    """Organisations as a tree: each level is set in by one blank."""

    def label_from_instance(self, organization: Organization) -> str:
        depth = (organization.path or "").count("/") - 1
        name = f"{'　' * max(depth, 0)}{organization}"
        if organization.state == Organization.State.ACTIVE:
            return name
        return _("%(name)s（%(state)s）") % {
            "name": name,
            "state": organization.get_state_display(),
        }


class ReportForm(forms.Form):
    """Cleans the query string of a report to `Filters`."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.all(),
        label=gettext_lazy("行动"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    pillar = forms.ModelChoiceField(
        Pillar.objects.all(),
        label=gettext_lazy("板块"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    organization = OrganizationChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("党组织（含下级）"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    organization_text = TextField(
        label=gettext_lazy("党组织或单位名称"),
        required=False,
        max_length=50,
        widget=forms.TextInput(
            attrs={"placeholder": gettext_lazy("名称或拼音，含下级")}
        ),
    )
    starts_on = DayField(label=gettext_lazy("自"), required=False)
    ends_on = DayField(label=gettext_lazy("至（含当日）"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    boundary = forms.ChoiceField(
        label=gettext_lazy("名称口径"),
        choices=[("", Boundary.THEN.label), (Boundary.NOW.value, Boundary.NOW.label)],
        required=False,
    )

    def __init__(self, data: Any, *, user: User, states: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["organization"].queryset = exportable_organizations(user)
        self.fields["state"].choices = [("", _("全部")), *states]

    def clean(self) -> None:
        first = self.cleaned_data.get("starts_on")
        last = self.cleaned_data.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))

    @property
    def filters(self) -> Filters:
        """The filters of a valid form."""
        return Filters(**self.cleaned_data)

    @property
    def active(self) -> int:
        """How many filters are set."""
        return len(self.set_values())

    def set_values(self) -> dict[str, Any]:
        """Field names to what was asked for, without what narrows nothing."""
        asked = getattr(self, "cleaned_data", {})
        return {name: value for name, value in asked.items() if value not in ("", None)}

    def plain_values(self) -> dict[str, Any]:
        """The set filters for the audit log: numbers, texts and days."""
        return {
            name: value.pk if isinstance(value, models.Model) else value
            for name, value in self.set_values().items()
        }

    def in_words(self) -> str:
        """The set filters as a person reads them."""
        words = [
            _("%(label)s：%(value)s") % {"label": self[name].label, "value": value}
            for name, value in self._worded_values().items()
        ]
        return "；".join(words) or _("全部记录")

    def refusals(self) -> list[str]:
        """What is wrong with an invalid form, one line a field."""
        return [
            _("%(label)s：%(errors)s")
            % {"label": self[name].label, "errors": "".join(errors)}
            for name, errors in self.errors.items()
        ]

    def _worded_values(self) -> dict[str, Any]:
        values = self.set_values()
        for name in {"state", "boundary"} & values.keys():
            values[name] = dict(self.fields[name].choices)[values[name]]
        return values
