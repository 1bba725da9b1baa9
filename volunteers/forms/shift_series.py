"""Input about several shifts at once: on one day, or as on another day."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Activity
from communities.choices import community_choices, offered_communities
from core.dates import day_text
from core.fields import DayField, TextField
from volunteers.forms.shifts import MOST_HOURS, MOST_PLACES, WORDS
from volunteers.models import Shift
from volunteers.queries.shift_series import days_with_shifts

MOST_ROWS = 30
MOST_DAYS = 60
LONGEST = 24 * 60
DAY = timedelta(days=1)
_CLOCK = r"([01]?\d|2[0-3])[:：]([0-5]\d)"
_SPAN = re.compile(rf"{_CLOCK}\s*[-–—~～至到]+\s*{_CLOCK}")


class TimeOfDayField(forms.TimeField):
    """A time of day, to the minute."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SeriesForm(forms.Form):
    """Shifts of one day: evenly after each other, or at the times listed."""

    title = TextField(label=gettext_lazy("班次名称"), max_length=40, **WORDS)
    place = TextField(label=gettext_lazy("集合地点"), max_length=100, **WORDS)
    community = forms.ModelChoiceField(
        label=gettext_lazy("所在社区（村）"), queryset=None, required=False
    )
    day = DayField(label=gettext_lazy("日期"))
    first = TimeOfDayField(label=gettext_lazy("第一班开始"), required=False)
    length = forms.IntegerField(
        label=gettext_lazy("每班多少分钟"),
        min_value=10,
        max_value=LONGEST,
        required=False,
    )
    pause = forms.IntegerField(
        label=gettext_lazy("班次之间隔多少分钟"),
        min_value=0,
        max_value=LONGEST,
        required=False,
    )
    count = forms.IntegerField(
        label=gettext_lazy("共几班"), min_value=1, max_value=MOST_ROWS, required=False
    )
    times = TextField(
        label=gettext_lazy("或者逐行写明时间"),
        max_length=600,
        multiline=True,
        required=False,
        help_text=gettext_lazy(
            "每行一班，如 09:00-11:00；结束早于开始即到次日。填写后以这里为准。"
        ),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("每班名额"), min_value=1, max_value=MOST_PLACES
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("每班最少人数"),
        min_value=0,
        max_value=MOST_PLACES,
        required=False,
    )
    waitlist_capacity = forms.IntegerField(
        label=gettext_lazy("每班候补名额"),
        min_value=0,
        max_value=MOST_PLACES,
        initial=20,
    )
    closes_hours = forms.IntegerField(
        label=gettext_lazy("开始前几小时截止报名"), min_value=0, max_value=MOST_HOURS
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.fields["community"].queryset = offered_communities(
            keep=activity.community_id
        )
        self.fields["community"].choices = community_choices(keep=activity.community_id)
        self.initial = {
            "title": "",
            "place": activity.place,
            "community": activity.community_id,
            "day": max(timezone.localdate(activity.starts_at), timezone.localdate()),
            "first": timezone.localtime(activity.starts_at).time(),
            "length": 120,
            "pause": 0,
            "count": 2,
            "closes_hours": settings.SIGNUP_CLOSES_HOURS,
        }

    def clean_times(self) -> list[tuple[time, time]]:
        """The spans of the day, one a line."""
        lines = [line.strip() for line in self.cleaned_data["times"].splitlines()]
        return [_span(line) for line in lines if line]

    def clean(self) -> dict[str, Any]:
        """Either times are listed, or start, length and number are given."""
        cleaned = super().clean()
        if "times" not in cleaned:
            return cleaned
        if len(cleaned["times"]) > MOST_ROWS:
            self.add_error(
                "times", _("一次最多添加 %(most)d 个班次。") % {"most": MOST_ROWS}
            )
        if not cleaned["times"]:
            for name in ("first", "length", "count"):
                if name in cleaned and cleaned[name] is None:
                    self.add_error(name, _("请填写，或者逐行写明时间。"))
        if (cleaned.get("minimum") or 0) > cleaned.get("capacity", MOST_PLACES):
            self.add_error("minimum", _("最少人数不能多于名额。"))
        return cleaned

    def shifts(self) -> list[Shift]:
        """The shifts of a valid form, not saved, in order of time."""
        values = self.cleaned_data
        closes = timedelta(hours=values["closes_hours"])
        return [
            Shift(
                activity=self.activity,
                title=values["title"],
                place=values["place"],
                community=values["community"],
                capacity=values["capacity"],
                minimum=values["minimum"] or 0,
                waitlist_capacity=values["waitlist_capacity"],
                starts_at=starts_at,
                ends_at=ends_at,
                signup_closes_at=starts_at - closes,
            )
            for starts_at, ends_at in sorted(self._spans())
        ]

    def _spans(self) -> list[tuple[datetime, datetime]]:
        values = self.cleaned_data
        day = values["day"]
        if values["times"]:
            return [
                (_moment(day, first), _moment(day + DAY * (last <= first), last))
                for first, last in values["times"]
            ]
        length = timedelta(minutes=values["length"])
        step = length + timedelta(minutes=values["pause"] or 0)
        start = _moment(day, values["first"])
        starts = [start + n * step for n in range(values["count"])]
        return [(moment, moment + length) for moment in starts]


def _span(line: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(line)
    if found is None:
        raise ValidationError(
            _("“%(line)s”不是时间，请写成 09:00-11:00。"), params={"line": line[:20]}
        )
    first, first_minute, last, last_minute = map(int, found.groups())
    return time(first, first_minute), time(last, last_minute)


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


class CopyDayForm(forms.Form):
    """The day whose shifts are copied, and the days they are copied to."""

    day = forms.TypedChoiceField(
        label=gettext_lazy("照哪一天的班次"), coerce=date.fromisoformat
    )
    to = forms.TypedMultipleChoiceField(
        label=gettext_lazy("复制到"),
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, activity: Activity, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = _choices(days_with_shifts(activity))
        self.fields["to"].choices = _choices(_coming_days(activity, now))


def _coming_days(activity: Activity, now: datetime) -> list[date]:
    """The activity's days from today on, not more than one would tick."""
    first = timezone.localdate(max(activity.starts_at, now))
    last = timezone.localdate(activity.ends_at)
    count = min((last - first).days + 1, MOST_DAYS)
    return [first + n * DAY for n in range(count)]


def _choices(days: list[date]) -> list[tuple[str, str]]:
    return [(day.isoformat(), day_text(day)) for day in days]
