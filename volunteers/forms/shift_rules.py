"""Input about weekly rules."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Activity
from communities.choices import community_choices, offered_communities
from core.dates import WEEKDAYS
from core.fields import DayField, TextField
from core.merging import MergingFormMixin
from volunteers.forms.shift_series import TimeOfDayField
from volunteers.forms.shifts import MOST_HOURS, MOST_PLACES, WORDS
from volunteers.models import ShiftRule


class RuleForm(MergingFormMixin, forms.ModelForm):
    """On which days of the week, at what time, from when to when."""

    title = TextField(label=gettext_lazy("班次名称"), max_length=40, **WORDS)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("每周"),
        choices=[(str(n + 1), f"周{name}") for n, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
    )
    starts_time = TimeOfDayField(label=gettext_lazy("开始时间"))
    ends_time = TimeOfDayField(
        label=gettext_lazy("结束时间"),
        help_text=gettext_lazy("不晚于开始时间即到次日。"),
    )
    from_on = DayField(label=gettext_lazy("起始日期"))
    until_on = DayField(label=gettext_lazy("截止日期"))
    place = TextField(label=gettext_lazy("集合地点"), max_length=100, **WORDS)
    capacity = forms.IntegerField(
        label=gettext_lazy("名额"), min_value=1, max_value=MOST_PLACES
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("最少人数"), min_value=0, max_value=MOST_PLACES, initial=0
    )
    waitlist_capacity = forms.IntegerField(
        label=gettext_lazy("候补名额"), min_value=0, max_value=MOST_PLACES, initial=20
    )
    closes_hours = forms.IntegerField(
        label=gettext_lazy("开始前几小时截止报名"), min_value=0, max_value=MOST_HOURS
    )

    class Meta:
        model = ShiftRule
        fields = [
            "title",
            "weekdays",
            "starts_time",
            "ends_time",
            "from_on",
            "until_on",
            "skips_holidays",
            "place",
            "community",
            "capacity",
            "minimum",
            "waitlist_capacity",
            "closes_hours",
        ]
        help_texts = {
            "skips_holidays": gettext_lazy(
                "法定节假日不排班；普通周末和调休上班日照常。"
            )
        }

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.activity = activity
        held = self.instance.community_id
        self.fields["community"].queryset = offered_communities(keep=held)
        self.fields["community"].choices = community_choices(keep=held)
        self.initial["weekdays"] = list(self.instance.weekdays)
        if self.instance.pk is None:
            self.initial |= {
                "from_on": max(
                    timezone.localdate(activity.starts_at), timezone.localdate()
                ),
                "until_on": timezone.localdate(activity.ends_at),
                "place": activity.place,
                "community": activity.community_id,
                "closes_hours": settings.SIGNUP_CLOSES_HOURS,
            }

    def clean_weekdays(self) -> str:
        """As the rule holds them: digits, ascending."""
        return "".join(sorted(set(self.cleaned_data["weekdays"])))

    def clean(self) -> dict[str, Any]:
        """The end comes after the start; the minimum fits the places."""
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("截止日期不能早于起始日期。"))
        if cleaned.get("minimum", 0) > cleaned.get("capacity", MOST_PLACES):
            self.add_error("minimum", _("最少人数不能多于名额。"))
        return cleaned
