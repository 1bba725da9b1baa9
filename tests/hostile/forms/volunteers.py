"""Forms of shifts and volunteers."""

from datetime import timedelta

from django.utils import timezone

from communities.models import Community
from tests.hostile.forms.base import Form


def _shift_data() -> dict[str, object]:
    starts = timezone.localtime() + timedelta(days=3, hours=1)
    return {
        "title": "示例岗位",
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "place": "示例集合点",
        "community": Community.objects.first().pk,
        "capacity": "5",
        "waitlist_capacity": "5",
        "closes_hours": "24",
    }


def _people_data() -> dict[str, object]:
    shift = _shift_data()
    times = {name: shift[name] for name in ("starts_at", "ends_at")}
    return {"title": "示例召集", "place": "示例集合点", "people": "5", **times}


FORMS = {
    "volunteers:whistle_people": Form(
        "own_response_handling",
        "unit",
        _people_data,
        texts="title place",
        moments="starts_at ends_at",
        numbers="people",
    ),
    "volunteers:shift_create": Form(
        "own_published",
        "unit",
        _shift_data,
        texts="title place bring",
        moments="starts_at ends_at signup_opens_at",
        numbers="capacity waitlist_capacity closes_hours minimum group_limit "
        "cancel_hours",
        keys="community",
    ),
    "volunteers:shift_edit": Form(
        "own_published",
        "unit",
        _shift_data,
        texts="title place bring",
        moments="starts_at ends_at signup_opens_at",
        numbers="capacity waitlist_capacity closes_hours minimum group_limit "
        "cancel_hours",
        keys="community",
    ),
    "volunteers:shift_cancel": Form(
        "own_draft", "unit", lambda: {"reason": "示例"}, texts="reason"
    ),
    "volunteers:activity_cancel": Form(
        "own_draft", "unit", lambda: {"reason": "示例"}, texts="reason"
    ),
    "volunteers:volunteer_edit": Form(
        "-",
        "volunteer",
        lambda: {"home_community": ""},
        texts="availability",
        keys="home_community skills",
    ),
}
