"""Input of the rates of whistles: months, place, category, unit."""

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import WhistleCategory, WhistleResponse
from communities.models import Community, Organization, Subdistrict
from reports.periods import month_text
from reports.whistle_rates import Figure, Group, Question, months_of


class WhistleRatesForm(forms.Form):
    """What the rates are narrowed to, and what a row stands for.

    Offered are units and streets of `responses`, those the user may see; nothing
    chosen means all of them.
    """

    first = forms.ChoiceField(label=gettext_lazy("自"), required=False)
    last = forms.ChoiceField(label=gettext_lazy("至（含当月）"), required=False)
    street = forms.ModelChoiceField(
        Subdistrict.objects.all(),
        label=gettext_lazy("街道（镇）"),
        required=False,
        empty_label=gettext_lazy("全部街道（镇）"),
    )
    category = forms.ModelChoiceField(
        WhistleCategory.objects.all(),
        label=gettext_lazy("类别"),
        required=False,
        empty_label=gettext_lazy("全部类别"),
    )
    unit = forms.ModelChoiceField(
        Organization.objects.all(),
        label=gettext_lazy("单位"),
        required=False,
        empty_label=gettext_lazy("全部单位"),
    )
    community = forms.ModelChoiceField(
        Community.objects.all(), required=False, widget=forms.HiddenInput
    )
    by = forms.ChoiceField(choices=Group.choices, widget=forms.HiddenInput)

    def __init__(
        self,
        asked: Mapping[str, str],
        *,
        responses: models.QuerySet[WhistleResponse],
        now: datetime,
    ) -> None:
        super().__init__({name: asked.get(name, "") for name in self.base_fields})
        self.data["by"] = self.data["by"] or Group.UNIT.value
        self.responses, self.now = responses, now
        for name, lookup in _PLACES.items():
            rows = self.fields[name].queryset
            found = responses.values(lookup)
            self.fields[name].queryset = rows.filter(pk__in=found)
        months = months_of(responses, now=now)
        self._months = {f"{month:%Y-%m}": month for month in months}
        for name in ("first", "last"):
            self.fields[name].choices = [
                ("", _("不限")),
                *((key, month_text(month)) for key, month in self._months.items()),
            ]

    def clean(self) -> None:
        first, last = self._month("first"), self._month("last")
        if first and last and first > last:
            self.add_error("last", _("结束月份不能早于开始月份。"))

    @property
    def question(self) -> Question:
        """What a valid form asks."""
        chosen = {
            lookup: self.cleaned_data[name]
            for name, lookup in _LOOKUPS.items()
            if self.cleaned_data[name]
        }
        responses = self.responses.filter(**chosen)
        first, last = self._month("first"), self._month("last")
        return Question(responses, first, last, self.now)

    @property
    def active(self) -> int:
        """How many filters are set."""
        names = ("first", "last", *_LOOKUPS)
        return sum(bool(self.cleaned_data.get(name)) for name in names)

    def query(self, **changes: object) -> str:
        """What was chosen with these changes, as a query string."""
        return urlencode(
            {name: value for name, value in (self.data | changes).items() if value}
        )

    def _month(self, name: str) -> date | None:
        return self._months.get(self.cleaned_data.get(name))


class WhistleRateRowsForm(WhistleRatesForm):
    """Which figure is looked into."""

    figure = forms.ChoiceField(choices=Figure.choices, widget=forms.HiddenInput)

    @property
    def in_words(self) -> list[str]:
        """What the rows were narrowed to, each in a word."""
        chosen = [str(self.cleaned_data[name]) for name in _LOOKUPS if self.data[name]]
        months = [self._month(name) for name in ("first", "last")]
        if any(months):
            spans = dict.fromkeys(month_text(m) if m else _("不限") for m in months)
            chosen.append("—".join(spans))
        return chosen


_PLACES = {
    "street": "whistle__community__subdistrict",
    "community": "whistle__community",
    "unit": "organization",
}
_LOOKUPS = {**_PLACES, "category": "whistle__category"}
