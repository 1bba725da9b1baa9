"""Pages of tasks for those who hand them out: list, one task, its changes and end."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.actions import task_issuing as actions
from campaigns.forms.tasks import (
    AssignmentFilterForm,
    EndForm,
    ReassignForm,
    TaskFilterForm,
    TaskWordsForm,
)
from campaigns.models import Task
from campaigns.permissions import sees_all_tasks
from campaigns.queries.task_work import with_counts
from campaigns.queries.tasks import (
    filtered_assignments,
    filtered_tasks,
    name_days,
    with_figures,
)
from campaigns.views.assignments import visible_assignment
from communities.permissions import Permission, has_permission, require
from core.audit import history_of
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def task_list(request: HttpRequest) -> HttpResponse:
    """All tasks, those under way by due date first."""
    require(sees_all_tasks(request.user))
    form = TaskFilterForm(request.GET)
    today = timezone.localdate()
    context = {"form": form, "issues": _issues(request), "today": today}
    if form.is_valid():
        tasks = filtered_tasks(
            Task.objects.visible_to(request.user), day=today, **form.cleaned_data
        )
        context["page"] = Paginator(tasks, PAGE_SIZE).get_page(request.GET.get("page"))
    name = "_task_rows.html" if request.htmx else "task_list.html"
    return render(request, f"campaigns/{name}", context)


@require_safe
@login_required
@vary_on_headers("HX-Request")
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: what is asked, how far it has come, and who has it."""
    today = timezone.localdate()
    task = _visible_task(request, pk)
    form = AssignmentFilterForm(request.GET)
    context = {"task": task, "form": form, "today": today}
    if form.is_valid():
        rows = filtered_assignments(
            task.assignments.all(), day=today, **form.cleaned_data
        )
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = name_days(with_counts(list(page.object_list)), today)
        context["page"] = page
    context["issues"] = _issues(request) and task.state == Task.State.ISSUED
    if request.htmx:
        return render(request, "campaigns/_assignment_table.html", context)
    context["history"] = history_of(task)
    return render(request, "campaigns/task_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words or the day of a task under way."""
    task = issuable_task(request, pk)
    form = TaskWordsForm(request.POST or None, instance=_visible_task(request, pk))

    def act() -> None:
        values = form.changed_values()
        actions.change_task(task=task, values=values, by=request.user)

    return _form_page(
        request,
        form,
        act,
        target=task,
        heading=_("修改任务"),
        hint=_(
            "修改后，尚未完成的党组织会收到一次通知。期限改变后，逾期提醒重新计算。"
        ),
        done=_("修改已保存，已通知尚未完成的党组织。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def task_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a task off."""
    task = issuable_task(request, pk)
    form = EndForm(request.POST or None)
    return _form_page(
        request,
        form,
        lambda: actions.cancel_task(
            task=task, reason=form.cleaned_data["reason"], by=request.user
        ),
        target=task,
        heading=_("取消任务"),
        consequences=[
            _("尚未完成的党组织不再办理，并收到通知和理由。"),
            _("已完成的保留。"),
            _("取消后不能恢复。"),
        ],
        done=_("任务已取消。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def task_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a task that has run its course."""
    task = issuable_task(request, pk)
    form = EndForm(request.POST or None)
    return _form_page(
        request,
        form,
        lambda: actions.close_task(
            task=task, reason=form.cleaned_data["reason"], by=request.user
        ),
        target=task,
        heading=_("结束任务"),
        consequences=[
            _("尚未完成的分派按此理由取消，并通知有关党组织。"),
            _("已完成的保留。"),
            _("结束后不能恢复。"),
        ],
        done=_("任务已结束。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assignment_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an open assignment to another organisation."""
    assignment = visible_assignment(request, pk)
    require(_issues(request))
    form = ReassignForm(request.POST or None, assignment=assignment)
    return _form_page(
        request,
        form,
        lambda: actions.reassign(
            assignment=assignment, by=request.user, **form.cleaned_data
        ),
        target=assignment.task,
        heading=_("改派任务"),
        hint=_("%(name)s已填报的进展和关联的活动都保留，并计入新的党组织。")
        % {"name": assignment.organization},
        done=_("任务已改派，已通知双方。"),
    )


def _visible_task(request: HttpRequest, pk: int) -> Task:
    tasks = with_figures(Task.objects.visible_to(request.user), timezone.localdate())
    tasks = tasks.select_related("campaign", "initiative__pillar", "issued_by")
    return get_object_or_404(tasks, pk=pk)


def issuable_task(request: HttpRequest, pk: int) -> Task:
    """The task, or 403 for those who do not hand out tasks."""
    task = _visible_task(request, pk)
    require(_issues(request))
    return task


def _issues(request: HttpRequest) -> bool:
    return has_permission(request.user, Permission.TASK_ASSIGN)


def _form_page(
    request: HttpRequest,
    form: object,
    act: Callable[[], object],
    *,
    target: Task,
    done: str,
    **words: object,
) -> HttpResponse:
    """One form about a task, and what becomes of it when it is sent."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(target)
    context = {"form": form, "task": target, **words}
    status = 422 if form.errors else 200
    return render(request, "campaigns/task_form.html", context, status=status)
