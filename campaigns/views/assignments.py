"""Pages of assignments for the organisations that have them."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from campaigns.actions import tasks as actions
from campaigns.forms.tasks import AssignmentFilterForm, LinkForm, ProgressForm
from campaigns.models import Activity, Task, TaskAssignment, TaskLink
from campaigns.permissions import can_report_task, sees_all_tasks
from campaigns.queries.task_work import links_of, reports_of
from campaigns.queries.tasks import filtered_assignments, name_days
from communities.permissions import Permission, has_permission, require
from core.audit import history_of
from core.errors import RuleError

PAGE_SIZE = 25
REPORTS_SHOWN = 20


@require_safe
@login_required
@vary_on_headers("HX-Request")
def assignment_list(request: HttpRequest) -> HttpResponse:
    """What was handed to the official's organisations, open ones by due date."""
    user = request.user
    reports = has_permission(user, Permission.TASK_REPORT)
    require(reports or sees_all_tasks(user))
    form = AssignmentFilterForm(request.GET, user=user)
    today = timezone.localdate()
    context = {"form": form, "reports": reports, "today": today}
    if form.is_valid():
        rows = filtered_assignments(
            TaskAssignment.objects.visible_to(user),
            day=today,
            user=user,
            **form.cleaned_data,
        )
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = name_days(list(page.object_list), today)
        context["page"] = page
    name = "_assignment_rows.html" if request.htmx else "assignment_list.html"
    return render(request, f"campaigns/{name}", context)


def visible_assignment(request: HttpRequest, pk: int) -> TaskAssignment:
    """The assignment, or 404 when it is out of the user's scope."""
    rows = TaskAssignment.objects.visible_to(request.user).select_related(
        "task__campaign",
        "task__initiative__pillar",
        "organization",
        "continued_by__organization",
    )
    return get_object_or_404(rows, pk=pk)


def _own_assignment(request: HttpRequest, pk: int) -> TaskAssignment:
    """The assignment, or 403 for those who do not act for its organisation."""
    assignment = visible_assignment(request, pk)
    require(can_report_task(request.user, assignment))
    return assignment


@require_safe
@login_required
def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment: what is asked, what was given, what may be done."""
    return _page(request, visible_assignment(request, pk))


def _page(
    request: HttpRequest,
    assignment: TaskAssignment,
    *,
    report_form: ProgressForm | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    """The page, with a form as it was sent."""
    name_days([assignment], timezone.localdate())
    is_issued = assignment.task.state == Task.State.ISSUED
    is_own = can_report_task(request.user, assignment)
    is_live = assignment.state in TaskAssignment.LIVE_STATES
    issues = has_permission(request.user, Permission.TASK_ASSIGN)
    can_work = is_own and is_issued and assignment.is_open
    can_link = is_own and is_issued and is_live
    links = _shown(links_of(assignment), request.user)
    done = len({link.activity_id for link in links if link.counts})
    context = {
        "assignment": assignment,
        "task": assignment.task,
        "links": links,
        "done_count": done,
        "missing_count": max(assignment.task.needed_count - done, 0),
        "reports": reports_of(assignment)[:REPORTS_SHOWN],
        "history": history_of(assignment),
        "can_work": can_work,
        "can_link": can_link,
        "can_reassign": issues and is_issued and assignment.is_open,
        "sees_task": sees_all_tasks(request.user),
    }
    if can_work:
        context["report_form"] = report_form or ProgressForm()
    if can_link:
        context["link_form"] = link_form or LinkForm(assignment=assignment)
    sent = report_form or link_form
    status = 422 if sent is not None and sent.errors else 200
    page = "campaigns/assignment_detail.html"
    return render(request, page, context, status=status)


def _shown(links: list[TaskLink], user: User) -> list[TaskLink]:
    """The links, each with `is_visible` and a `title` the user may read.

    Drafts are not for the office, and what a predecessor has not made public is not
    for who has the assignment now.
    """
    visible = Activity.objects.visible_to(user).order_by()
    given = {link.activity_id for link in links}
    open_ones = set(visible.filter(pk__in=given).values_list("pk", flat=True))
    for link in links:
        link.is_visible = link.activity_id in open_ones
        link.title = link.activity.title if link.is_visible else _("未公开的活动")
    return links


@require_POST
@login_required
def assignment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far it has come."""
    assignment = _own_assignment(request, pk)
    form = ProgressForm(request.POST)
    return _act_by_form(
        request,
        assignment,
        form,
        lambda values: actions.report_progress(
            assignment=assignment, text=values["text"], by=request.user
        ),
        done=_("进展已填报。"),
        report_form=form,
    )


@require_POST
@login_required
def assignment_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an activity that was recorded already."""
    assignment = _own_assignment(request, pk)
    form = LinkForm(request.POST, assignment=assignment)
    return _act_by_form(
        request,
        assignment,
        form,
        lambda values: actions.link_activity(
            assignment=assignment, activity=values["activity"], by=request.user
        ),
        done=_("活动已关联。"),
        link_form=form,
    )


@require_POST
@login_required
def assignment_unlink(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Take back an activity given by mistake."""
    assignment = _own_assignment(request, pk)
    link = get_object_or_404(assignment.links, activity=activity_pk)
    try:
        actions.unlink_activity(
            assignment=assignment, activity=link.activity, by=request.user
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已取消关联，活动本身保留。"))
    return redirect(assignment)


@require_POST
@login_required
def assignment_fulfil(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is done."""
    assignment = _own_assignment(request, pk)
    try:
        actions.fulfil_assignment(assignment=assignment, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("任务已完成。"))
    return redirect(assignment)


def _act_by_form(
    request: HttpRequest,
    assignment: TaskAssignment,
    form: forms.Form,
    act: Callable[[dict], object],
    *,
    done: str,
    **shown: forms.Form,
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
        return redirect(assignment)
    return _page(request, assignment, **shown)
