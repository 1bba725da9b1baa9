"""Input about streets and communities."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms.filters import PlaceFilterForm
from communities.models import Community
from communities.queries.divisions import ORDERS


class CommunityFilterForm(PlaceFilterForm):
    """Narrows the list of communities; without an order it goes by street."""

    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[("", _("全部类型")), *Community.Kind.choices],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("排序"),
        choices=[("", _("按街道和代码")), ("pairings", _("按挂钩单位数"))],
        required=False,
    )

    def clean_order(self) -> str:
        """One of ORDERS."""
        return self.cleaned_data["order"] or next(iter(ORDERS))

    @property
    def active_count(self) -> int:
        """How many filters are set; the order is none."""
        return sum(
            bool(value) for name, value in self.cleaned_data.items() if name != "order"
        )
