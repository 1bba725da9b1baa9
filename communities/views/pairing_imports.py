"""Pages that publish a notice: upload, look at what it would change, confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from communities import actions
from communities.actions.pairings import GapsNotAccepted
from communities.forms.pairings import PairingConfirmForm, PairingNoticeForm
from communities.imports.pairing_entries import (
    CHANGED,
    CREATED,
    ENDED,
    REFUSED,
    STAYS,
    PairingPlan,
)
from communities.imports.pairing_plan import notice_named, plan_pairings
from communities.imports.pairings import rows_from_json
from communities.models import PairingImport, PairingNotice
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

PREVIEW_SIZE = 50
LAST_UPLOADS = 5
# In the order of the preview: what hinders first, what stays last.
GROUPS = {
    REFUSED: gettext_lazy("不能导入"),
    ENDED: gettext_lazy("将结束"),
    CHANGED: gettext_lazy("将变更"),
    CREATED: gettext_lazy("将新增"),
    STAYS: gettext_lazy("保持不变"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pairing_import(request: HttpRequest) -> HttpResponse:
    """Upload a notice; its rows are kept for the preview."""
    require(has_permission(request.user, Permission.PAIRING_PUBLISH))
    is_post = request.method == "POST"
    form = PairingNoticeForm(request.POST, request.FILES) if is_post else None
    if form is not None and form.is_valid():
        values = dict(form.cleaned_data)
        file_name, rows = values.pop("file")
        uploaded = actions.upload_pairings(
            rows=rows, file_name=file_name, by=request.user, **values
        )
        return redirect(uploaded)
    uploads = PairingImport.objects.visible_to(request.user).defer("rows")
    context = {
        "form": form or PairingNoticeForm(),
        "uploads": uploads.order_by("-pk")[:LAST_UPLOADS],
    }
    return render(
        request,
        "communities/pairing_import.html",
        context,
        status=422 if is_post else 200,
    )


def _own_import(request: HttpRequest, pk: int) -> PairingImport:
    """The user's own upload, or 404; 403 when the right to publish has gone."""
    uploaded = get_object_or_404(PairingImport.objects.visible_to(request.user), pk=pk)
    require(has_permission(request.user, Permission.PAIRING_PUBLISH))
    return uploaded


@require_safe
@login_required
def pairing_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the uploaded notice would change now; the refused rows first."""
    return _preview(request, _own_import(request, pk))


def _preview(
    request: HttpRequest, uploaded: PairingImport, refused: str = ""
) -> HttpResponse:
    plan = plan_pairings(
        rows_from_json(uploaded.rows), starts_on=uploaded.starts_on, kind=uploaded.kind
    )
    refusal = _notice_refusal(uploaded) or plan.refusal
    form = PairingConfirmForm.for_plan(plan)
    rows = sorted([*plan.entries, *plan.endings], key=_place)
    page = Paginator(rows, PREVIEW_SIZE).get_page(request.GET.get("page"))
    context = {
        "uploaded": uploaded,
        "plan": plan,
        "counts": plan.counts,
        "figures": [
            (GROUPS[outcome], count)
            for outcome, count in sorted(plan.counts.items(), key=_rank)
        ],
        "what_happens": _what_happens(plan),
        "refusal": refusal,
        "refused": refused,
        "form": form,
        "can_confirm": not (refusal or plan.problems or uploaded.confirmed_at),
        "page": page,
        "groups": _grouped(page.object_list),
    }
    return render(
        request,
        "communities/pairing_import_preview.html",
        context,
        status=422 if refused else 200,
    )


def _what_happens(plan: PairingPlan) -> str:
    """What confirming would write, without what would not happen."""
    words = {
        CREATED: _("新增 %(count)d 对"),
        CHANGED: _("变更 %(count)d 对"),
        ENDED: _("结束 %(count)d 对"),
    }
    counts = plan.counts
    return "、".join(
        text % {"count": counts[outcome]}
        for outcome, text in words.items()
        if counts.get(outcome)
    )


def _place(row: object) -> int:
    return list(GROUPS).index(row.outcome)


def _rank(item: tuple[str, int]) -> int:
    return list(GROUPS).index(item[0])


def _grouped(rows: list) -> list[tuple[str, str, list]]:
    """Outcome, its heading and its rows, of those that have any."""
    groups = [
        (outcome, label, [row for row in rows if row.outcome == outcome])
        for outcome, label in GROUPS.items()
    ]
    return [group for group in groups if group[2]]


def _notice_refusal(uploaded: PairingImport) -> str:
    try:
        notice_named(uploaded.number, uploaded.starts_on, uploaded.kind)
    except RuleError as error:
        return str(error)
    return ""


@require_POST
@login_required
def pairing_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the uploaded notice, all or nothing; a second time does nothing.

    When it would do something else by now than what was looked at, that is shown.
    """
    uploaded = _own_import(request, pk)
    form = PairingConfirmForm(request.POST)
    chosen = form.cleaned_data if form.is_valid() else {"fingerprint": ""}
    try:
        plan = actions.confirm_pairing_import(
            pairing_import=uploaded, by=request.user, **chosen
        )
    except GapsNotAccepted as error:
        return _preview(request, uploaded, str(error))
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(uploaded)
    _say_confirmed(request, plan)
    if uploaded.starts_on > timezone.localdate():
        query = f"?day={uploaded.starts_on.isoformat()}"
        return redirect(f"{resolve_url('communities:pairing_list')}{query}")
    return redirect("communities:pairing_list")


def _say_confirmed(request: HttpRequest, plan: PairingPlan | None) -> None:
    if plan is None:
        messages.info(request, _("这份通知已经确认过，没有重复写入。"))
    elif not plan.changes_anything:
        messages.info(request, _("全部结对早已登记，没有变化。"))
    elif plan.kind == PairingNotice.Kind.WHOLE:
        messages.success(
            request,
            _(
                "已新增 %(created)d 对结对，变更 %(changed)d 对，"
                "结束 %(ended)d 对，%(stays)d 对保持不变。"
            )
            % plan.counts,
        )
    else:
        messages.success(
            request,
            _("已新增 %(created)d 对结对，%(stays)d 对保持不变。") % plan.counts,
        )
