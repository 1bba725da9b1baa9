"""Input for asking people to help with a whistle, filled in so that one click does."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Urgency, Whistle, WhistleResponse
from core.fields import MomentField, TextField
from core.personal_data import refuse_personal_data

USUAL_PEOPLE, MOST_PEOPLE = 10, 500
MORNING, TWO_HOURS = time(9), timedelta(hours=2)
LATEST_START = 19


class PeopleForm(forms.Form):
    """When and where how many people are wanted; everybody can read it.

    Filled in from the place and the category, never from what the whistle says: that
    may be about a resident.
    """

    title = TextField(
        label=gettext_lazy("活动名称"),
        max_length=60,
        validators=[refuse_personal_data],
    )
    starts_at = MomentField(label=gettext_lazy("开始时间"))
    ends_at = MomentField(label=gettext_lazy("结束时间"))
    people = forms.IntegerField(
        label=gettext_lazy("需要人数"), min_value=1, max_value=MOST_PEOPLE
    )
    place = TextField(
        label=gettext_lazy("集合地点"),
        max_length=100,
        validators=[refuse_personal_data],
        help_text=gettext_lazy("请写公开的集合地点，不写居民姓名、电话和住址。"),
    )

    def __init__(
        self, *args: Any, response: WhistleResponse, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id=f"people-{response.pk}-%s", **kwargs)
        self.now, self.whistle = now, response.whistle
        self.initial = _proposed(self.whistle, now)

    def clean(self) -> dict[str, Any]:
        """It lies ahead, and the end comes after the start."""
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and starts_at <= self.now:
            self.add_error("starts_at", _("开始时间已过，请改一改。"))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("结束时间必须晚于开始时间。"))
        return cleaned


def _proposed(whistle: Whistle, now: datetime) -> dict[str, Any]:
    starts_at = _start(whistle, now)
    words = {"community": whistle.community.name, "category": whistle.category.title}
    return {
        "title": (_("响应%(community)s吹哨：%(category)s") % words)[:60],
        "starts_at": starts_at,
        "ends_at": starts_at + TWO_HOURS,
        "people": min(whistle.needs_people or USUAL_PEOPLE, MOST_PEOPLE),
        "place": whistle.community.official_name,
    }


def _start(whistle: Whistle, now: datetime) -> datetime:
    """Tomorrow at nine; in about two hours when it is for today, unless it is late."""
    local = timezone.localtime(now)
    today = local.date()
    soon = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
    is_for_today = whistle.urgency == Urgency.EMERGENCY or whistle.wanted_by == today
    if is_for_today and soon.date() == today and soon.hour <= LATEST_START:
        return soon
    return timezone.make_aware(datetime.combine(today + timedelta(days=1), MORNING))
