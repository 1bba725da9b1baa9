"""Input about resources to clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Need, Resource
from communities.permissions import Permission, organizations_for
from core.fields import DayField, TextField
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data


class ResourceForm(MergingFormMixin, forms.ModelForm):
    """What one of the user's organisations can give."""

    title = TextField(
        label=_("资源名称"), max_length=60, validators=[refuse_personal_data]
    )
    text = TextField(
        label=_("资源说明"),
        max_length=500,
        multiline=True,
        validators=[refuse_personal_data],
        help_text=_("写明数量、时间和条件，不写个人电话。"),
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), *Need.Category.choices]
    )
    starts_on = DayField(label=_("开始日期"))
    ends_on = DayField(
        label=_("结束日期"), required=False, help_text=_("不填则长期有效。")
    )

    class Meta:
        model = Resource
        fields = ["organization", "category", "title", "starts_on", "ends_on", "text"]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["organization"]
            return
        own = organizations_for(user, Permission.RESOURCE_OFFER)
        self.fields["organization"].queryset = own
        self.fields["organization"].empty_label = None

    def clean(self) -> dict:
        """The end does not come before the start."""
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        return cleaned


class ResourceFilterForm(forms.Form):
    """Narrows the desk's list of resources."""

    text = TextField(label=_("资源或单位"), max_length=50, required=False)
    category = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[("", _("全部类别")), *Need.Category.choices],
    )
    is_past = forms.BooleanField(label=_("包括已结束的"), required=False)

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())
