"""The page of one honour, as several views answer with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from campaigns.actions.consents import CLOSED_STATES
from campaigns.forms.honors import HonorCheckForm, ObjectionForm
from campaigns.models import Honor, HonorObjection
from campaigns.permissions import can_edit_honor
from campaigns.queries.honor_rules import (
    BEFORE_AWARD,
    can_apply_honor,
    can_check_honors,
    is_own_application,
    refusal_of_consent,
    refusal_to_award,
    refusal_to_check_award,
    takes_objections,
)
from campaigns.queries.honors import with_names_then
from campaigns.views.consent_part import consent_part
from campaigns.views.evidence_part import evidence_panel
from communities.admin_verbs import verb_label
from communities.permissions import Permission, has_permission
from core.audit import history_of

State = Honor.State


def visible_honor(request: HttpRequest, pk: int) -> Honor:
    """The honour, or 404 when the user may not open it."""
    honors = Honor.objects.visible_to(request.user).select_related(
        "organization", "community__subdistrict", "created_by", "applied_by"
    )
    return get_object_or_404(honors, pk=pk)


def honor_page(
    request: HttpRequest,
    honor: Honor,
    *,
    check_form: HonorCheckForm | None = None,
    objection_form: ObjectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what this reader may see and do, part by part."""
    with_names_then([honor])
    is_official = has_permission(
        request.user,
        Permission.HONOR_VIEW,
        organization=honor.organization,
        community=honor.community,
    )
    context = {
        "honor": honor,
        "is_official": is_official,
        **_objections(request, honor, objection_form),
    }
    if is_official:
        context |= _official_part(request, honor, check_form)
    return render(request, "campaigns/honor_detail.html", context, status=status)


def _objections(
    request: HttpRequest, honor: Honor, form: ObjectionForm | None
) -> dict[str, Any]:
    """The form, and one's own objections with their answers."""
    user = request.user
    is_open = takes_objections(honor, today=timezone.localdate())
    own = honor.objections.none()
    if user.is_authenticated:
        own = honor.objections.filter(made_by=user)
    waits = any(row.state == HonorObjection.State.OPEN for row in own)
    has_form = is_open and user.is_authenticated and not waits
    return {
        "takes_objections": is_open,
        "own_objections": own,
        "objection_form": form or (ObjectionForm() if has_form else None),
    }


def _official_part(
    request: HttpRequest, honor: Honor, check_form: HonorCheckForm | None
) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    is_applicant = can_apply_honor(user, honor)
    checks = can_check_honors(user)
    is_own = is_own_application(user, honor)
    waits = honor.state == State.APPLIED
    if check_form is None and waits and checks and not is_own:
        check_form = HonorCheckForm()
    can_edit = can_edit_honor(user, honor)
    evidence = evidence_panel(request, honor, can_edit=can_edit)
    context = {
        **evidence,
        "has_evidence": bool(evidence["photos"] or evidence["documents"]),
        "checks": checks,
        "is_own": is_own,
        "can_withdraw": is_applicant and honor.state in BEFORE_AWARD,
        "check_form": check_form,
        "consent_refusal": refusal_of_consent(honor),
        "award_refusal": refusal_to_award(honor, today=today),
        "yearly_refusal": refusal_to_check_award(honor, today=today),
        "checks_made": honor.checks.select_related("checked_by"),
        "sees_objectors": checks and not is_own,
        "objections": _for_officials(honor, sees_text=checks and not is_own),
        "history": _history(honor),
    }
    if honor.is_of_family:
        can_record = is_applicant and honor.state not in CLOSED_STATES[Honor]
        context |= consent_part(request, honor, can_record=can_record)
    return context


def _for_officials(honor: Honor, *, sees_text: bool) -> list[HonorObjection]:
    """With who objected and what they wrote for those who check, without for others.

    Who applied does not learn it, not even as somebody of the office.
    """
    rows = honor.objections.all()
    if sees_text:
        return list(rows.select_related("made_by"))
    return list(rows.only("state", "answer", "made_at", "honor"))


def _history(honor: Honor) -> list:
    entries = list(history_of(honor))
    for entry in entries:
        entry.words = verb_label(entry.verb)
    return entries[::-1]
