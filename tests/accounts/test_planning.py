"""Reminders in bulk: one statement, each said once, nothing forgotten."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone

from accounts.models import Notification, User
from accounts.notifications import planning
from accounts.notifications.planning import Said, notify_selected
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def said(**values):
    words = {
        "title": "标题",
        "body": "正文 100%",
        "path": "/shifts/7/",
        "slot": "T-3",
        "due_at": NOW,
    }
    return Said(**words | values)


def plan(said_of, *, kind="test"):
    """Tell each person something about themselves, since they exist."""
    rows = User.objects.annotate(object=models.F("pk"), key=models.F("pk"))
    return notify_selected(
        kind=kind,
        object_type="accounts.User",
        rows=rows.values_list("pk", "object", "key", "date_joined"),
        said=said_of,
        now=NOW,
    )


@pytest.fixture
def person(db):
    return UserFactory(date_joined=NOW - timedelta(days=1))


def test_notify_selected_writes_every_column(person):
    until = NOW + timedelta(hours=6)

    assert plan({person.pk: said(expires_at=until, title="长" * 130)}) == 1

    [row] = Notification.objects.values()
    del row["id"]
    assert row == {
        "recipient_id": person.pk,
        "kind": "test",
        "object_type": "accounts.User",
        "object_id": person.pk,
        "slot": "T-3",
        "title": "长" * 120,
        "body": "正文 100%",
        "path": "/shifts/7/",
        "created_at": NOW,
        "due_at": NOW,
        "expires_at": until,
        "read_at": None,
        "is_shown": True,
        "outbox_state": "due",
        "counted_on": None,
        "digest_id": None,
    }


def test_notify_selected_knows_a_value_for_each_column_that_needs_one():
    given = {"recipient", "object_id", "kind", "object_type", "created_at"}
    given |= set(planning._SAID)

    needed = {
        field.name
        for field in Notification._meta.local_concrete_fields
        if not (field.primary_key or field.null or field.get_default() is not None)
    }

    assert needed <= given


def test_notify_selected_keeps_stale_ones_out_of_sight(person):
    assert plan({person.pk: said(state="stale")}) == 1

    row = Notification.objects.get()
    assert (row.outbox_state, row.is_shown, row.read_at) == ("stale", False, NOW)
    assert not Notification.objects.visible_to(person).exists()


def test_notify_selected_again_writes_nothing(person):
    counts = [plan({person.pk: said()}) for _run in range(2)]

    assert (counts, Notification.objects.count()) == ([1, 0], 1)


def test_notify_selected_leaves_out_who_came_later_or_is_not_spoken_of(person):
    UserFactory(date_joined=NOW - timedelta(days=1))
    late = UserFactory(date_joined=NOW + timedelta(seconds=1))

    assert plan({person.pk: said(), late.pk: said()}) == 1

    assert Notification.objects.get().recipient == person


@pytest.mark.parametrize("count", [1, 3])
def test_notify_selected_asks_one_statement_for_each_chunk(
    person, count, monkeypatch, django_assert_num_queries
):
    people = [person, *UserFactory.create_batch(2, date_joined=person.date_joined)]
    monkeypatch.setattr(planning, "CHUNK", count)

    with django_assert_num_queries(3 // count):
        assert plan({one.pk: said() for one in people}) == 3


@pytest.mark.parametrize(
    ("state", "again", "bells"), [("due", False, 1), ("due", True, 0), ("stale", 0, 0)]
)
def test_notify_selected_rings_only_for_new_rows_to_send(
    person, state, again, bells, django_capture_on_commit_callbacks
):
    if again:
        plan({person.pk: said(state=state)})

    with django_capture_on_commit_callbacks() as callbacks:
        plan({person.pk: said(state=state)})

    assert len(callbacks) == bells


def test_notify_selected_refuses_a_kind_nobody_registered(person):
    with pytest.raises(LookupError):
        plan({person.pk: said()}, kind="nonsense")
