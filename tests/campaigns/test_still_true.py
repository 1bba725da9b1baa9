"""What was said about whistles, tasks and honours is asked again: does it hold?"""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications.kinds import kind_of
from campaigns.models import Honor, Task, TaskAssignment, Whistle, WhistleResponse
from campaigns.notices import tasks as notices
from core.dates import day_starts_at
from tests.factories.accounts import UserFactory
from tests.factories.honors import HonorFactory
from tests.factories.tasks import TaskAssignmentFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    IssuedWhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
DUE = timezone.make_aware(datetime(2026, 9, 30, 16, 30))
NOW = DUE + timedelta(hours=1)
RUNNING = {
    "clock_minutes": 420,
    "clock_started_at": DUE - timedelta(days=9),
    "due_at": DUE,
}
ISO = "2026-09-30T08:30:00+00:00"
DAY = timedelta(days=1)


def holds(kind, row, slot, now=NOW):
    """Whether what was said of the row in the slot is still true."""
    pair = (row.pk, slot)
    return kind_of(kind).still_true([pair, (0, slot)], now) == {pair}


@pytest.mark.parametrize(
    ("changes", "is_true"),
    [
        pytest.param({}, True, id="nobody asked"),
        pytest.param({"state": "dispatched"}, False, id="dispatched"),
        pytest.param({"due_at": DUE - DAY}, False, id="another due date"),
        pytest.param({"due_at": NOW + DAY}, False, id="more time"),
    ],
)
def test_wait_for_dispatch_holds_until_it_is_over(changes, is_true):
    whistle = IssuedWhistleFactory(**RUNNING)
    Whistle.objects.filter(pk=whistle.pk).update(**changes)

    assert holds("whistle_overdue", whistle, f"{ISO}-2") is is_true


@pytest.mark.parametrize(
    ("changes", "late", "waits"),
    [
        pytest.param({}, True, True, id="asked"),
        pytest.param({"due_at": DUE + DAY}, False, True, id="more time"),
        pytest.param(
            {"state": "accepted", "accepted_at": DUE, "accept_due_at": DUE},
            *(True, False),
            id="accepted",
        ),
        pytest.param({"state": "returned"}, False, False, id="returned"),
        pytest.param({"state": "released"}, False, False, id="released"),
    ],
)
def test_late_answer_holds_until_it_is_given(changes, late, waits):
    response = WhistleResponseFactory(**RUNNING)
    WhistleResponse.objects.filter(pk=response.pk).update(**changes)

    assert holds("whistle_overdue", response, f"{ISO}-1") is late
    assert holds("whistle_asked", response, "7") is waits


@pytest.mark.parametrize(
    ("changes", "is_true"),
    [
        pytest.param({}, True, id="waits"),
        pytest.param({"due_at": DUE + DAY}, False, id="delivered anew"),
        pytest.param({"state": "reopened"}, False, id="reopened"),
        pytest.param({"state": "closed", "ended_at": DUE}, False, id="closed"),
    ],
)
def test_rating_is_awaited_until_the_community_says_its_word(changes, is_true):
    whistle = DeliveredResponseFactory().whistle
    Whistle.objects.filter(pk=whistle.pk).update(**RUNNING)
    Whistle.objects.filter(pk=whistle.pk).update(**changes)

    assert holds("whistle_rating_due", whistle, ISO, DUE - DAY) is is_true
    assert not holds("whistle_rating_due", whistle, ISO, DUE)


@pytest.fixture
def work():
    """Two units with a task due on 30 September."""
    first = TaskAssignmentFactory(task__due_on=date(2026, 9, 30))
    return first, TaskAssignmentFactory(task=first.task)


def finish(*rows):
    pks = [row.pk for row in rows]
    TaskAssignment.objects.filter(pk__in=pks).update(state="verified")


def test_task_is_due_soon_while_something_is_left_to_do(work):
    first, other = work
    task, on_the_day = first.task, day_starts_at(date(2026, 9, 30))

    assert holds("task_due_soon", task, "2026-09-30", on_the_day)
    assert not holds("task_due_soon", task, "2026-09-30", on_the_day + DAY)
    assert not holds("task_due_soon", task, "2026-09-29", on_the_day)
    finish(first, other)
    assert not holds("task_due_soon", task, "2026-09-30", on_the_day)


def test_task_is_overdue_for_the_unit_until_its_own_part_is_done(work):
    first, other = work
    task, later = first.task, day_starts_at(date(2026, 10, 3))
    slots = [f"2026-09-30-{step}-{first.pk}" for step in (1, 2)]
    assert [holds("task_overdue", task, slot, later) for slot in slots] == [True] * 2

    finish(first)
    assert [holds("task_overdue", task, slot, later) for slot in slots] == [False, True]

    finish(other)
    assert not holds("task_overdue", task, slots[1], later)


@pytest.mark.parametrize("is_named", [True, False], ids=["two units", "very many"])
def test_task_of_two_units_is_overdue_for_their_official_until_both_are_done(
    work, monkeypatch, is_named
):
    if not is_named:
        monkeypatch.setattr(notices, "MOST_OF_SLOT", 2)
    first, other = work
    task, later = first.task, day_starts_at(date(2026, 10, 3))
    notices.task_overdue(task, {UserFactory(): work}, step=1, today=later.date())
    slot = Notification.objects.get().slot

    finish(first)
    assert holds("task_overdue", task, slot, later)

    finish(other)
    assert not holds("task_overdue", task, slot, later)


def test_task_is_overdue_no_more_on_another_day_or_when_it_ended(work):
    first, _other = work
    slot, later = f"2026-09-30-2-{first.pk}", day_starts_at(date(2026, 10, 3))
    tasks = Task.objects.filter(pk=first.task_id)

    tasks.update(due_on=date(2026, 10, 1))
    assert not holds("task_overdue", first.task, slot, later)

    tasks.update(due_on=date(2026, 9, 30), state="withdrawn")
    assert not holds("task_overdue", first.task, slot, later)


def test_check_of_an_honour_is_due_until_it_was_done():
    honor = HonorFactory(awarded=True)
    day = day_starts_at(date(2027, 5, 1))

    assert holds("honor_check_due", honor, "2027-05-14", day)

    Honor.objects.filter(pk=honor.pk).update(check_due_on=date(2028, 5, 14))
    assert not holds("honor_check_due", honor, "2027-05-14", day)


@pytest.mark.parametrize("count", [1, 3])
def test_kinds_are_asked_with_a_fixed_number_of_queries(
    count, django_assert_num_queries
):
    pairs = [(n, f"2026-09-30-1-{n}") for n in range(count)]
    kinds = {"whistle_overdue": 2, "whistle_rating_due": 1, "task_overdue": 1}
    kinds |= {"task_due_soon": 1, "honor_check_due": 1, "whistle_asked": 1}

    for code, number in kinds.items():
        with django_assert_num_queries(number):
            kind_of(code).still_true(pairs, NOW)
