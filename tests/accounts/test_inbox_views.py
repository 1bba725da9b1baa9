"""A person's messages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from tests.factories.accounts import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
INBOX = reverse("accounts:inbox")


def open_url(message):
    return reverse("accounts:notification_open", args=[message.pk])


@pytest.fixture
def reader(db):
    """Who reads."""
    return UserFactory()


@pytest.fixture
def own(signed_in, reader):
    """A client signed in as the reader."""
    return signed_in(reader)


def titles(response):
    return [message.title for message in response.context["page"]]


def test_inbox_shows_ones_own_messages_the_latest_first(own, reader):
    for title in ("一", "二"):
        NotificationFactory(recipient=reader, title=title)
    NotificationFactory(title="给别人的")

    assert titles(own.get(INBOX)) == ["二", "一"]


def test_inbox_without_messages_says_so(own):
    assert "还没有消息" in own.get(INBOX).content.decode()


@pytest.mark.parametrize(
    ("page", "count"),
    [("1", 25), ("2", 5), ("abc", 25), ("-1", 5), ("9" * 30, 5), ("", 25)],
)
def test_inbox_pages_take_any_number(page, count, own, reader):
    NotificationFactory.create_batch(30, recipient=reader)

    assert len(titles(own.get(INBOX, {"page": page}))) == count


def test_inbox_shows_text_as_text(own, reader):
    NotificationFactory(recipient=reader, body="<script>alert(1)</script>\n第二行")

    page = own.get(INBOX).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>第二行" in page


def test_header_counts_unread_messages(own, reader):
    NotificationFactory.create_batch(2, recipient=reader)
    NotificationFactory()

    response = own.get(INBOX)

    assert response.context["unread_count"] == 2
    assert response.content.decode().count("list-row--unread") == 2


def test_notification_open_marks_it_read_and_goes_there(own, reader):
    message = NotificationFactory(recipient=reader, path="/shifts/7/")

    response = own.post(open_url(message))

    assert response.url == "/shifts/7/"
    assert own.get(INBOX).context["unread_count"] == 0


def test_notification_open_again_keeps_the_first_reading(own, reader):
    message = NotificationFactory(recipient=reader)
    own.post(open_url(message))
    read_at = Notification.objects.get().read_at

    response = own.post(open_url(message))

    assert (response.url, Notification.objects.get().read_at) == (INBOX, read_at)


def test_notification_open_of_a_stranger_is_404(own):
    message = NotificationFactory()

    assert own.post(open_url(message)).status_code == 404

    assert Notification.objects.get().read_at is None


def test_inbox_read_marks_ones_own_alone(own, reader):
    NotificationFactory.create_batch(2, recipient=reader)
    other = NotificationFactory()

    response = own.post(reverse("accounts:inbox_read"))

    assert response.url == INBOX
    assert list(Notification.objects.unread()) == [other]


def test_inbox_shows_the_unread_ones_alone_when_asked(own, reader):
    for title, read_at in (("一", None), ("二", timezone.now())):
        NotificationFactory(recipient=reader, title=title, read_at=read_at)

    assert titles(own.get(INBOX, {"show": "unread"})) == ["一"]


def test_inbox_without_unread_messages_says_so(own, reader):
    NotificationFactory(recipient=reader, read_at=timezone.now())

    assert "没有未读消息" in own.get(INBOX, {"show": "unread"}).content.decode()


@pytest.mark.parametrize("state", ["due", "folded", "stale"])
def test_inbox_shows_what_waits_or_was_folded_at_once(state, own, reader):
    shown = NotificationFactory(recipient=reader, outbox_state=state)
    NotificationFactory(recipient=reader, outbox_state=state, is_shown=False)

    assert list(own.get(INBOX).context["page"]) == [shown]


@pytest.mark.parametrize(
    ("posted", "query"),
    [
        ({}, ""),
        ({"page": "2", "show": "unread"}, "?page=2&show=unread"),
        ({"page": "x", "show": "//evil.example", "next": "/admin/"}, ""),
    ],
    ids=["plain", "page and filter", "anything else"],
)
def test_notification_read_marks_it_and_stays(posted, query, own, reader):
    message = NotificationFactory(recipient=reader, path="/shifts/7/")

    response = own.post(f"{open_url(message)}read/", posted)

    assert response.url == INBOX + query
    assert not Notification.objects.unread().exists()


def test_notification_read_of_a_stranger_is_404(own):
    message = NotificationFactory()

    assert own.post(f"{open_url(message)}read/").status_code == 404

    assert Notification.objects.unread().exists()


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_asks_a_fixed_number_of_queries(
    count, own, reader, django_assert_num_queries
):
    NotificationFactory.create_batch(count, recipient=reader)

    with django_assert_num_queries(6):
        own.get(INBOX)


def test_inbox_of_the_anonymous_asks_to_sign_in(client):
    assert client.get(INBOX).url == f"/accounts/login/?next={INBOX}"


def test_inbox_writes_only_by_post(own, reader):
    message = NotificationFactory(recipient=reader)

    answers = [own.get(url) for url in (open_url(message), f"{INBOX}read/")]

    assert [answer.status_code for answer in answers] == [405, 405]
