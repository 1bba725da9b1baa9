"""Input about shifts and volunteers to clean values."""

from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Activity, Pillar
from communities.choices import community_choices, offered_communities
from communities.models import Community, Subdistrict
from core.fields import DayField, MomentField, TextField
from core.merging import MergingFormMixin
from volunteers.models import Shift, Volunteer

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


class VolunteerForm(forms.ModelForm):
    """What a person tells about themselves; a minor names the guardian."""

    guardian_name = TextField(label=_("监护人姓名"), max_length=50, required=False)
    has_guardian_consent = forms.BooleanField(
        label=_("监护人已知情并同意我参加志愿服务"), required=False
    )

    class Meta:
        model = Volunteer
        fields = ["home_community"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        home = self.fields["home_community"]
        held = self.instance.home_community_id
        home.queryset = offered_communities(keep=held)
        home.choices = community_choices(blank=_("暂不填写"), keep=held)
        home.help_text = _("用来在“我的”页面直接找到家门口的班次，不公开。")
        self.is_minor = self.instance.user.is_minor
        if not self.is_minor:
            del self.fields["guardian_name"], self.fields["has_guardian_consent"]
            return
        self.fields["guardian_name"].initial = self.instance.guardian_name
        self.fields["has_guardian_consent"].initial = bool(
            self.instance.guardian_consented_at
        )

    def clean(self) -> dict:
        """Consent needs the guardian's name."""
        cleaned = super().clean()
        if not self.is_minor:
            return cleaned
        has_consent = cleaned.get("has_guardian_consent")
        if has_consent and not cleaned.get("guardian_name"):
            self.add_error("guardian_name", _("请填写监护人姓名。"))
        self.instance.guardian_name = cleaned.get("guardian_name", "")
        if has_consent and self.instance.guardian_consented_at is None:
            self.instance.guardian_consented_at = timezone.now()
        if not has_consent:
            self.instance.guardian_consented_at = None
        return cleaned


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
