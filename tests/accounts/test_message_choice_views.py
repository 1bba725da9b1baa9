"""The page on which a person chooses which messages they get."""

from datetime import time

import pytest
from django.urls import reverse

from accounts.models import ChannelChoice, QuietHours
from tests.factories.accounts import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:message_choices")
SOUND = {
    "shown": ["shift_reminder", "place_offered"],
    "on": ["place_offered:mail"],
    "is_quiet": "on",
    "from_time": "22:30",
    "until_time": "07:00",
}


@pytest.fixture
def person(db):
    """Who chooses."""
    return UserFactory()


@pytest.fixture
def own(signed_in, person):
    """A client signed in as the person."""
    return signed_in(person)


def choices():
    rows = ChannelChoice.objects.order_by("pk")
    return list(rows.values_list("kind", "channel", "is_on"))


def test_message_choices_shows_what_holds(own, person):
    ChannelChoice.objects.create(
        user=person, kind="shift_reminder", channel="mail", is_on=False
    )

    page = own.get(PAGE).content.decode()

    assert 'value="shift_reminder:mail">' in page
    assert 'value="place_offered:mail" checked>' in page
    assert 'value="21:00"' in page
    assert 'value="08:00"' in page
    assert 'value="shift_cancelled' not in page
    assert "<li>班次取消</li>" in page
    # What units alone are told of, among what always arrives too.
    assert "<li>吹哨撤回</li>" not in page


def test_message_choices_stores_and_says_what_changed(own):
    response = own.post(PAGE, SOUND, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "已保存 2 项改动。" in response.content.decode()
    assert choices() == [("shift_reminder", "mail", False)]
    assert QuietHours.objects.get().from_time == time(22, 30)


def test_message_choices_again_says_that_nothing_changed(own):
    own.post(PAGE, SOUND)

    response = own.post(PAGE, SOUND, follow=True)

    assert "没有改动。" in response.content.decode()


def test_message_choices_leaves_what_the_page_did_not_show(own):
    own.post(PAGE, SOUND | {"shown": ["place_offered"]})

    assert choices() == []


def test_message_choices_keeps_the_times_when_quiet_hours_go_off(own):
    own.post(PAGE, SOUND)

    own.post(PAGE, {"shown": SOUND["shown"], "on": SOUND["on"]})

    hours = QuietHours.objects.get()
    assert (hours.is_on, hours.from_time) == (False, time(22, 30))


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ["shift_reminder:pigeon"]},
        {"on": ["shift_reminder:sms"]},
        {"on": ["shift_reminder:file"]},
        {"on": ["shift_cancelled:mail"]},
        {"shown": ["shift_cancelled"]},
        {"shown": ["task_assigned"]},
        {"from_time": "25:00"},
        {"from_time": ""},
        {"from_time": "07:00"},
    ],
    ids=str,
)
def test_message_choices_refuses_what_is_not_offered(wrong, own):
    response = own.post(PAGE, SOUND | wrong)

    assert response.status_code == 422
    assert 'value="shift_reminder:mail">' in response.content.decode()
    assert (choices(), QuietHours.objects.count()) == ([], 0)


def test_message_choices_says_that_mail_has_nowhere_to_go(signed_in):
    page = signed_in(UserFactory(email="")).get(PAGE).content.decode()

    assert "账号里没有邮箱" in page


@pytest.mark.parametrize("count", [1, 3])
def test_message_choices_asks_a_fixed_number_of_queries(
    count, own, person, django_assert_num_queries
):
    for kind in ("wish_claimed", "need_claimed", "task_assigned")[:count]:
        NotificationFactory(recipient=person, kind=kind)

    with django_assert_num_queries(9):
        own.get(PAGE)


def test_message_choices_leads_to_the_robot_where_there_are_robots(own, settings):
    settings.CHAT_ROBOTS = True

    page = own.get(PAGE).content.decode()

    assert reverse("accounts:chat_robot") in page
    assert "shift_reminder:robot" not in page
