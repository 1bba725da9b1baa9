"""What the clock does to tasks: recalls them before the day, goes up after it."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.notifications.kind_settings import is_on, leads_of
from campaigns.models import Task, TaskAssignment
from campaigns.notices import tasks as notices
from campaigns.queries.task_people import office_people
from communities.permissions import Permission, has_permission
from communities.queries.officials import responsible_officials

DAY = timedelta(days=1)
AWAKE_HOURS = range(8, 21)
OWN, SUPERIOR, ISSUER = 1, 2, 3


def escalate_overdue_tasks(*, now: datetime) -> int:
    """Recall tasks that are due soon, and tell of overdue ones, step by step.

    Nothing is said at night. Safe to run twice: a recall is said once for each due
    date, a step is claimed under the lock of its row. Returns how many steps were
    told. Source: issue 4, "overdue goes up"; PRODUCT section 4, Reminders.
    """
    if timezone.localtime(now).hour not in AWAKE_HOURS:
        return 0
    today = timezone.localdate(now)
    if is_on("task_due_soon"):
        _recall(today)
    if not is_on("task_overdue"):
        return 0
    late = Task.objects.issued().filter(
        due_on__lt=today,
        assignments__state__in=TaskAssignment.OPEN_STATES,
        assignments__overdue_step__lt=ISSUER,
    )
    numbers = late.order_by("pk").values_list("pk", flat=True).distinct()
    return sum(_escalate(pk, today) for pk in list(numbers))


def _recall(today: date) -> None:
    """Recall each task once, to those who had it before the recall was due."""
    [days] = leads_of("task_due_soon")
    soon = Task.objects.issued().filter(
        due_on__gte=today, due_on__lte=today + days * DAY
    )
    for task in soon.order_by("pk"):
        first = timezone.make_aware(
            datetime.combine(task.due_on - days * DAY, datetime.min.time())
        )
        rows = task.assignments.open().filter(assigned_at__lt=first)
        with transaction.atomic():
            rows = list(rows.select_related("organization").order_by("pk"))
            notices.task_due_soon(task, rows)


@transaction.atomic
def _escalate(pk: int, today: date) -> int:
    task = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if task.state != Task.State.ISSUED or task.due_on >= today:
        return 0
    rows = task.assignments.open().filter(overdue_step__lt=ISSUER)
    rows = rows.select_for_update(of=("self",)).select_related("organization")
    told = 0
    for step, late in _claimed(task, list(rows.order_by("pk")), today).items():
        people = _people(task, step, late)
        notices.task_overdue(task, people, step=step, today=today)
        told += len(late)
    return told


def _claimed(
    task: Task, rows: list[TaskAssignment], today: date
) -> dict[int, list[TaskAssignment]]:
    """The steps that are due, each claimed on its rows, which are told in it."""
    [days] = leads_of("task_overdue")
    superiors = responsible_officials([row.organization for row in rows], above=True)
    told: dict[int, list[TaskAssignment]] = defaultdict(list)
    for row in rows:
        row.task = task
        before = row.overdue_step
        while row.overdue_step < ISSUER and today >= _day_of_next(row, days):
            step = row.overdue_step + 1
            if step == SUPERIOR and not superiors[row.organization_id]:
                step = ISSUER  # nobody above: who issued it hears at once
            row.overdue_step = step
            told[step].append(row)
        if row.overdue_step != before:
            row.save(update_fields=["overdue_step"])
    return dict(sorted(told.items()))


def _day_of_next(row: TaskAssignment, days: int) -> date:
    """From which day the next step is due; late comers get their own days."""
    since = max(row.task.due_on, timezone.localdate(row.assigned_at))
    return since + DAY + row.overdue_step * days * DAY


def _people(
    task: Task, step: int, rows: list[TaskAssignment]
) -> dict[User, list[TaskAssignment]]:
    people: dict[User, list[TaskAssignment]] = defaultdict(list)
    if step == ISSUER:
        for user in {*office_people(), *_issuer(task)}:
            people[user] = rows
        return people
    officials = responsible_officials(
        [row.organization for row in rows], above=step == SUPERIOR
    )
    for row in rows:
        for user in officials[row.organization_id]:
            people[user].append(row)
    return people


def _issuer(task: Task) -> list[User]:
    """Who issued it, while they still hand out tasks."""
    user = task.issued_by
    still = has_permission(user, Permission.TASK_ASSIGN)
    return [user] if still else []
