"""Input about shifts."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from campaigns.models import Activity
from communities.choices import community_choices, offered_communities
from core.fields import MomentField, TextField
from core.merging import MergingFormMixin
from volunteers.models import Shift

MOST_PLACES = 5000


class ShiftForm(MergingFormMixin, forms.ModelForm):
    """A shift of an activity; sign-up closes some hours before the start."""

    title = TextField(label=_("岗位"), max_length=40)
    starts_at = MomentField(label=_("开始时间"))
    ends_at = MomentField(label=_("结束时间"))
    place = TextField(label=_("集合地点"), max_length=100)
    capacity = forms.IntegerField(label=_("名额"), min_value=1, max_value=MOST_PLACES)
    waitlist_capacity = forms.IntegerField(
        label=_("候补名额"), min_value=0, max_value=MOST_PLACES, initial=20
    )
    closes_hours = forms.IntegerField(
        label=_("开始前几小时截止报名"), min_value=0, max_value=720
    )

    class Meta:
        model = Shift
        fields = [
            "title",
            "starts_at",
            "ends_at",
            "place",
            "community",
            "capacity",
            "waitlist_capacity",
        ]

    derived = {
        "starts_at": ("signup_closes_at",),
        "closes_hours": ("signup_closes_at",),
    }

    def __init__(self, *args: object, activity: Activity, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.instance.activity = activity
        held = self.instance.community_id
        self.fields["community"].queryset = offered_communities(keep=held)
        self.fields["community"].choices = community_choices(keep=held)
        self.fields["closes_hours"].initial = self._closes_hours()
        if self.instance.pk is None:
            self.initial = {
                "starts_at": activity.starts_at,
                "ends_at": activity.ends_at,
                "place": activity.place,
                "community": activity.community_id,
                **self.initial,
            }

    def _closes_hours(self) -> int:
        if self.instance.pk is None:
            return settings.SIGNUP_CLOSES_HOURS
        gap = self.instance.starts_at - self.instance.signup_closes_at
        return int(gap / timedelta(hours=1))

    def clean(self) -> dict:
        """The end comes after the start; the closing time follows from both."""
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("结束时间必须晚于开始时间。"))
        if starts_at and cleaned.get("closes_hours") is not None:
            closes_at = starts_at - timedelta(hours=cleaned["closes_hours"])
            cleaned["signup_closes_at"] = closes_at
            self.instance.signup_closes_at = closes_at
        return cleaned


class ReasonForm(forms.Form):
    """Why something is cancelled."""

    reason = TextField(label=_("取消原因"), max_length=200, multiline=True)
