"""Input about organisations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Organization
from core.fields import DayField, TextField


class OrganizationFilterForm(forms.Form):
    """Narrows the tree; without a day it shows that of today."""

    text = TextField(label=_("名称"), max_length=50, required=False)
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[("", _("全部类型")), *Organization.Kind.choices],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("存续（正常和停用）")), *Organization.State.choices],
        required=False,
    )
    day = DayField(label=_("截至日期"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["placeholder"] = _("名称、单位、拼音或编码")

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class DayForm(forms.Form):
    """The day a page shows; today without one."""

    day = DayField(label=_("查看哪一天"), required=False)
