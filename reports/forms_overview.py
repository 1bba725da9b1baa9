"""Input of the overview: a campaign, some of its months, a street, a branch."""

from collections.abc import Mapping
from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Campaign, Pillar
from campaigns.queries.campaigns import current_campaign
from communities.models import Organization, Subdistrict
from reports.forms import OrganizationChoiceField
from reports.overview.asked import Asked
from reports.overview.rows import Rows
from reports.periods import month_text, months_of
from reports.queries import exportable_organizations


class OverviewForm(forms.Form):
    """Cleans the query string of the overview to `Asked`.

    Without a campaign the one under way, else the latest; what is given and wrong is
    refused at its field.
    """

    campaign = forms.ModelChoiceField(
        Campaign.objects.exclude(state=Campaign.State.PLANNED),
        label=gettext_lazy("行动"),
        required=False,
        empty_label=None,
    )
    first = forms.ChoiceField(label=gettext_lazy("自"), required=False)
    last = forms.ChoiceField(label=gettext_lazy("至（含当月）"), required=False)
    street = forms.ModelChoiceField(
        Subdistrict.objects.all(),
        label=gettext_lazy("街道（镇）"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    organization = OrganizationChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("党组织（含下级）"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )

    def __init__(
        self, asked: Mapping[str, str], *, user: User, now: datetime | None = None
    ) -> None:
        super().__init__({name: asked.get(name, "") for name in self.base_fields})
        self.user, self.now = user, now or timezone.now()
        self.today = timezone.localdate(self.now)
        self.fields["organization"].queryset = exportable_organizations(user)
        self.chosen = self._choose()
        months = months_of(self.chosen, today=self.today) if self.chosen else []
        self._months = {f"{month:%Y-%m}": month for month in months}
        words = [(key, month_text(month)) for key, month in self._months.items()]
        self.fields["first"].choices = [("", _("行动开始")), *words]
        self.fields["last"].choices = [("", _("最近一月")), *words]
        for name in ("first", "last"):
            self.fields[name].error_messages["invalid_choice"] = _(
                "这个行动没有这个月份，请重新选择。"
            )

    def _choose(self) -> Campaign | None:
        """The campaign that is asked for, else the one under way, else the latest."""
        if asked := self.data["campaign"]:
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
    def active(self) -> int:
        """How many filters are set; a campaign always is."""
        return sum(
            bool(self.data[name])
            for name in ("first", "last", "street", "organization")
        )

    @property
    def asked(self) -> Asked:
        """What a valid form asks."""
        span = self._span()
        months = list(self._months.values())
        covers_all = not months or span == (months[0], months[-1])
        return Asked(
            user=self.user,
            now=self.now,
            today=self.today,
            campaign=self.chosen,
            months=None if covers_all else span,
            span=span,
            organization=self.cleaned_data["organization"],
            street=self.cleaned_data["street"],
        )

    def _span(self) -> tuple[date, date] | None:
        months = list(self._months)
        if not months:
            return None
        first = self.cleaned_data["first"] or months[0]
        last = self.cleaned_data["last"] or months[-1]
        return self._months[first], self._months[last]


class OverviewRowsForm(OverviewForm):
    """Which of the overview's own lists is opened."""

    list = forms.ChoiceField(choices=Rows.choices, widget=forms.HiddenInput)
    pillar = forms.ModelChoiceField(
        Pillar.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.HiddenInput,
    )
