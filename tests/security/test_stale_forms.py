"""A form opened before someone else's change does not undo that change."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions import ActivityRefused, update_activity
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import ShiftRefused, update_shift
from volunteers.models import Shift

pytestmark = pytest.mark.django_db

INPUT = re.compile(r"<input [^>]*>")
TEXTAREA = re.compile(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.S)
SELECT = re.compile(r'<select name="([^"]+)".*?</select>', re.S)


def attribute(tag, name):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def filled_form(client, url):
    """What a browser would post from the page as it stands."""
    html = client.get(url).content.decode().partition("<main")[2]
    values = {name: unescape(text) for name, text in TEXTAREA.findall(html)}
    for tag in INPUT.findall(html):
        kind = attribute(tag, "type")
        if kind == "file" or (kind == "checkbox" and " checked" not in tag):
            continue
        values[attribute(tag, "name")] = attribute(tag, "value") or "on"
        if kind != "checkbox":
            values[attribute(tag, "name")] = attribute(tag, "value")
    for found in SELECT.finditer(html):
        chosen = re.search(r'value="([^"]*)" selected', found[0])
        values[found[1]] = chosen[1] if chosen else ""
    return values


@pytest.fixture
def official(signed_in, unit_official):
    return signed_in(unit_official)


@pytest.fixture
def shift(organization):
    in_days = timezone.now().replace(second=0, microsecond=0) + timedelta(days=3)
    return ShiftFactory(
        activity__organization=organization, activity__starts_at=in_days
    )


def test_shift_page_saved_unchanged_changes_nothing(official, shift):
    before = Shift.objects.filter(pk=shift.pk).values().get()
    url = reverse("volunteers:shift_edit", args=[shift.pk])

    response = official.post(url, filled_form(official, url))

    assert response.status_code == 302
    assert Shift.objects.filter(pk=shift.pk).values().get() == before


def test_old_shift_page_keeps_the_place_another_gave(official, shift):
    SignupFactory(shift=shift)
    url = reverse("volunteers:shift_edit", args=[shift.pk])
    page = filled_form(official, url)
    Shift.objects.filter(pk=shift.pk).update(place="新集合点")

    response = official.post(url, page | {"capacity": "9"})

    shift.refresh_from_db()
    assert response.status_code == 302
    assert (shift.place, shift.capacity) == ("新集合点", 9)
    assert not Notification.objects.filter(kind="shift_changed").exists()


def test_old_activity_page_keeps_the_text_another_wrote(official, organization):
    activity = ActivityFactory(organization=organization)
    url = reverse("campaigns:activity_edit", args=[activity.pk])
    page = filled_form(official, url)
    activity.text = "别人写的说明"
    activity.is_public = False
    activity.save()

    response = official.post(url, page | {"title": "新名称"})

    activity.refresh_from_db()
    assert response.status_code == 302
    assert (activity.title, activity.text) == ("新名称", "别人写的说明")
    assert activity.is_public is False


def test_times_two_people_changed_against_each_other_are_refused(shift):
    late = {"starts_at": shift.ends_at}

    with pytest.raises(ShiftRefused, match="结束时间"):
        update_shift(
            shift=shift, values=late, by=UserFactory(), now=shift.signup_closes_at
        )


def test_activity_times_changed_against_each_other_are_refused():
    activity = ActivityFactory()

    with pytest.raises(ActivityRefused, match="结束时间"):
        update_activity(
            activity=activity,
            values={"starts_at": activity.ends_at},
            by=UserFactory(),
        )
