"""Input of the ledger and the progress matrix: a campaign and some of its months."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Pillar
from campaigns.queries.campaigns import current_campaign
from reports.periods import month_text, months_of
from reports.progress import SPANS, Kind


class CampaignMonthsForm(forms.Form):
    """A campaign and its months; what is not given, or not of it, is filled in.

    Without a campaign the one under way, without months all of them until today.
    """

    campaign = forms.ModelChoiceField(
        Campaign.objects.exclude(state=Campaign.State.PLANNED),
        label=gettext_lazy("行动"),
        empty_label=None,
    )
    first = forms.ChoiceField(label=gettext_lazy("自"))
    last = forms.ChoiceField(label=gettext_lazy("至（含当月）"))

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        super().__init__({name: asked.get(name, "") for name in self.base_fields})
        self.chosen = self._choose()
        if self.chosen is None:
            return
        months = {
            f"{month:%Y-%m}": month for month in months_of(self.chosen, today=today)
        }
        self._months = months
        names = list(months)
        for name, default in (("first", names[0]), ("last", names[-1])):
            self.fields[name].choices = [
                (key, month_text(month)) for key, month in months.items()
            ]
            if self.data[name] not in months:
                self.data[name] = default

    def _choose(self) -> Campaign | None:
        """The campaign that is asked for, else the one under way, else the latest."""
        asked = self.data["campaign"]
        if asked:
            try:
                return self.fields["campaign"].clean(asked)
            except forms.ValidationError:
                return None
        chosen = current_campaign() or self.fields["campaign"].queryset.first()
        self.data["campaign"] = str(chosen.pk) if chosen else ""
        return chosen

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if first and last and first > last:
            self.add_error("last", _("结束月份不能早于开始月份。"))

    @property
    def is_without_campaign(self) -> bool:
        """Whether there is no campaign to choose at all."""
        return self.chosen is None and not self.data["campaign"]

    @property
    def span(self) -> tuple[date, date]:
        """The first days of the first and the last month of a valid form."""
        return tuple(self._months[self.cleaned_data[n]] for n in ("first", "last"))

    @property
    def covers_all(self) -> bool:
        """Whether the months are all that the campaign has."""
        months = list(self._months.values())
        return self.span == (months[0], months[-1])

    @property
    def query(self) -> str:
        """What was chosen, as a query string."""
        return urlencode(self.data)


class ProgressForm(CampaignMonthsForm):
    """A campaign's months, and the organisation that is looked into."""

    organization = forms.CharField(required=False, widget=forms.HiddenInput)


class RowsForm(ProgressForm):
    """Which figure of the progress matrix is looked into."""

    pillar = forms.ModelChoiceField(
        Pillar.objects.all(), to_field_name="code", required=False
    )
    state = forms.ChoiceField(choices=Kind.choices)
    span = forms.ChoiceField(choices=[(span, span) for span in SPANS])

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        super().__init__(asked, today=today)
        self.data["state"] = self.data["state"] or Kind.APPROVED
        self.data["span"] = self.data["span"] or "all"
