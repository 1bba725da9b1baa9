"""Input about one shift."""

from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Activity
from communities.choices import community_choices, offered_communities
from core.fields import MomentField, RowsField, TextField
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data
from volunteers.models import Shift, Signup

WORDS = {"validators": [refuse_personal_data]}
MOST_PLACES = 5000
MOST_HOURS = 720
MOST_TOGETHER = 20
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class ShiftForm(MergingFormMixin, forms.ModelForm):
    """A shift of an activity; sign-up closes some hours before the start."""

    title = TextField(label=_("班次名称"), max_length=40, **WORDS)
    starts_at = MomentField(label=_("开始时间"))
    ends_at = MomentField(label=_("结束时间"))
    place = TextField(label=_("集合地点"), max_length=100, **WORDS)
    capacity = forms.IntegerField(label=_("名额"), min_value=1, max_value=MOST_PLACES)
    minimum = forms.IntegerField(
        label=_("最少人数"),
        min_value=0,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("临近开始仍不足时提醒组织者；0 表示不提醒。"),
    )
    waitlist_capacity = forms.IntegerField(
        label=_("候补名额"), min_value=0, max_value=MOST_PLACES, initial=20
    )
    group_limit = forms.IntegerField(
        label=_("一次最多几人同来"),
        min_value=1,
        max_value=MOST_TOGETHER,
        required=False,
        help_text=_("家庭、党支部一起报名时的人数上限。"),
    )
    signup_opens_at = MomentField(
        label=_("报名开始时间"), required=False, help_text=_("不填即发布后就能报名。")
    )
    closes_hours = forms.IntegerField(
        label=_("开始前几小时截止报名"), min_value=0, max_value=MOST_HOURS
    )
    cancel_hours = forms.IntegerField(
        label=_("开始前几小时截止取消"),
        min_value=0,
        max_value=MOST_HOURS,
        required=False,
        help_text=_("之后仍可取消，但记为临时取消；不填与截止报名相同。"),
    )
    bring = TextField(label=_("自带物品"), max_length=200, required=False, **WORDS)

    field_order = (
        "title",
        "community",
        "starts_at",
        "ends_at",
        "place",
        "bring",
        "capacity",
        "waitlist_capacity",
        "minimum",
        "group_limit",
        "signup_opens_at",
        "closes_hours",
        "cancel_hours",
        "is_adults_only",
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
            "minimum",
            "waitlist_capacity",
            "group_limit",
            "signup_opens_at",
            "is_adults_only",
            "bring",
        ]

    derived = {
        "starts_at": ("signup_closes_at", "cancel_closes_at"),
        "closes_hours": ("signup_closes_at",),
        "cancel_hours": ("cancel_closes_at",),
    }

    def __init__(self, *args: object, activity: Activity, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.instance.activity = activity
        held = self.instance.community_id
        self.fields["community"].queryset = offered_communities(keep=held)
        self.fields["community"].choices = community_choices(keep=held)
        self.fields["closes_hours"].initial = self._closes_hours()
        self.fields["cancel_hours"].initial = self._cancel_hours()
        if self.instance.pk is None:
            self.initial = {
                **_proposed_times(activity),
                "place": activity.place,
                "community": activity.community_id,
                **self.initial,
            }
        elif self.instance.posts.exists():
            self.fields["capacity"].disabled = True
            self.fields["capacity"].help_text = _(
                "由各岗位的名额相加，在“岗位”中修改。"
            )

    def _closes_hours(self) -> int:
        if self.instance.pk is None:
            return settings.SIGNUP_CLOSES_HOURS
        return (self.instance.starts_at - self.instance.signup_closes_at) // HOUR

    def _cancel_hours(self) -> int | None:
        if self.instance.pk is None or self.instance.cancel_closes_at is None:
            return None
        return (self.instance.starts_at - self.instance.cancel_closes_at) // HOUR

    def clean_minimum(self) -> int:
        """Left empty it stays what it was."""
        return self._or_held("minimum")

    def clean_group_limit(self) -> int:
        """Left empty it stays what it was."""
        return self._or_held("group_limit")

    def _or_held(self, name: str) -> int:
        value = self.cleaned_data[name]
        return getattr(self.instance, name) if value is None else value

    def clean(self) -> dict:
        """The end comes after the start; the closing times follow from the start."""
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("结束时间必须晚于开始时间。"))
        if cleaned.get("minimum", 0) > cleaned.get("capacity", MOST_PLACES):
            self.add_error("minimum", _("最少人数不能多于名额。"))
        if starts_at and cleaned.get("closes_hours") is not None:
            self._close(starts_at, "signup_closes_at", cleaned["closes_hours"])
            opens_at = cleaned.get("signup_opens_at")
            if opens_at and opens_at >= cleaned["signup_closes_at"]:
                self.add_error("signup_opens_at", _("报名开始必须早于报名截止。"))
        if starts_at and "cancel_hours" in cleaned:
            self._close(starts_at, "cancel_closes_at", cleaned["cancel_hours"])
        return cleaned

    def _close(self, starts_at, name: str, hours: int | None) -> None:
        moment = None if hours is None else starts_at - hours * HOUR
        self.cleaned_data[name] = moment
        setattr(self.instance, name, moment)


def _proposed_times(activity: Activity) -> dict[str, datetime]:
    """Start and end of a new shift: those of an activity of hours still to come.

    A night may end the next day. Of one of days neither is proposed: it would be a
    shift of weeks, or in the past.
    """
    if activity.ends_at - activity.starts_at >= DAY:
        return {}
    if activity.starts_at <= timezone.now():
        return {}
    return {"starts_at": activity.starts_at, "ends_at": activity.ends_at}


class GivingWayForm(forms.Form):
    """Whom the organiser moves to the waitlist when there are fewer places.

    Shown when the capacity asked for is below the places taken.
    """

    LATEST, CHOSEN = "latest", "chosen"

    gives_way = forms.ChoiceField(
        label=_("谁移入候补"),
        choices=[(LATEST, _("最后报名的人")), (CHOSEN, _("由我选择"))],
        widget=forms.RadioSelect,
        required=False,
    )
    moved = RowsField(
        label=_("移入候补的人"),
        queryset=Signup.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: object, signups: QuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moved"].queryset = signups
        self.fields["moved"].label_from_instance = _person_and_heads

    @property
    def choice(self) -> dict[str, object]:
        """What `update_shift` and `save_posts` take; nobody, while nobody was chosen.

        Numbers that are on the list no more go along, so that the action refuses the
        stale choice.
        """
        if self.data.get(self.add_prefix("gives_way")) == self.LATEST:
            return {"moves_latest": True}
        sent = self.fields["moved"].widget.value_from_datadict(
            self.data, self.files, self.add_prefix("moved")
        )
        return {"moved": [int(one) for one in sent or () if _is_number(one)]}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _person_and_heads(signup: Signup) -> str:
    if signup.heads == 1:
        return str(signup.volunteer)
    return _("%(person)s（共 %(heads)d 人）") % {
        "person": signup.volunteer,
        "heads": signup.heads,
    }


class ReasonForm(forms.Form):
    """Why something is cancelled."""

    reason = TextField(label=_("取消原因"), max_length=200, multiline=True)
