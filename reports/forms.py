"""What a reader of reports may ask for."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Campaign, Pillar
from communities.models import Community, Organization, Subdistrict
from core.fields import DayField, TextField
from reports.boundaries import Boundary
from reports.queries import Filters, exportable_organizations
from reports.queries.asked import (
    DAYS,
    LABELS,
    Choices,
    Period,
    resolved,
    words_of,
)

ALL = gettext_lazy("全部")


class Column(Protocol):
    """What the form knows of a column."""

    key: str
    title: Any
    is_default: bool


class Asking(Protocol):
    """What the form knows of a report."""

    filters: tuple[str, ...]
    states: Choices
    columns: tuple[Column, ...]


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


def _choice_of(rows: models.QuerySet, name: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        rows, label=LABELS[name], required=False, empty_label=ALL
    )


class ReportForm(forms.Form):
    """Cleans the query string of a report to `Filters` and the chosen columns.

    Offered is what the report knows; the rest of the query string is not read.
    """

    campaign = _choice_of(Campaign.objects.all(), "campaign")
    pillar = _choice_of(Pillar.objects.all(), "pillar")
    organization = OrganizationChoiceField(
        Organization.objects.none(),
        label=LABELS["organization"],
        required=False,
        empty_label=ALL,
    )
    organization_text = TextField(
        label=LABELS["organization_text"],
        required=False,
        max_length=50,
        widget=forms.TextInput(
            attrs={"placeholder": gettext_lazy("名称或拼音，含下级")}
        ),
    )
    street = _choice_of(Subdistrict.objects.all(), "street")
    community = _choice_of(
        Community.objects.order_by("subdistrict__code", "code"), "community"
    )
    period = forms.ChoiceField(
        label=LABELS["period"],
        choices=[("", gettext_lazy("按起止日期")), *Period.choices],
        required=False,
    )
    starts_on = DayField(label=LABELS["starts_on"], required=False)
    ends_on = DayField(label=LABELS["ends_on"], required=False)
    state = forms.ChoiceField(label=LABELS["state"], required=False)
    boundary = forms.ChoiceField(
        label=LABELS["boundary"],
        choices=[("", Boundary.THEN.label), (Boundary.NOW.value, Boundary.NOW.label)],
        required=False,
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("选择列"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: QueryDict, *, user: User, report: Asking, today: date
    ) -> None:
        self._defaults = [one.key for one in report.columns if one.is_default]
        if not data.getlist("columns"):
            data = data.copy()
            data.setlist("columns", self._defaults)
        super().__init__(data)
        self._states, self._today = report.states, today
        known = {*report.filters, "columns"}
        if known.issuperset(DAYS):
            known.add("period")
        for name in self.fields.keys() - known:
            del self.fields[name]
        if "organization" in self.fields:
            self.fields["organization"].queryset = exportable_organizations(user)
        if "state" in self.fields:
            self.fields["state"].choices = [("", ALL), *report.states]
        self.fields["columns"].choices = [
            (column.key, column.title) for column in report.columns
        ]

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(name) for name in DAYS)
        if first and last and first > last:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        if self.cleaned_data.get("period") and (first or last):
            self.add_error("period", _("期间和起止日期请只填一样。"))

    @property
    def filters(self) -> Filters:
        """The filters of a valid form."""
        values = self.set_values()
        if period := values.pop("period", ""):
            values |= zip(DAYS, Period(period).days(self._today), strict=True)
        return Filters(**values)

    @property
    def columns_chosen(self) -> list[str]:
        """The keys of the columns of a valid form; none for those of the default."""
        chosen = self.cleaned_data["columns"]
        return [] if set(chosen) == set(self._defaults) else chosen

    @property
    def active(self) -> int:
        """How many filters are set."""
        return len(self.set_values())

    @property
    def query(self) -> str:
        """The valid form as a query string, without what narrows nothing."""
        values = self.plain_values()
        if columns := self.columns_chosen:
            values["columns"] = columns
        return urlencode(values, doseq=True)

    def set_values(self) -> dict[str, Any]:
        """Field names to what was asked for, without what narrows nothing."""
        asked = getattr(self, "cleaned_data", {})
        return {
            name: value
            for name, value in asked.items()
            if name != "columns" and value not in ("", None)
        }

    def plain_values(self) -> dict[str, Any]:
        """The set filters as numbers and texts, a period as such."""
        return {name: _plain(value) for name, value in self.set_values().items()}

    def resolved_values(self) -> dict[str, Any]:
        """The set filters as numbers and texts, a period as its days."""
        return resolved(self.plain_values(), today=self._today)

    def in_words(self) -> str:
        """The set filters as a person reads them."""
        return words_of(self.set_values(), self._states)

    def refusals(self) -> Iterable[str]:
        """What is wrong with an invalid form, one line a field."""
        return [
            _("%(label)s：%(errors)s")
            % {"label": self[name].label, "errors": "".join(errors)}
            for name, errors in self.errors.items()
        ]


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value
