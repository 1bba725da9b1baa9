"""Handing out a task: fill in, look at who gets it, confirm.

Looking writes nothing; confirming sends the same values, and who is meant is found
again: when it differs from what was shown, it is shown once more.
"""

from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.actions import task_issuing as actions
from campaigns.forms.tasks import AudienceForm, TaskForm
from campaigns.models import Task, TaskAssignment
from campaigns.queries.campaigns import current_campaign
from campaigns.queries.task_audience import fingerprint_of_numbers
from campaigns.views.tasks import issuable_task
from communities.models import Organization
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

# What a button of the form asks for; anything else is a look at who gets it.
SEARCH, BACK, ISSUE = "search", "back", "issue"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def task_create(request: HttpRequest) -> HttpResponse:
    """Hand out a new task."""
    require(has_permission(request.user, Permission.TASK_ASSIGN))

    def issue(task: Task, organizations: list[Organization]) -> Task:
        return actions.issue_task(
            task=task, organizations=organizations, by=request.user
        )

    return _run(request, None, issue)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a task under way to more organisations."""
    task = issuable_task(request, pk)

    def issue(task: Task, organizations: list[Organization]) -> Task:
        actions.add_organizations(
            task=task, organizations=organizations, by=request.user
        )
        return task

    return _run(request, task, issue)


def _run(
    request: HttpRequest,
    task: Task | None,
    issue: Callable[[Task, list[Organization]], Task],
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    step = data.get("step", "") if data else ""
    if data is None or step in {SEARCH, BACK}:
        return _form_page(request, _unchecked_forms(request, task), task)
    sent = _forms(data, task)
    are_sound = [form.is_valid() for form in sent.values()]  # each says what is wrong
    if not all(are_sound):
        return _form_page(request, sent, task, status=422)
    found = sent["audience_form"].cleaned_data["found"]
    seen = fingerprint_of_numbers(row.pk for row in found)
    preview = {"found": found, "seen": seen, "sent": _pairs(sent)}
    subject = task or sent["form"].save(commit=False)
    if step == ISSUE and data.get("seen") == seen:
        try:
            issued = issue(subject, found)
        except RuleError as error:
            sent["audience_form"].add_error(None, str(error))
            return _form_page(request, sent, task, status=422)
        messages.success(
            request,
            _("任务已下达给%(count)d个党组织，已通知其负责人。")
            % {"count": len(found)},
        )
        return redirect(issued)
    if step == ISSUE:
        messages.warning(request, _("下达范围刚刚有变化，请重新核对后再确认。"))
    context = {"task": task, "subject": subject, **preview}
    return render(request, "campaigns/task_confirm.html", context)


def _forms(data: object, task: Task | None) -> dict[str, forms.BaseForm]:
    """The form of the task, unless it exists, and the form of its audience."""
    without = _holders(task)
    found: dict[str, forms.BaseForm] = {}
    if task is None:
        found["form"] = TaskForm(data)
    return {**found, "audience_form": AudienceForm(data, without=without)}


def _unchecked_forms(
    request: HttpRequest, task: Task | None
) -> dict[str, forms.BaseForm]:
    """The forms as they were filled in so far, without complaints."""
    typed = request.POST.dict() if request.method == "POST" else {}
    typed.pop("organizations", None)
    typed["organizations"] = request.POST.getlist("organizations")
    start = {"campaign": current_campaign(), "audience": "units"}
    found: dict[str, forms.BaseForm] = {}
    if task is None:
        found["form"] = TaskForm(initial={**start, **typed})
    audience = AudienceForm(initial={**start, **typed}, without=_holders(task))
    return {**found, "audience_form": audience}


def _holders(task: Task | None) -> frozenset[int]:
    if task is None:
        return frozenset()
    live = task.assignments.filter(state__in=TaskAssignment.LIVE_STATES)
    return frozenset(live.values_list("organization_id", flat=True))


def _form_page(
    request: HttpRequest,
    sent: dict[str, forms.BaseForm],
    task: Task | None,
    status: int = 200,
) -> HttpResponse:
    name = "_task_organizations.html" if request.htmx else "task_create.html"
    context = {"task": task, **sent}
    return render(request, f"campaigns/{name}", context, status=status)


def _pairs(sent: dict[str, forms.BaseForm]) -> list[tuple[str, str]]:
    """What was sent, as names and values of hidden fields."""
    return [
        (name, value)
        for form in sent.values()
        for name in form.fields
        for value in _values(form, name)
    ]


def _values(form: forms.BaseForm, name: str) -> Iterable[str]:
    value = form.data.getlist(name)
    return value if name == "organizations" else value[-1:]
