"""Pages of needs: the list, one need, and what its community does with it."""

from collections.abc import Callable

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

from communities.actions import needs as actions
from communities.forms.needs import ClaimForm, NeedFilterForm, NeedForm, ReasonForm
from communities.models import Need
from communities.permissions import Permission, has_permission, require
from communities.queries.needs import (
    claims_on,
    filtered_needs,
    needs_listed_for,
    needs_visible_to,
    with_communities_then,
)
from communities.queries.resources import can_join, resources_for_need
from core.audit import history_of
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def need_list(request: HttpRequest) -> HttpResponse:
    """Needs in the official's scope, filtered and sorted."""
    require(has_permission(request.user, Permission.NEED_VIEW))
    claims = has_permission(request.user, Permission.NEED_CLAIM)
    form = NeedFilterForm(request.GET, claims=claims)
    publishes = has_permission(request.user, Permission.NEED_PUBLISH)
    context = {"form": form, "claims": claims, "publishes": publishes}
    if form.is_valid():
        needs = filtered_needs(
            needs_listed_for(request.user),
            user=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        page = Paginator(needs, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_communities_then(page.object_list)
        context["page"] = page
    name = "_need_rows.html" if request.htmx else "need_list.html"
    return render(request, f"communities/{name}", context)


def visible_need(request: HttpRequest, pk: int) -> Need:
    """The need, or 404 when it is out of the user's scope."""
    needs = needs_visible_to(request.user).select_related(
        "community__subdistrict", "created_by"
    )
    return get_object_or_404(needs, pk=pk)


def _own_need(request: HttpRequest, pk: int) -> Need:
    """The need, or 403 for those who do not publish for its community."""
    need = visible_need(request, pk)
    require(publishes_for(request, need))
    return need


def publishes_for(request: HttpRequest, need: Need) -> bool:
    """Whether the user acts for the need's community."""
    return has_permission(
        request.user, Permission.NEED_PUBLISH, community=need.community
    )


@require_safe
@login_required
def need_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One need: what is asked, who claimed it, what fits, what may be done."""
    return need_page(request, visible_need(request, pk))


def need_page(
    request: HttpRequest,
    need: Need,
    *,
    claim_form: ClaimForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The need's page, with the claim form as it was sent."""
    now = timezone.now()
    claims = claims_on(need, user=request.user)
    is_owner = publishes_for(request, need)
    has_own = any(claim.is_own for claim in claims)
    if claim_form is None and _may_claim(request, need):
        claim_form = ClaimForm(need=need, user=request.user, now=now)
    matches = _matches(request, need) if need.is_under_way else []
    with_communities_then([need])
    context = {
        "need": need,
        "claims": claims,
        "is_owner": is_owner,
        "has_own": has_own,
        "can_start": need.state == Need.State.CLAIMED and (is_owner or has_own),
        "claim_form": claim_form,
        "matches": matches,
        "projects": need.projects.select_related("resource__organization"),
        "sees_projects": is_owner or has_own,
        "history": history_of(need),
    }
    return render(request, "communities/need_detail.html", context, status=status)


def _may_claim(request: HttpRequest, need: Need) -> bool:
    return need.state == Need.State.PUBLISHED and has_permission(
        request.user, Permission.NEED_CLAIM
    )


def _matches(request: HttpRequest, need: Need) -> list:
    matches = resources_for_need(need, user=request.user, day=timezone.localdate())
    return [(match, can_join(request.user, need, match.row)) for match in matches]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def need_create(request: HttpRequest) -> HttpResponse:
    """Draft a new need."""
    require(has_permission(request.user, Permission.NEED_PUBLISH))
    form = NeedForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            need = actions.create_need(
                need=form.save(commit=False),
                by=request.user,
                today=timezone.localdate(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("需求已保存为草稿，核对后请发布。"))
            return redirect(need)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def need_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a need that is not delivered yet."""
    need = _own_need(request, pk)
    form = NeedForm(
        request.POST or None, user=request.user, instance=visible_need(request, pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_need(
                need=need, values=form.changed_values(), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(need)
    return _form_page(request, form, need)


def _form_page(
    request: HttpRequest, form: NeedForm, need: Need | None = None
) -> HttpResponse:
    context = {"form": form, "need": need}
    status = 422 if form.errors else 200
    return render(request, "communities/need_form.html", context, status=status)


@require_POST
@login_required
def need_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft to the paired units."""
    need = _own_need(request, pk)
    return _act(
        request,
        need,
        lambda: actions.publish_need(
            need=need,
            by=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        ),
        _("需求已发布，已通知结对单位。"),
    )


@require_POST
@login_required
def need_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that all of it was delivered."""
    need = _own_need(request, pk)
    return _act(
        request,
        need,
        lambda: actions.confirm_need(need=need, by=request.user),
        _("已确认办结，已通知认领单位。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def need_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need back, after a page that asks for the reason."""
    need = _own_need(request, pk)
    return reason_page(
        request,
        need,
        lambda reason: actions.withdraw_need(need=need, reason=reason, by=request.user),
        heading=_("撤回需求"),
        consequences=[
            _("需求不再开放认领，记录保留。"),
            _("已认领的单位会收到通知和理由。"),
            _("撤回后不能恢复。"),
        ],
        done=_("需求已撤回。"),
    )


def _act(
    request: HttpRequest, need: Need, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(need)


def reason_page(
    request: HttpRequest,
    need: Need,
    act: Callable[[str], object],
    *,
    heading: str,
    consequences: list[str],
    done: str,
) -> HttpResponse:
    """Ask for a reason, then act and go back to the need."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(need)
    context = {
        "form": form,
        "target": need,
        "heading": heading,
        "consequences": consequences,
    }
    status = 422 if form.errors else 200
    return render(request, "communities/need_reason.html", context, status=status)
