"""The calendar of shifts: month and week, filters, so many a day."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory

pytestmark = pytest.mark.django_db
CALENDAR = reverse("volunteers:shift_calendar")


def at(day, hour=9, minute=0):
    return timezone.make_aware(datetime(2099, 5, day, hour, minute))


@pytest.fixture
def activity():
    return ActivityFactory(state="published", title="古街引导", starts_at=at(1))


def shift_on(day, hour=9, minute=0, **values):
    return ShiftFactory(starts_at=at(day, hour, minute), **values)


def asked(client, **query):
    return client.get(CALENDAR, {"day": "2099-05-15"} | query)


def busy_days(response):
    return {
        day.date.day: [entry.clock for entry in day.entries]
        for day in response.context["calendar"].days
        if day.total
    }


def test_month_puts_each_shift_on_its_day_in_beijing(client, activity):
    for day, hour, minute in ((3, 0, 10), (3, 23, 50), (4, 9, 0)):
        shift_on(day, hour, minute, activity=activity)

    response = asked(client)

    assert busy_days(response) == {3: ["00:10", "23:50"], 4: ["09:00"]}
    assert response.context["calendar"].title == "2099年5月"


def test_month_consists_of_whole_weeks_from_monday(client):
    weeks = asked(client).context["calendar"].weeks

    assert [len(week) for week in weeks] == [7] * 5
    assert (weeks[0][0].date, weeks[-1][-1].date) == (
        date(2099, 4, 27),
        date(2099, 5, 31),
    )
    assert [day.is_outside for day in weeks[0]] == [True] * 4 + [False] * 3


def test_this_month_starts_with_this_week_and_offers_no_way_to_itself(client):
    with time_machine.travel(at(15), tick=False):
        response = asked(client)

    assert response.context["calendar"].weeks[0][0].date == date(2099, 5, 11)
    assert (
        "本月" in response.content.decode(),
        "下个月" in response.content.decode(),
    ) == (
        False,
        True,
    )


def test_week_shows_the_week_of_the_day(client, activity):
    shift_on(11, activity=activity)
    shift_on(18, activity=activity)

    response = asked(client, view="week")

    assert busy_days(response) == {11: ["09:00"]}
    assert response.context["calendar"].title == "2099年5月11日至5月17日"


def test_a_full_day_shows_the_first_and_how_many_more(client, activity):
    for hour in (8, 9, 10, 11, 12):
        shift_on(5, hour, activity=activity)

    response = asked(client, pillar=activity.pillar.code)

    assert busy_days(response) == {5: ["08:00", "09:00", "10:00"]}
    page = response.content.decode()
    assert "还有 2 个" in page
    assert f"/shifts/?pillar={activity.pillar.code}&amp;date=2099-05-05" in page


def test_calendar_keeps_to_the_filters(client, activity):
    shift_on(5, 9, activity=activity)
    shift_on(5, 19, activity=activity)

    assert busy_days(asked(client, time="evening")) == {5: ["19:00"]}


def test_calendar_shows_what_is_ones_own_and_what_is_full(signed_in, activity):
    person = VolunteerFactory()
    SignupFactory(volunteer=person, shift=shift_on(5, activity=activity))
    shift_on(6, activity=activity, capacity=1, taken=1)

    days = asked(signed_in(person.user)).context["calendar"].days

    assert [entry.note for day in days for entry in day.entries] == ["已报名", "已满"]


def test_calendar_without_shifts_leads_on(client):
    assert "这段时间没有符合条件的班次" in asked(client).content.decode()


def test_calendar_of_the_past_leads_no_further_back(client):
    today = timezone.localdate()

    now = client.get(CALENDAR).context["calendar"]
    later = asked(client).context["calendar"]

    assert (now.before, later.before) == (None, date(2099, 4, 1))
    assert now.after == (today.replace(day=1) + timedelta(days=31)).replace(day=1)


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
@pytest.mark.parametrize("view", ["month", "week"])
def test_calendar_stays_within_the_years_it_knows(day, view, client):
    assert asked(client, day=day, view=view).status_code == 200


@pytest.mark.parametrize("query", [{"day": "2099-13-01"}, {"view": "year"}])
def test_calendar_names_what_is_wrong_with_a_query(query, client):
    page = asked(client, **query).content.decode()

    assert "form-errors" in page


def test_calendar_comes_as_a_fragment_to_htmx(client, activity):
    shift = shift_on(5, activity=activity)

    response = client.get(
        CALENDAR, {"day": "2099-05-01"}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert ("<html" in page, shift.get_absolute_url() in page) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_asks_a_fixed_number_of_queries(
    count, signed_in, activity, django_assert_num_queries
):
    person = VolunteerFactory()
    for day in range(1, count + 1):
        SignupFactory(volunteer=person, shift=shift_on(day, activity=activity))
    client = signed_in(person.user)

    with django_assert_num_queries(7):
        assert len(busy_days(asked(client))) == count
