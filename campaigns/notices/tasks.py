"""Messages about tasks: to whom, which words, which link.

A person who answers for several organisations is told once, about all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify
from accounts.notifications.texts import fill, words_of
from campaigns.models import Activity, Task, TaskAssignment
from communities.models import Organization
from communities.queries.officials import responsible_officials
from core.dates import day_starts_at, day_text

NAMED = 3
# Characters for numbers of rows in a slot, beside the date and the step.
MOST_OF_SLOT = 45

Assignments = Collection[TaskAssignment]


def task_assigned(task: Task, assignments: Assignments) -> None:
    """Tell who answers for each organisation what was handed to it."""
    _say(
        task,
        _by_person(assignments),
        kind="task_assigned",
        title=_("新任务：%(task)s"),
        body=_("%(names)s有新任务“%(task)s”，请于%(day)s前完成。"),
    )


def task_changed(task: Task, assignments: Assignments, *, due_before: date) -> None:
    """Tell those who still have it to do that its words or its day are others now."""
    if task.due_on == due_before:
        body = _("任务“%(task)s”的内容有修改，请打开查看。期限仍为%(day)s。")
    else:
        body = _("任务“%(task)s”的期限改为%(day)s。")
    _say(
        task,
        _by_person(assignments),
        kind="task_changed",
        title=_("任务有变更：%(task)s"),
        body=body,
    )


def task_over(task: Task, assignments: Assignments, *, reason: str) -> None:
    """Tell those who still had it to do that they need not any more, and why."""
    if task.state == Task.State.CANCELLED:
        title, body = (
            _("任务已取消：%(task)s"),
            _("任务“%(task)s”已取消，理由：%(reason)s。"),
        )
    else:
        title = _("任务已结束：%(task)s")
        body = _("任务“%(task)s”已结束，不再办理，理由：%(reason)s。")
    _say(
        task,
        _by_person(assignments),
        kind="task_over",
        title=title,
        body=body,
        reason=reason.rstrip("。"),
    )


def assignment_taken_away(assignment: TaskAssignment, *, reason: str) -> None:
    """Tell the organisation that another one goes on with the task."""
    _say(
        assignment.task,
        _by_person([assignment]),
        kind="task_taken_away",
        title=_("任务已改派：%(task)s"),
        body=_(
            "%(names)s的任务“%(task)s”已改派给其他党组织，理由：%(reason)s。"
            "已填报的进展和关联的活动仍然保留。"
        ),
        reason=reason.rstrip("。"),
    )


def assignment_reopened(assignment: TaskAssignment, activity: Activity) -> None:
    """Tell the organisation that an activity it counted on is missing again."""
    _say(
        assignment.task,
        _by_person([assignment]),
        kind="task_reopened",
        title=_("任务须继续办理：%(task)s"),
        body=_(
            "活动“%(activity)s”%(state)s，%(names)s的任务“%(task)s”应办活动数不足，"
            "已恢复为办理中。"
        ),
        activity=activity.title,
        state=activity.get_state_display(),
    )


def task_due_soon(task: Task, assignments: Assignments) -> None:
    """Recall, once for each due date, what is still to be done."""
    title, body = words_of("task_due_soon")
    _say(
        task,
        _by_person(assignments),
        kind="task_due_soon",
        slot=task.due_on.isoformat(),
        title=title,
        body=body,
        expires_at=day_starts_at(task.due_on + timedelta(days=1)),
    )


def task_overdue(
    task: Task, people: Mapping[User, Assignments], *, step: int, today: date
) -> None:
    """Tell people of one step that organisations are late; the caller claims the step.

    Step 1 is the organisation's own official, 2 the superior's, 3 the issuer's.
    """
    title, body = words_of("task_overdue", "own" if step == 1 else "above")
    for user, rows in people.items():
        _say(
            task,
            {user: rows},
            kind="task_overdue",
            slot=_slot_of(task, step, rows),
            title=title,
            body=body,
            late=(today - task.due_on).days,
            is_issuer=step > 2,
        )


def _slot_of(task: Task, step: int, rows: Assignments) -> str:
    """The due date, the step and whose work is late; of too many the first, and "+"."""
    numbers = sorted(row.pk for row in rows)
    named = ".".join(map(str, numbers))
    if len(named) > MOST_OF_SLOT:
        named = f"{numbers[0]}+"
    return f"{task.due_on.isoformat()}-{step}-{named}"


def _by_person(assignments: Assignments) -> dict[User, list[TaskAssignment]]:
    officials = responsible_officials([row.organization for row in assignments])
    people: dict[User, list[TaskAssignment]] = defaultdict(list)
    for row in assignments:
        for user in officials[row.organization_id]:
            people[user].append(row)
    return people


def _say(
    task: Task,
    people: Mapping[User, Assignments],
    *,
    kind: str,
    title: str,
    body: str,
    slot: str = "",
    is_issuer: bool = False,
    expires_at: datetime | None = None,
    **words: object,
) -> None:
    slot = slot or timezone.now().isoformat()  # may be said anew, never twice
    words |= {"task": task.title, "day": day_text(task.due_on)}
    messages = []
    for user, rows in people.items():
        words["names"] = names_text([row.organization for row in rows])
        said_title, said_body = fill((title, body), words)
        messages.append(
            Message(
                recipient_id=user.pk,
                kind=kind,
                target=task,
                slot=slot,
                title=said_title,
                body=said_body,
                path=task.get_absolute_url() if is_issuer else _path(rows),
                has_email=True,
                expires_at=expires_at,
            )
        )
    notify(messages)


def names_text(organizations: Iterable[Organization]) -> str:
    """甲党支部、乙党支部; of many the first and how many there are."""
    names = [row.name for row in organizations]
    text = "、".join(names[:NAMED])
    if len(names) <= NAMED:
        return text
    return _("%(names)s等%(count)d个党组织") % {"names": text, "count": len(names)}


def _path(assignments: Assignments) -> str:
    if len(assignments) == 1:
        [only] = assignments
        return only.get_absolute_url()
    return reverse("campaigns:assignment_list")
