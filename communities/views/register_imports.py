"""Pages that import a register: upload, look at what would change, confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from communities.actions.register_imports import (
    RegisterPlanChanged,
    confirm_register_import,
    upload_register,
)
from communities.forms.register_imports import RegisterConfirmForm, RegisterFileForm
from communities.imports.register_differences import (
    CHANGED,
    CREATED,
    UNCHANGED,
    differences,
    fingerprint,
    lines_from_json,
)
from communities.models import RegisterImport
from communities.permissions import Permission, has_permission, require
from core.errors import RuleError

PREVIEW_SIZE = 50
OUTCOMES = {
    CREATED: gettext_lazy("将新增"),
    CHANGED: gettext_lazy("将变更"),
    UNCHANGED: gettext_lazy("保持不变"),
}
LISTS = {
    RegisterImport.Kind.ORGANIZATIONS: "admin:communities_organization_changelist",
    RegisterImport.Kind.DIVISIONS: "admin:communities_community_changelist",
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register_import(request: HttpRequest, kind: str) -> HttpResponse:
    """Upload a file of a register; its lines are kept for the preview."""
    if kind not in RegisterImport.Kind.values:
        raise Http404
    require(has_permission(request.user, Permission.REGISTER_MANAGE))
    is_post = request.method == "POST"
    form = RegisterFileForm(*_sent(request), kind=kind)
    if is_post and form.is_valid():
        name, lines, problems = form.cleaned_data["file"]
        uploaded = upload_register(
            kind=kind,
            lines=lines,
            problems=problems,
            file_name=name,
            effective_on=form.cleaned_data["effective_on"],
            by=request.user,
        )
        return redirect(uploaded)
    context = {
        "form": form,
        "kind": RegisterImport.Kind(kind),
        "list_url": LISTS[kind],
        "is_tree": kind == RegisterImport.Kind.ORGANIZATIONS,
    }
    status = 422 if is_post else 200
    return render(request, "communities/register_import.html", context, status=status)


def _sent(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _own_import(request: HttpRequest, pk: int) -> RegisterImport:
    """The user's own upload, or 404; 403 when the right has gone."""
    uploaded = get_object_or_404(RegisterImport.objects.visible_to(request.user), pk=pk)
    require(has_permission(request.user, Permission.REGISTER_MANAGE))
    return uploaded


@require_safe
@login_required
def register_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the uploaded file would change now, row by row; changes first."""
    return _preview(request, _own_import(request, pk))


def _preview(
    request: HttpRequest, uploaded: RegisterImport, refused: str = ""
) -> HttpResponse:
    rows = differences(uploaded.kind, lines_from_json(uploaded.kind, uploaded.rows))
    order = list(OUTCOMES)
    rows.sort(key=lambda row: (order.index(row.outcome), row.number))
    counts = [
        (label, sum(row.outcome == outcome for row in rows))
        for outcome, label in OUTCOMES.items()
    ]
    for_print = sorted(rows, key=lambda row: row.number)
    page = Paginator(rows, PREVIEW_SIZE).get_page(request.GET.get("page"))
    context = {
        "uploaded": uploaded,
        "refused": refused,
        "figures": counts,
        "page": page,
        "rows": [(row, OUTCOMES[row.outcome]) for row in page.object_list],
        "can_confirm": bool(rows)
        and not uploaded.problems
        and uploaded.confirmed_at is None,
        "form": RegisterConfirmForm(
            initial={"seen": fingerprint(for_print, uploaded.effective_on)}
        ),
        "list_url": LISTS[uploaded.kind],
    }
    return render(
        request,
        "communities/register_import_preview.html",
        context,
        status=422 if refused else 200,
    )


@require_POST
@login_required
def register_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the uploaded file, all or nothing; a second time does nothing."""
    uploaded = _own_import(request, pk)
    form = RegisterConfirmForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        counts = confirm_register_import(
            register_import=uploaded, seen=seen, by=request.user
        )
    except RegisterPlanChanged as error:
        return _preview(request, uploaded, str(error))
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(uploaded)
    if counts is None:
        messages.info(request, _("这个文件已经确认过，没有重复写入。"))
    else:
        messages.success(
            request,
            _("已新增 %(created)d 条，变更 %(changed)d 条，%(unchanged)d 条保持不变。")
            % vars(counts),
        )
    return redirect(uploaded)
