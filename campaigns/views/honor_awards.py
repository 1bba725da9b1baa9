"""Pages of honours for the office: check, notice, objections, award, yearly check."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.actions.honor_awards import award_honors, check_award, revoke_honor
from campaigns.actions.honor_objections import answer_objection, start_notices
from campaigns.actions.honors import check_honor
from campaigns.forms.honors import (
    HonorCheckForm,
    HonorReasonForm,
    ObjectionAnswerForm,
    YearlyCheckForm,
)
from campaigns.models import Honor, HonorObjection
from campaigns.queries.honor_rules import (
    can_check_honors,
    is_own_application,
    notice_days,
    refusal_to_award,
    refusal_to_notice,
)
from campaigns.queries.honors import honors_listed_for, with_names_then
from campaigns.views.honor_page import honor_page, visible_honor
from communities.permissions import require
from core.dates import day_text
from core.errors import RuleError

AT_ONCE = 50
LONGEST_NUMBER = 18  # digits; more do not fit the database's largest key


@require_POST
@login_required
def honor_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the office found about an application."""
    honor = visible_honor(request, pk)
    require(can_check_honors(request.user))
    form = HonorCheckForm(request.POST)
    if form.is_valid():
        try:
            check_honor(honor=honor, by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("核查结论已登记，已通知申报人。"))
            return redirect(honor)
    return honor_page(request, honor, check_form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def honor_notice(request: HttpRequest) -> HttpResponse:
    """Begin the public notice of one or several, after looking at them."""
    if request.method == "POST":
        return _act_on_chosen(request, start_notices, _("%(count)d 项已开始公示。"))
    lead = problem = ""
    try:
        first, last = notice_days(timezone.localdate())
    except RuleError as error:
        problem = str(error)
    else:
        lead = _("从%(first)s公示到%(last)s，期间任何人登录后可以提出异议。") % {
            "first": day_text(first),
            "last": day_text(last),
        }
    return _batch_page(
        request,
        lambda honor: problem or refusal_to_notice(honor),
        heading=_("开始公示"),
        lead=lead,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def honor_award(request: HttpRequest) -> HttpResponse:
    """Award one or several, after looking at them."""
    if request.method == "POST":
        return _act_on_chosen(request, award_honors, _("%(count)d 项已命名。"))
    today = timezone.localdate()
    return _batch_page(
        request,
        lambda honor: refusal_to_award(honor, today=today),
        heading=_("命名"),
        lead=_("命名后自动编文号，列入荣誉榜，一年内复核。"),
    )


def _chosen(request: HttpRequest, data: QueryDict) -> list[Honor]:
    """The honours named in the address or the form; what is no number is nobody."""
    require(can_check_honors(request.user))
    sent = data.getlist("honor")[:AT_ONCE]
    numbers = {
        int(value)
        for value in sent
        if value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER
    }
    return list(honors_listed_for(request.user).filter(pk__in=numbers).order_by("pk"))


def _batch_page(
    request: HttpRequest, refusal_to: Callable[[Honor], str], **words: str
) -> HttpResponse:
    """What was chosen, and what of it can go on; posted back for that part only."""
    chosen = with_names_then(_chosen(request, request.GET))
    for honor in chosen:
        honor.refusal = refusal_to(honor)
    context = {
        "fit": [honor for honor in chosen if not honor.refusal],
        "unfit": [honor for honor in chosen if honor.refusal],
        **words,
    }
    return render(request, "campaigns/honor_batch.html", context)


def _act_on_chosen(
    request: HttpRequest, act: Callable[..., list[tuple[Honor, str]]], done: str
) -> HttpResponse:
    chosen = _chosen(request, request.POST)
    results = act(honors=chosen, by=request.user, today=timezone.localdate())
    refused = [(honor, refusal) for honor, refusal in results if refusal]
    if count := len(results) - len(refused):
        messages.success(request, done % {"count": count})
    for honor, refusal in refused:
        words = {"honor": honor, "refusal": refusal}
        messages.error(request, _("%(honor)s：%(refusal)s") % words)
    if not results:
        messages.error(request, _("没有选中荣誉，请先在列表中勾选。"))
    if len(results) == 1:
        return redirect(chosen[0])
    return redirect("campaigns:honor_desk")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def honor_yearly(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the yearly check of an awarded honour."""
    honor = visible_honor(request, pk)
    require(can_check_honors(request.user))
    return _step(
        request,
        honor,
        YearlyCheckForm(request.POST or None),
        lambda values: check_award(
            honor=honor, by=request.user, today=timezone.localdate(), **values
        ),
        heading=_("年度复核"),
        hint=_("合格的保留一年；不合格的立即失效，不再公开。"),
        done=_("年度复核已登记，已通知申报人。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def honor_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an awarded honour away, after a page that asks for the reason."""
    honor = visible_honor(request, pk)
    require(can_check_honors(request.user))
    return _step(
        request,
        honor,
        HonorReasonForm(request.POST or None),
        lambda values: revoke_honor(
            honor=honor, by=request.user, today=timezone.localdate(), **values
        ),
        heading=_("撤销荣誉"),
        consequences=[
            _("这项荣誉不再公开。"),
            _("申报人会收到通知和理由。"),
            _("撤销后不能恢复。"),
        ],
        done=_("荣誉已撤销，已通知申报人。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Uphold or dismiss an objection."""
    objection = get_object_or_404(
        HonorObjection.objects.select_related(
            "honor__organization", "honor__community", "made_by"
        ),
        pk=pk,
        honor__in=honors_listed_for(request.user).order_by().values("pk"),
    )
    require(can_check_honors(request.user))
    own = objection.made_by_id == request.user.pk
    return _step(
        request,
        objection.honor,
        ObjectionAnswerForm(request.POST or None),
        lambda values: answer_objection(objection=objection, by=request.user, **values),
        heading=_("处理异议"),
        hint=_("处理意见会告知提出人；异议成立的，该申报不予通过。"),
        done=_("异议已处理，已告知提出人。"),
        objection=objection,
        is_own=own or is_own_application(request.user, objection.honor),
    )


def _step(
    request: HttpRequest,
    honor: Honor,
    form: forms.Form,
    act: Callable[[dict], object],
    *,
    done: str,
    **context: object,
) -> HttpResponse:
    """A form of its own for one step; what is refused comes back with it."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(honor)
    status = 422 if form.errors else 200
    context |= {"form": form, "honor": honor}
    return render(request, "campaigns/honor_step.html", context, status=status)
