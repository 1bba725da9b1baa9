"""What lists of places are narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Subdistrict
from core.fields import TextField


class PlaceFilterForm(forms.Form):
    """What a list is narrowed to, by the address."""

    text = TextField(label=_("名称"), max_length=50, required=False)
    street = forms.ModelChoiceField(
        label=_("街道（镇）"),
        queryset=Subdistrict.objects.all(),
        required=False,
        empty_label=_("全区"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["placeholder"] = _("名称、拼音或首字母")

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())
