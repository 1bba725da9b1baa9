"""Pages of honours for applicants: the desk's list, the form, handing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from campaigns.actions import honors as actions
from campaigns.forms.honors import DeskHonorFilterForm, HonorForm, HonorReasonForm
from campaigns.models import Honor
from campaigns.permissions import can_edit_honor
from campaigns.queries.honor_rules import can_apply_honor, can_check_honors
from campaigns.queries.honors import (
    filtered_honors,
    honors_listed_for,
    with_names_then,
)
from campaigns.views.honor_page import visible_honor
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def honor_desk(request: HttpRequest) -> HttpResponse:
    """Honours in the official's scope, from drafts to what is over."""
    require(has_permission(request.user, Permission.HONOR_VIEW))
    form = DeskHonorFilterForm(request.GET)
    context = {
        "form": form,
        "applies": has_permission(request.user, Permission.HONOR_APPLY),
        "checks": can_check_honors(request.user),
    }
    if form.is_valid():
        rows = filtered_honors(
            honors_listed_for(request.user),
            today=timezone.localdate(),
            **form.cleaned_data,
        )
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_names_then(page.object_list)
        context["page"] = page
    name = "_honor_desk_rows.html" if request.htmx else "honor_desk.html"
    return render(request, f"campaigns/{name}", context)


def _own_honor(request: HttpRequest, pk: int) -> Honor:
    """The honour, or 403 for those who do not apply for its holder."""
    honor = visible_honor(request, pk)
    require(can_apply_honor(request.user, honor))
    return honor


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def honor_create(request: HttpRequest) -> HttpResponse:
    """Draft an application."""
    require(has_permission(request.user, Permission.HONOR_APPLY))
    form = HonorForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            honor = actions.draft_honor(
                honor=form.save(commit=False), by=request.user, now=timezone.now()
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已保存为草稿，请上传佐证后提交申报。"))
            return redirect(honor)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def honor_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an application that was not handed in, or was returned."""
    honor = visible_honor(request, pk)
    require(can_edit_honor(request.user, honor))
    form = HonorForm(
        request.POST or None, user=request.user, instance=visible_honor(request, pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_honor(
                honor=honor, values=form.changed_values(), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(honor)
    return _form_page(request, form, honor)


def _form_page(
    request: HttpRequest, form: HonorForm, honor: Honor | None = None
) -> HttpResponse:
    context = {"form": form, "honor": honor}
    status = 422 if form.errors else 200
    return render(request, "campaigns/honor_form.html", context, status=status)


@require_POST
@login_required
def honor_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an application to the office."""
    honor = _own_honor(request, pk)
    try:
        actions.apply_honor(honor=honor, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已提交文明办核查。"))
    return redirect(honor)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def honor_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application back, after a page that asks for the reason."""
    honor = _own_honor(request, pk)
    form = HonorReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_honor(
                honor=honor, reason=form.cleaned_data["reason"], by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("申报已撤回。"))
            return redirect(honor)
    context = {
        "form": form,
        "honor": honor,
        "heading": _("撤回申报"),
        "consequences": [
            _("这次申报不再办理，记录保留。"),
            _("撤回后不能恢复，需要时可以重新申报。"),
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "campaigns/honor_step.html", context, status=status)
