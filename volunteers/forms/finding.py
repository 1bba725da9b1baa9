"""What the list of shifts is narrowed to."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Pillar
from communities.models import Community, Subdistrict
from core.fields import DayField


class ShiftFilterForm(forms.Form):
    """What the list of shifts is narrowed to."""

    street = forms.ModelChoiceField(
        label=_("街道（镇）"),
        queryset=Subdistrict.objects.all(),
        required=False,
        empty_label=_("全区"),
    )
    pillar = forms.ModelChoiceField(
        label=_("板块"),
        queryset=Pillar.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("全部板块"),
    )
    date = DayField(label=_("日期"), required=False)
    places = forms.BooleanField(label=_("只看有名额的"), required=False)
    community = forms.ModelChoiceField(
        queryset=Community.objects.all(), required=False, widget=forms.HiddenInput
    )
    after = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_after(self) -> tuple[datetime, int] | None:
        """The last row of the page before: its start and its number."""
        text = self.cleaned_data["after"]
        if not text:
            return None
        moment, _dot, pk = text.partition("_")
        try:
            starts_at = datetime.fromisoformat(moment)
            position = (starts_at, int(pk))
            is_sound = starts_at.tzinfo is not None and 2000 <= starts_at.year <= 2100
        except ValueError as error:
            raise forms.ValidationError(_("翻页位置不正确。")) from error
        if not is_sound or not 0 < position[1] < 2**63:
            raise forms.ValidationError(_("翻页位置不正确。"))
        return position

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        names = {"street", "pillar", "date", "places", "community"}
        return sum(bool(self.cleaned_data.get(name)) for name in names)
