"""Photos kept already, chosen to prove one more record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.actions.evidence import Target, evidence_of, link_evidence
from campaigns.forms.evidence import PickFilterForm, PickForm
from campaigns.models import Evidence
from campaigns.queries.evidence import photos_to_choose
from campaigns.views.evidence_targets import (
    can_edit_evidence,
    kind_of,
    visible_target,
)
from communities.permissions import require
from core.errors import RuleError

PAGE_SIZE = 24


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def evidence_pick(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Choose from the photos of records one records for; no copy is made."""
    target = visible_target(request, kind, pk)
    require(can_edit_evidence(request.user, target))
    form = None
    if request.method == "POST":
        form = PickForm(request.POST, rows=photos_to_choose(request.user))
        if form.is_valid() and _linked(form, target, request):
            return redirect(target)
    return _page(request, target, form)


def _linked(form: PickForm, target: Target, request: HttpRequest) -> bool:
    chosen = sorted(form.cleaned_data["evidence"], key=lambda row: row.pk)
    try:
        with transaction.atomic():
            for evidence in chosen:
                link_evidence(target=target, evidence=evidence, by=request.user)
    except RuleError as error:
        form.add_error("evidence", str(error))
        return False
    messages.success(request, _("已选用%(count)d张照片。") % {"count": len(chosen)})
    return True


def _page(request: HttpRequest, target: Target, form: PickForm | None) -> HttpResponse:
    filters = PickFilterForm(request.GET)
    is_valid = filters.is_valid()
    rows = photos_to_choose(
        request.user, text=filters.cleaned_data["q"] if is_valid else ""
    )
    held = Evidence.objects.filter(**evidence_of(target)).values("file")
    rows = rows.exclude(file__in=held) if is_valid else rows.none()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "target": target,
        "target_kind": kind_of(target),
        "filters": filters,
        "form": form,
        "page": page,
    }
    status = 422 if form is not None else 200
    return render(request, "campaigns/evidence_pick.html", context, status=status)
