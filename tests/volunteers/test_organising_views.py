"""The organiser's pages: who gives way, several shifts, rules, posts, messages."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories.campaigns import ActivityFactory
from tests.factories.organising import (
    LongActivityFactory,
    ShiftMessageFactory,
    ShiftPostFactory,
    ShiftRuleFactory,
)
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import apply_rule, cancel_signup
from volunteers.models import Companion, SignupGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(organization):
    """A published activity of four weeks of `organization`."""
    return LongActivityFactory(organization=organization, place="示例广场")


@pytest.fixture
def shift(activity):
    """A shift of `activity` in five days, with two places."""
    return ShiftFactory(activity=activity, starts_at=timezone.now() + timedelta(days=5))


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


def url_of(name, row):
    return reverse(f"volunteers:{name}", args=[row.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def filled(client, url, **values):
    """What the form on the page is posted with, `values` changed."""
    form = client.get(url).context["form"]
    data = {}
    for field in form:
        if (value := field.value()) is None or value is False:
            continue
        if isinstance(value, datetime):
            value = f"{value:%Y-%m-%dT%H:%M}"
        data[field.html_name] = value
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = value
    return data | values


def test_shift_edit_below_the_places_taken_lists_who_could_give_way(desk, shift):
    first, second = SignupFactory.create_batch(2, shift=shift)
    url = url_of("shift_edit", shift)
    data = filled(desk, url, capacity=1)

    asked = desk.post(url, data)
    listed = list(asked.context["giving_way"].fields["moved"].queryset)
    chosen = desk.post(url, data | {"gives_way": "chosen", "moved": [first.pk]})

    assert (asked.status_code, listed) == (422, [second, first])
    assert said(chosen) == ["班次已修改。"]
    assert list(shift.signups.waitlisted()) == [first]


def test_shift_edit_with_a_stale_choice_shows_the_list_renewed(desk, shift):
    first, second = SignupFactory.create_batch(2, shift=shift)
    url = url_of("shift_edit", shift)
    data = filled(desk, url, capacity=1, gives_way="chosen", moved=[first.pk])
    cancel_signup(signup=first, by=first.volunteer.user, now=timezone.now())
    shift.refresh_from_db()
    SignupFactory(shift=shift)

    response = desk.post(url, data)

    assert response.status_code == 422
    assert "名单刚刚有变化" in response.content.decode()
    listed = response.context["giving_way"].fields["moved"].queryset
    assert (second in listed, first in listed) == (True, False)


def series(**values):
    day = timezone.localdate() + timedelta(days=3)
    return {
        "title": "值守",
        "place": "示例广场",
        "day": day.isoformat(),
        "capacity": "3",
        "waitlist_capacity": "0",
        "closes_hours": "0",
        "times": "09:00-11:00\n22:30—01:00",
        **values,
    }


def test_shift_series_is_shown_first_and_saved_once(desk, activity):
    url = url_of("shift_series_create", activity)

    shown = desk.post(url, series(save="1"))
    sent = series(save="1", seen=shown.context["seen"])
    assert (shown.status_code, activity.shifts.count()) == (200, 0)
    answers = [desk.post(url, sent) for _click in range(2)]

    assert [said(answer)[-1] for answer in answers] == [
        "已添加 2 个班次。",
        "已添加 0 个班次，2 个原已存在。",
    ]
    night = activity.shifts.last()
    assert night.ends_at - night.starts_at == timedelta(hours=2, minutes=30)


def test_shift_series_changed_after_the_preview_is_shown_again(desk, activity):
    url = url_of("shift_series_create", activity)
    seen = desk.post(url, series()).context["seen"]

    response = desk.post(url, series(save="1", seen=seen, times="08:00-10:00"))

    assert (len(response.context["rows"]), activity.shifts.count()) == (1, 0)


def test_shift_series_by_start_length_and_pause(desk, activity):
    url = url_of("shift_series_create", activity)
    even = {"times": "", "first": "09:00", "length": 60, "pause": 30, "count": 3}

    rows = desk.post(url, series(**even)).context["rows"]

    starts = [timezone.localtime(shift.starts_at) for shift, _is_there in rows]
    assert [f"{start:%H:%M}" for start in starts] == ["09:00", "10:30", "12:00"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"times": "九点到十点"}, "times", id="no time"),
        pytest.param({"times": "", "first": ""}, "first", id="neither"),
        pytest.param({"minimum": "4"}, "minimum", id="more than places"),
        pytest.param({"title": "联系13800001234"}, "title", id="a number"),
    ],
)
def test_shift_series_names_the_field_in_error(values, field, desk, activity):
    data = series(length="60", count="1") | values

    response = desk.post(url_of("shift_series_create", activity), data)

    assert (response.status_code, field in response.context["form"].errors) == (
        422,
        True,
    )


def test_shift_series_copy_is_shown_first_and_saved(desk, activity, shift):
    url = url_of("shift_series_copy", activity)
    day = timezone.localdate(shift.starts_at)
    to = [(day + timedelta(days=n)).isoformat() for n in (1, 2)]
    data = {"day": day.isoformat(), "to": to}

    shown = desk.post(url, data)
    response = desk.post(url, data | {"save": "1", "seen": shown.context["seen"]})

    assert [is_there for _shift, is_there in shown.context["rows"]] == [False, False]
    assert said(response) == ["已添加 2 个班次。"]
    assert activity.shifts.count() == 3


def rule_data(activity, **values):
    day = timezone.localdate(activity.starts_at)
    return {
        "title": "值守",
        "weekdays": ["1", "4"],
        "starts_time": "09:00",
        "ends_time": "11:00",
        "from_on": (day + timedelta(days=7)).isoformat(),
        "until_on": (day + timedelta(days=20)).isoformat(),
        "place": "示例广场",
        "capacity": "3",
        "minimum": "1",
        "waitlist_capacity": "0",
        "closes_hours": "12",
        **values,
    }


def test_shift_rule_create_makes_its_shifts(desk, activity):
    url = url_of("shift_rule_create", activity)

    response = desk.post(url, rule_data(activity))

    assert "新增 4 个班次" in said(response)[0]
    rule = activity.shift_rules.get()
    assert (rule.weekdays, rule.shifts.count()) == ("14", 4)
    assert desk.get(response.url).status_code == 200


def test_shift_rule_in_a_year_without_calendar_says_so(desk, organization):
    start = timezone.make_aware(datetime(2098, 12, 1))
    activity = ActivityFactory(
        organization=organization,
        state="published",
        starts_at=start,
        ends_at=start + timedelta(days=60),
    )
    data = rule_data(activity, skips_holidays="on")

    response = desk.post(url_of("shift_rule_create", activity), data)

    assert response.status_code == 422
    assert "放假调休安排" in response.content.decode()
    assert activity.shift_rules.count() == 0


def test_shift_rule_edit_changes_what_was_changed_on_the_page(desk, activity):
    rule = ShiftRuleFactory(activity=activity)
    apply_rule(rule=rule, now=timezone.now())
    url = url_of("shift_rule_edit", rule)
    data = filled(desk, url, capacity=9)
    rule.place = "别人改的地点"
    rule.save()

    desk.post(url, data)

    rule.refresh_from_db()
    assert (rule.capacity, rule.place) == (9, "别人改的地点")
    assert set(rule.shifts.values_list("capacity", flat=True)) == {9}


def test_shift_rule_detail_says_what_stays_as_it_is_and_why(desk, activity):
    rule = ShiftRuleFactory(activity=activity)
    apply_rule(rule=rule, now=timezone.now())
    held, by_hand, *_rest = rule.shifts.order_by("-starts_at")
    SignupFactory(shift=held)
    by_hand.place = "示例东门"
    by_hand.save()
    rule.capacity = 3
    rule.title = "新名称"
    rule.save()

    page = desk.get(url_of("shift_rule_detail", rule)).content.decode()

    assert page.count("已有人报名，保持不变") == 1
    assert "单独修改过" in page


def test_shift_rule_end_stops_the_rule(desk, activity):
    rule = ShiftRuleFactory(activity=activity)

    response = desk.post(url_of("shift_rule_end", rule))

    rule.refresh_from_db()
    assert (rule.state, said(response)) == (
        "ended",
        ["排班规则已停止，已有的班次不变。"],
    )


def test_post_list_adds_a_post(desk, shift):
    url = url_of("post_list", shift)

    response = desk.post(url, {"title": "测温", "skill": "", "capacity": "4"})

    assert said(response) == ["岗位已添加。"]
    shift.refresh_from_db()
    assert shift.capacity == 4
    page = desk.get(url_of("shift_edit", shift))
    assert page.context["form"].fields["capacity"].disabled


def test_post_edit_below_the_places_taken_lists_its_own_people(desk, shift):
    post, other = ShiftPostFactory(shift=shift), ShiftPostFactory(shift=shift)
    shift.capacity = 4
    held = SignupFactory(shift=shift, post=post)
    SignupFactory(shift=shift, post=other)
    for row in (post, other):
        row.taken = 1
        row.save()
    url = url_of("post_edit", post)
    data = filled(desk, url, capacity=0)

    asked = desk.post(url, data)
    listed = list(asked.context["giving_way"].fields["moved"].queryset)
    done = desk.post(url, data | {"gives_way": "latest"})

    assert listed == [held]
    assert said(done) == ["岗位已修改。"]
    assert list(shift.signups.waitlisted()) == [held]


def test_shift_message_create_sends_and_keeps_a_history(desk, shift):
    SignupFactory(shift=shift)
    url = url_of("shift_message_create", shift)

    response = desk.post(url, {"text": "请带雨衣。"})

    assert said(response) == ["已通知 1 人。"]
    assert "请带雨衣。" in desk.get(url).content.decode()


def test_shift_message_create_refuses_a_telephone_number(desk, shift):
    SignupFactory(shift=shift)
    data = {"text": "找小王，13800001234"}

    response = desk.post(url_of("shift_message_create", shift), data)

    assert (response.status_code, shift.messages.count()) == (422, 0)


def test_shift_roll_names_companions_and_posts(desk, shift):
    shift.capacity = 5
    group = SignupGroup.objects.create(
        shift=shift, contact=SignupFactory(shift=shift).volunteer, kind="family"
    )
    held = shift.signups.get()
    held.group, held.heads = group, 3
    held.post = ShiftPostFactory(shift=shift, title="测温")
    held.save()
    Companion.objects.create(group=group, name="小明", consented_at=timezone.now())
    Companion.objects.create(group=group)

    page = desk.get(url_of("shift_roll", shift)).content.decode()

    assert ("小明、待本人确认" in page, "测温" in page) == (True, True)


def test_activity_shifts_tell_the_organiser_alone_who_is_lacking(desk, client, shift):
    shift.minimum = 2
    shift.save()
    url = url_of("activity_shifts", shift.activity)

    pages = [who.get(url).content.decode() for who in (desk, client)]

    assert ["人手不足" in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("post_list", 8),
        ("shift_message_create", 8),
        ("shift_rule_detail", 8),
        ("shift_cancel", 9),
    ],
)
def test_organising_lists_ask_as_much_for_three_rows_as_for_one(
    name, count, desk, activity, shift, django_assert_num_queries
):
    rule = ShiftRuleFactory(activity=activity)
    url = url_of(name, rule if "rule" in name else shift)

    def add_row(number):
        ShiftPostFactory(shift=shift)
        ShiftMessageFactory(shift=shift)
        SignupFactory(shift=shift)
        ShiftFactory(
            activity=activity,
            starts_at=timezone.now() + timedelta(days=number),
            rule=rule,
            rule_on=date(2026, 1, number),
        )

    shift.capacity = 9
    add_row(1)
    desk.get(url)
    with django_assert_num_queries(count):
        desk.get(url)
    add_row(2), add_row(3)
    with django_assert_num_queries(count):
        desk.get(url)
