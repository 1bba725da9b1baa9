"""Weekly rules of an activity."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.models import Activity
from campaigns.permissions import can_manage_shifts
from communities.permissions import require
from core.errors import RuleError
from volunteers import actions
from volunteers.actions.shift_rules import RuleOutcome
from volunteers.forms.shift_rules import RuleForm
from volunteers.models import ShiftRule
from volunteers.queries.shift_series import unlike_rule
from volunteers.views.desk import PAGE_SIZE, managed_activity


def _rule(request: HttpRequest, pk: int) -> ShiftRule:
    """The rule, as visible as its activity, for who opens the activity's shifts."""
    activities = Activity.objects.visible_to(request.user).order_by()
    rules = ShiftRule.objects.filter(activity__in=activities.values("pk"))
    rule = get_object_or_404(
        rules.select_related("activity__organization", "community"), pk=pk
    )
    require(can_manage_shifts(request.user, rule.activity))
    return rule


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_rule_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a weekly rule and the shifts it asks for."""
    activity = managed_activity(request, pk)
    form = RuleForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = actions.save_rule(
                rule=form.save(commit=False), by=request.user, now=timezone.now()
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            return _saved(request, outcome)
    return _form_page(request, form, activity)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a rule; coming shifts nobody signed up for follow."""
    rule = _rule(request, pk)
    form = RuleForm(
        request.POST or None, instance=_rule(request, pk), activity=rule.activity
    )
    if request.method == "POST" and form.is_valid():
        try:
            outcome = actions.save_rule(
                rule=rule,
                values=form.changed_values(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            return _saved(request, outcome)
    return _form_page(request, form, rule.activity)


def _form_page(
    request: HttpRequest, form: RuleForm, activity: Activity
) -> HttpResponse:
    context = {"form": form, "activity": activity}
    status = 422 if form.errors else 200
    return render(request, "volunteers/shift_rule_form.html", context, status=status)


def _saved(request: HttpRequest, outcome: RuleOutcome) -> HttpResponse:
    words = {
        "made": len(outcome.made),
        "changed": len(outcome.changed),
        "cancelled": len(outcome.cancelled),
        "kept": len(outcome.kept),
    }
    text = _(
        "规则已保存：新增 %(made)d 个班次，修改 %(changed)d 个，取消 %(cancelled)d 个，"
        "因有人报名保持不变 %(kept)d 个。"
    )
    messages.success(request, text % words)
    return redirect("volunteers:shift_rule_detail", pk=outcome.rule.pk)


@require_safe
@login_required
def shift_rule_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule with its shifts; says which are not as the rule says, and why."""
    rule = _rule(request, pk)
    now = timezone.now()
    shifts = rule.shifts.filter(ends_at__gt=now, state="scheduled")
    page = Paginator(shifts.select_related("activity", "community"), PAGE_SIZE)
    page = page.get_page(request.GET.get("page"))
    context = {
        "rule": rule,
        "activity": rule.activity,
        "page": page,
        "unlike": unlike_rule(rule, page.object_list, now=now),
    }
    return render(request, "volunteers/shift_rule_detail.html", context)


@require_POST
@login_required
def shift_rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a rule; its shifts stay."""
    rule = _rule(request, pk)
    try:
        actions.end_rule(rule=rule, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("排班规则已停止，已有的班次不变。"))
    return redirect("volunteers:shift_rule_detail", pk=rule.pk)
