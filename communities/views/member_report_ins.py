"""Pages of the members' report-in: one's own, and those one's community signs."""

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
from django.views.decorators.vary import vary_on_headers

from communities.actions import member_report_ins as actions
from communities.forms.member_report_ins import (
    AnswerForm,
    HomeCommunityForm,
    MemberReportInFilterForm,
    MemberReportInForm,
)
from communities.models import MemberReportIn
from communities.permissions import Permission, has_permission, require
from communities.queries.member_report_ins import (
    can_answer_member_report_in,
    filtered_member_report_ins,
    group_counts,
    member_report_ins_in_scope,
    member_report_ins_visible_to,
    name_communities,
    own_report_ins,
)
from core.errors import RuleError

PAGE_SIZE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def member_report_in_create(request: HttpRequest) -> HttpResponse:
    """Report in: first the community one lives in, then what one would do there."""
    today = timezone.localdate()
    is_post = request.method == "POST"
    asked = request.POST if is_post else request.GET
    step = HomeCommunityForm(asked if is_post or "community" in asked else None)
    community = step.cleaned_data["community"] if step.is_valid() else None
    refusal = actions.submit_refusal(request.user, community, today=today)
    form = None
    if community is not None and (is_post or refusal is None):
        form = MemberReportInForm(request.POST or None, community=community)
    if is_post and form is not None and form.is_valid():
        try:
            actions.submit_member_report_in(
                community=community,
                by=request.user,
                now=timezone.now(),
                **form.submitted_values(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("报到已提交，请等待社区签收。"))
            return redirect("volunteers:me")
    context = {
        "step": step,
        "form": form,
        "community": community,
        "refusal": refusal,
        "own": own_report_ins(request.user, day=today),
    }
    status = 422 if is_post else 200
    return render(
        request, "communities/member_report_in_form.html", context, status=status
    )


def _own(request: HttpRequest, pk: int) -> MemberReportIn:
    """The person's own; 403 for an official who sees it, 404 for everybody else."""
    report_in = _visible(request, pk)
    require(report_in.user_id == request.user.pk)
    return report_in


def _visible(request: HttpRequest, pk: int) -> MemberReportIn:
    rows = member_report_ins_visible_to(request.user).select_related(
        "user", "community__subdistrict", "organization", "answered_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def member_report_in_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what was returned, or change what one has told while it holds."""
    report_in = _own(request, pk)
    if not report_in.is_live:
        messages.info(request, _("这份报到已经结束，不能再修改。"))
        return redirect(report_in)
    form = MemberReportInForm(
        request.POST or None,
        instance=_own(request, pk),
        community=report_in.community,
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.update_member_report_in(
                report_in=report_in,
                values=form.changed_values(),
                posts=form.changed_posts(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _edited(report_in, saved))
            return redirect("volunteers:me")
    context = {
        "form": form,
        "report_in": report_in,
        "community": report_in.community,
    }
    status = 422 if form.errors else 200
    return render(
        request, "communities/member_report_in_edit.html", context, status=status
    )


def _edited(before: MemberReportIn, after: MemberReportIn) -> str:
    if before.state != after.state:
        return _("已重新提交，请等待社区签收。")
    return _("修改已保存。")


@require_POST
@login_required
def member_report_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw or end one's own report-in; no reason is asked."""
    report_in = _own(request, pk)
    was_active = report_in.state == MemberReportIn.State.ACTIVE
    try:
        actions.end_member_report_in(
            report_in=report_in, by=request.user, now=timezone.now()
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        text = _("报到已结束。") if was_active else _("报到已撤回。")
        messages.success(request, text)
    return redirect("volunteers:me")


@require_safe
@login_required
def member_report_in_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report-in, for the person and for the community that answers it."""
    return _detail_page(request, _visible(request, pk))


def _detail_page(
    request: HttpRequest,
    report_in: MemberReportIn,
    *,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_own = report_in.user_id == request.user.pk
    name_communities([report_in])
    context = {
        "report_in": report_in,
        "posts": report_in.posts.all() if report_in.is_live else [],
        "is_own": is_own,
        "can_answer": can_answer_member_report_in(request.user, report_in),
        "form": form or AnswerForm(),
    }
    return render(
        request, "communities/member_report_in_detail.html", context, status=status
    )


@require_POST
@login_required
def member_report_in_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for a member, or return the report-in with a reason."""
    report_in = _visible(request, pk)
    require(
        report_in.user_id != request.user.pk
        and has_permission(
            request.user,
            Permission.MEMBER_REPORT_IN_SIGN,
            community=report_in.community,
        )
    )
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, report_in, form=form, status=422)
    try:
        _answer(form, report_in, request)
    except RuleError as error:
        messages.error(request, str(error))
    return redirect("communities:member_report_in_list")


def _answer(form: AnswerForm, report_in: MemberReportIn, request: HttpRequest) -> None:
    now = timezone.now()
    if form.is_signed:
        actions.sign_member_report_in(report_in=report_in, by=request.user, now=now)
        messages.success(request, _("已签收，本人会收到消息。"))
        return
    actions.return_member_report_in(
        report_in=report_in,
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=now,
    )
    messages.success(request, _("已退回，本人会收到理由。"))


@require_safe
@login_required
@vary_on_headers("HX-Request")
def member_report_in_list(request: HttpRequest) -> HttpResponse:
    """Who has reported in to the official's own community; who waits comes first."""
    require(has_permission(request.user, Permission.MEMBER_REPORT_IN_SIGN))
    form = MemberReportInFilterForm(request.GET)
    context: dict[str, object] = {"form": form, "group": "waiting"}
    rows = member_report_ins_in_scope(request.user)
    context["counts"] = group_counts(rows)
    if form.is_valid():
        group = form.cleaned_data["group"] or "waiting"
        text = form.cleaned_data["text"]
        found = filtered_member_report_ins(rows, group=group, text=text)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        name_communities(page)
        context |= {"page": page, "group": group, "text": text}
    fragment, whole = "_member_report_in_rows.html", "member_report_in_list.html"
    name = fragment if request.htmx else whole
    return render(request, f"communities/{name}", context)
