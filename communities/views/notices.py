"""Pages of the pairing notices: the list, what each did, and taking one back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from communities.actions.notices import withdraw_notice
from communities.forms.pairings import NoticeFilterForm, WithdrawForm
from communities.models import PairingNotice
from communities.permissions import Permission, has_permission, require
from communities.queries.notices import (
    PARTS,
    day_of_names,
    filtered_notices,
    notices_visible_to,
    parts_of_notice,
)
from communities.queries.pairings import name_the_day
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def notice_list(request: HttpRequest) -> HttpResponse:
    """All notices, the newest first, by number and state."""
    require(has_permission(request.user, Permission.PAIRING_VIEW))
    form = NoticeFilterForm(request.GET)
    context = {
        "form": form,
        "can_publish": has_permission(request.user, Permission.PAIRING_PUBLISH),
    }
    if form.is_valid():
        notices = filtered_notices(
            notices_visible_to(request.user),
            today=timezone.localdate(),
            **form.cleaned_data,
        )
        page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
        context["page"] = page
    name = "_notice_rows.html" if request.htmx else "notice_list.html"
    return render(request, f"communities/{name}", context)


def _notice(request: HttpRequest, pk: int) -> PairingNotice:
    require(has_permission(request.user, Permission.PAIRING_VIEW))
    return get_object_or_404(notices_visible_to(request.user), pk=pk)


@require_safe
@login_required
def notice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a notice started, changed, ended and kept, under the names of the day."""
    return _detail(request, _notice(request, pk), None)


def _detail(
    request: HttpRequest, notice: PairingNotice, form: WithdrawForm | None
) -> HttpResponse:
    parts = parts_of_notice(notice, user=request.user)
    counts = {name: rows.count() for name, rows in parts.items()}
    shown = [name for name in PARTS if counts[name]] or ["started"]
    wanted = request.GET.get("part")
    part = wanted if wanted in shown else shown[0]
    page = Paginator(parts[part], PAGE_SIZE).get_page(request.GET.get("page"))
    name_the_day(page.object_list, day_of_names(notice, part))
    may_publish = has_permission(request.user, Permission.PAIRING_PUBLISH)
    context = {
        "notice": notice,
        "tabs": [(name, PARTS[name], counts[name]) for name in shown],
        "part": part,
        "page": page,
        "form": form or WithdrawForm(),
        "can_withdraw": may_publish and notice.state == PairingNotice.State.PROPOSED,
    }
    return render(
        request,
        "communities/notice_detail.html",
        context,
        status=422 if form is not None else 200,
    )


@require_POST
@login_required
def notice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice back before its day, with a reason."""
    notice = _notice(request, pk)
    require(has_permission(request.user, Permission.PAIRING_PUBLISH))
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _detail(request, notice, form)
    try:
        withdraw_notice(notice=notice, by=request.user, **form.cleaned_data)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("通知已撤回，原来的结对照旧。"))
    return redirect(notice)
