"""The leader's page of the day: code, roll, marks sent once or again."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.qr import qr_svg
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendanceFactory, RunningShiftFactory
from tests.factories.volunteers import SignupFactory
from volunteers.codes import screen_code, short_code
from volunteers.models import Attendance, Shift

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
PHONE = "+8613800138000"


@pytest.fixture
def shift(organization):
    """A shift of `organization` that runs."""
    return RunningShiftFactory(activity__organization=organization)


@pytest.fixture
def desk(signed_in, unit_official):
    """A client of an official of `organization`."""
    return signed_in(unit_official)


@pytest.fixture
def in_a_step():
    """The clock stands in the middle of a step of the code."""
    with time_machine.travel(timezone.now().replace(second=20), tick=False):
        yield


def day_url(shift, part=""):
    return reverse(f"volunteers:shift_day{part}", args=[shift.pk])


def marked(client, signup, deed, headers=None, **values):
    data = {"signup": signup.pk, "deed": deed, **values}
    return client.post(day_url(signup.shift, "_mark"), data, headers=headers)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.usefixtures("in_a_step")
def test_day_page_shows_the_present_code_and_the_counts(desk, shift):
    AttendanceFactory(signup=SignupFactory(shift=shift, heads=2), heads=1)
    SignupFactory(shift=shift)

    page = desk.get(day_url(shift)).content.decode()

    now = timezone.now()
    code = urlencode({"code": screen_code(shift.pk, now=now)})
    path = reverse("volunteers:check_in", args=[shift.pk])
    assert qr_svg(f"{settings.SITE_URL}{path}?{code}") in page
    assert short_code(shift.pk, now=now) in page
    assert "已到 1 人，共 3 人。" in page


@pytest.mark.usefixtures("in_a_step")
def test_day_code_is_a_fragment_that_renews_itself(desk, shift):
    answer = desk.get(day_url(shift, "_code"), headers={"HX-Request": "true"})

    fragment = answer.content.decode()
    assert ("<html" in fragment, 'hx-trigger="every' in fragment) == (False, True)
    assert short_code(shift.pk, now=timezone.now()) in fragment


def test_day_page_renews_itself_without_scripts(desk, shift):
    page = desk.get(day_url(shift)).content.decode()

    assert '<noscript><meta http-equiv="refresh"' in page


def test_day_page_shows_no_code_outside_the_window(desk, shift):
    Shift.objects.update(
        starts_at=timezone.now() + timedelta(hours=3),
        ends_at=timezone.now() + timedelta(hours=5),
        signup_closes_at=timezone.now(),
    )

    page = desk.get(day_url(shift)).content.decode()

    assert ('class="qr"' in page, "还没到签到时间" in page) == (False, True)


@pytest.mark.parametrize(("days", "shown"), [(0, True), (31, False)])
def test_day_page_calls_people_only_around_the_day(desk, shift, days, shown):
    SignupFactory(shift=shift, volunteer__user__phone=PHONE)
    moment = timezone.now() - timedelta(days=days)
    Shift.objects.update(
        starts_at=moment - timedelta(hours=2),
        ends_at=moment - timedelta(hours=1),
        signup_closes_at=moment - timedelta(hours=9),
    )

    page = desk.get(day_url(shift)).content.decode()

    assert (f"tel:{PHONE}" in page) == shown


@pytest.mark.parametrize("text", ["小芗", "xiaoxiang", "lxx", "lin xiao"])
def test_day_page_finds_people_by_name_and_pinyin(desk, shift, text):
    SignupFactory(shift=shift, volunteer__user__display_name="林小芗")
    SignupFactory(shift=shift, volunteer__user__display_name="陈大同")

    page = desk.get(day_url(shift), {"text": text}).content.decode()

    assert ("林小芗" in page, "陈大同" in page) == (True, False)


def test_day_page_asks_as_much_for_one_as_for_three(desk, shift):
    counts = []
    for more in (1, 2):
        for _person in range(more):
            AttendanceFactory(signup=SignupFactory(shift=shift))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(day_url(shift))
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("part", ["", "_code", "_mark", "_end"])
def test_day_pages_are_403_to_who_is_on_the_roll(signed_in, shift, part):
    client = signed_in(SignupFactory(shift=shift).volunteer.user)
    method = client.post if part in {"_mark", "_end"} else client.get

    assert method(day_url(shift, part)).status_code == 403


@pytest.mark.parametrize(("days", "status"), [(9, 200), (11, 404)])
def test_day_page_is_the_leaders_until_ten_days_after(signed_in, shift, days, status):
    leader, activity = UserFactory(), shift.activity
    activity.leaders.add(leader)
    activity.starts_at = timezone.now() - timedelta(days=days + 1)
    activity.ends_at = timezone.now() - timedelta(days=days)
    activity.is_public, activity.state = False, "ended"
    activity.save()

    assert signed_in(leader).get(day_url(shift)).status_code == status


def test_mark_checks_in_and_says_so(desk, shift):
    signup = SignupFactory(shift=shift)

    response = marked(desk, signup, "in")

    assert (response.status_code, response.url) == (302, day_url(shift))
    assert Attendance.objects.get().check_in_method == "roll"
    assert "签到。" in said(response)[0]


def test_mark_with_heads_counts_who_came_along(desk, shift):
    signup = SignupFactory(shift=shift, heads=3)

    marked(desk, signup, "in", heads=2)
    marked(desk, signup, "heads", heads=1)

    assert Attendance.objects.get().heads == 1


def test_mark_sent_again_is_answered_as_done(desk, shift):
    signup, at = SignupFactory(shift=shift), timezone.now()

    answers = [
        marked(desk, signup, "in", JSON, at=at.isoformat()) for _sent in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    first, again = (answer.json() for answer in answers)
    assert (first["done"], first["text"]) == (again["done"], again["text"])
    assert Attendance.objects.get().checked_in_at == at


def test_mark_with_a_time_that_cannot_be_says_so(desk, shift):
    at = timezone.now() + timedelta(hours=1)

    answer = marked(desk, SignupFactory(shift=shift), "in", JSON, at=at.isoformat())

    assert "按收到的时间登记" in answer.json()["text"]


def test_mark_refused_is_said_with_the_row_as_it_is(desk, shift):
    signup = SignupFactory(shift=shift)

    answer = marked(desk, signup, "out", JSON)

    data = answer.json()
    assert (answer.status_code, data["done"]) == (422, False)
    assert data["text"] == "还没有签到，不能签退。"
    assert f'id="signup-{signup.pk}"' in data["row"]


def test_mark_undone_brings_back_who_is_there(desk, shift):
    signup = AttendanceFactory(signup=SignupFactory(shift=shift)).signup
    marked(desk, signup, "out")

    marked(desk, signup, "undo_out")

    assert Attendance.objects.get().checked_out_at is None


def test_mark_undone_takes_a_mistaken_check_in_off_the_counts(desk, shift):
    signup = AttendanceFactory(signup=SignupFactory(shift=shift)).signup

    marked(desk, signup, "undo_in")

    assert "已到 0 人，共 1 人。" in desk.get(day_url(shift)).content.decode()


def test_mark_of_another_shifts_sign_up_is_refused(desk, shift):
    other = SignupFactory(shift=RunningShiftFactory())

    data = {"signup": other.pk, "deed": "in"}
    response = desk.post(day_url(shift, "_mark"), data)

    assert response.status_code == 422
    assert "已不在名单上" in response.content.decode()
    assert not Attendance.objects.exists()


def test_end_of_the_day_checks_out_all_who_are_there(desk, shift):
    AttendanceFactory(signup=SignupFactory(shift=shift))
    SignupFactory(shift=shift)

    response = desk.post(day_url(shift, "_end"))

    assert said(response) == ["已为 1 项报名签退。"]
    assert Attendance.objects.get().checked_out_at is not None
