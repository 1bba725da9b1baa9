"""Input about joint meetings."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organization
from communities.queries.meetings import units_to_invite
from core.fields import DayField, TextField

ROWS = 5


class MeetingFilterForm(forms.Form):
    """Narrows the list of meetings."""

    text = TextField(label=_("会议或社区"), max_length=50, required=False)
    only_open = forms.BooleanField(label=_("只看有未办结事项的"), required=False)

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class MeetingForm(forms.Form):
    """The record of a meeting."""

    title = TextField(label=_("会议名称"), max_length=100)
    held_on = DayField(label=_("会议日期"), initial=timezone.localdate)
    place = TextField(label=_("地点"), max_length=100)
    organizations = forms.MultipleChoiceField(
        label=_("参会单位"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("会议当天与社区（村）结对的单位。"),
    )
    record = TextField(label=_("会议纪要"), max_length=2000, multiline=True)

    def __init__(self, *args: object, community: Community, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        units = units_to_invite(community, day=timezone.localdate())
        # By hand: the field for models asks the database for any number sent.
        self.units = {str(row.pk): row for row in units}
        choices = [(key, row.unit_name) for key, row in self.units.items()]
        self.fields["organizations"].choices = choices

    def clean_organizations(self) -> list[Organization]:
        """The units that were ticked."""
        return [self.units[key] for key in self.cleaned_data["organizations"]]


class AgreedForm(forms.Form):
    """One thing agreed on; a row left blank is none."""

    text = TextField(label=_("内容"), max_length=200)
    owner = forms.ModelChoiceField(
        label=_("责任单位"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("本社区（村）"),
    )
    due_on = DayField(label=_("完成期限"))

    def __init__(self, *args: object, owners: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["owner"].label_from_instance = lambda row: row.unit_name
        # What is left blank is no row, so the browser must not ask for it.
        self.use_required_attribute = False


AgreedFormSet = forms.formset_factory(
    AgreedForm, extra=ROWS, max_num=ROWS, absolute_max=ROWS, validate_max=True
)


class ResultForm(forms.Form):
    """What came of something agreed on."""

    result = TextField(label=_("办理结果"), max_length=200, multiline=True)
