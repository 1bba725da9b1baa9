"""Forms of organising shifts."""

from datetime import timedelta

from django.utils import timezone

from tests.hostile.forms.base import Form
from volunteers.models import ShiftRule


def _series_data() -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=3)
    return {
        "title": "示例值守",
        "place": "示例集合点",
        "community": "",
        "day": day.isoformat(),
        "first": "09:00",
        "length": "60",
        "pause": "0",
        "count": "2",
        "times": "",
        "capacity": "5",
        "minimum": "1",
        "waitlist_capacity": "5",
        "closes_hours": "24",
        "save": "1",
        "seen": " ".join(f"{day:%Y%m%d}{clock}+3600" for clock in ("0900", "1000")),
    }


def _copy_data() -> dict[str, object]:
    rule = ShiftRule.objects.filter(activity__state="published").first()
    shift = rule.activity.shifts.get()
    start = timezone.localtime(shift.starts_at + timedelta(days=1))
    return {
        "day": timezone.localdate(shift.starts_at).isoformat(),
        "to": start.date().isoformat(),
        "save": "1",
        "seen": f"{start:%Y%m%d%H%M}+7200",
    }


def _rule_data() -> dict[str, object]:
    day = timezone.localdate(ShiftRule.objects.first().activity.starts_at)
    return {
        "title": "示例值守二",
        "weekdays": ["1", "3"],
        "starts_time": "09:00",
        "ends_time": "11:00",
        "from_on": (day + timedelta(days=3)).isoformat(),
        "until_on": (day + timedelta(days=3)).isoformat(),
        "place": "示例集合点",
        "community": "",
        "capacity": "5",
        "minimum": "1",
        "waitlist_capacity": "5",
        "closes_hours": "24",
    }


def _post_data() -> dict[str, object]:
    return {"title": "示例测温", "skill": "", "capacity": "3"}


SERIES_TEXTS = "title place times first"
NUMBERS = "capacity minimum waitlist_capacity closes_hours"
RULE_TEXTS = "title place weekdays starts_time ends_time"

FORMS: dict[str, Form] = {
    "volunteers:shift_series_create": Form(
        "own_published_series",
        "unit",
        _series_data,
        texts=SERIES_TEXTS,
        moments="day",
        numbers=f"{NUMBERS} length pause count",
        keys="community",
    ),
    "volunteers:shift_series_copy": Form(
        "own_published_series", "unit", _copy_data, texts="day to"
    ),
    "volunteers:shift_rule_create": Form(
        "own_published",
        "unit",
        _rule_data,
        texts=RULE_TEXTS,
        moments="from_on until_on",
        numbers=NUMBERS,
        keys="community",
    ),
    "volunteers:shift_rule_edit": Form(
        "own_published_rule",
        "unit",
        _rule_data,
        texts=RULE_TEXTS,
        moments="from_on until_on",
        numbers=NUMBERS,
        keys="community",
    ),
    "volunteers:post_list": Form(
        "own_published_organised",
        "unit",
        _post_data,
        texts="title",
        numbers="capacity",
        keys="skill",
    ),
    "volunteers:post_edit": Form(
        "own_published_post",
        "unit",
        _post_data,
        texts="title",
        numbers="capacity",
        keys="skill",
    ),
    "volunteers:shift_message_create": Form(
        "own_published_organised",
        "unit",
        lambda: {"text": "示例通知"},
        texts="text",
    ),
}
