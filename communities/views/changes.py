"""Pages of dated changes: the list, one change, and the wizard for organisations."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from communities.actions.changes import retry_change, undo_change
from communities.actions.handovers import Held, handovers_for
from communities.actions.organization_changes import children_of_unit
from communities.actions.touched import Touched, what_is_touched
from communities.forms.changes import (
    ORGANIZATION_FORMS,
    ChangeFilterForm,
    ChangeForm,
    UndoForm,
)
from communities.models import Organization, RegisterChange
from communities.permissions import Permission, has_permission, require
from communities.queries.changes import (
    changes_in_order,
    describe_change,
    name_targets,
    nodes_made_by,
)
from communities.views.change_wizard import HANDING_OVER, run_wizard
from core.audit import history_of
from core.errors import RuleError

PAGE_SIZE = 25
Kind, State = RegisterChange.Kind, RegisterChange.State


def _require_keeper(request: HttpRequest) -> None:
    require(has_permission(request.user, Permission.REGISTER_MANAGE))


@require_safe
@login_required
@vary_on_headers("HX-Request")
def change_list(request: HttpRequest) -> HttpResponse:
    """Changes of the registers: failed and planned ones first."""
    _require_keeper(request)
    form = ChangeFilterForm(request.GET)
    context = {"form": form}
    if form.is_valid():
        changes = changes_in_order(**form.cleaned_data)
        page = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page"))
        name_targets(page)
        context["page"] = page
    name = "_change_rows.html" if request.htmx else "change_list.html"
    return render(request, f"communities/{name}", context)


@require_safe
@login_required
def change_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: what it says, what it moved, what is still to be done about it."""
    change = _change(pk)
    _require_keeper(request)
    return _change_page(request, change, UndoForm())


def _change(pk: int) -> RegisterChange:
    changes = RegisterChange.objects.select_related(
        "organization", "community", "created_by"
    )
    return get_object_or_404(changes, pk=pk)


def _change_page(
    request: HttpRequest, change: RegisterChange, form: UndoForm, *, status: int = 200
) -> HttpResponse:
    name_targets([change])
    is_waiting = change.state in (State.PLANNED, State.FAILED)
    touched = []
    if is_waiting and change.kind in HANDING_OVER:
        touched = what_is_touched(
            change.target, on=change.effective_on, to=_successor(change)
        )
    context = {
        "change": change,
        "lines": describe_change(change),
        "made": nodes_made_by(change),
        "moved": _moved(change),
        "touched": touched,
        "is_waiting": is_waiting,
        "form": form,
        "history": history_of(change),
    }
    return render(request, "communities/change_detail.html", context, status=status)


def _successor(change: RegisterChange) -> Organization | None:
    pk = change.details.get("successor")
    return type(change.target).objects.filter(pk=pk).first() if pk else None


def _moved(change: RegisterChange) -> list[tuple[str, int]]:
    counts = change.details.get("moved") or {}
    labels = {row.name: row.label for row in handovers_for(change.target)}
    return [(str(labels.get(name, name)), count) for name, count in counts.items()]


@require_POST
@login_required
def change_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a change that was not carried out."""
    change = _change(pk)
    _require_keeper(request)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _change_page(request, change, form, status=422)
    try:
        undo_change(change=change, reason=form.cleaned_data["reason"], by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("变更已撤回，名册没有改动。"))
    return redirect(change)


@require_POST
@login_required
def change_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out a failed change once its obstacle is gone."""
    change = _change(pk)
    _require_keeper(request)
    try:
        if retry_change(change=change, by=request.user):
            messages.success(request, _("变更已生效。"))
        else:
            messages.info(request, _("这项变更已经处理过了。"))
    except RuleError as error:
        messages.error(request, str(error))
    return redirect(change)


def _organization(pk: int) -> Organization:
    return get_object_or_404(Organization.objects.select_related("parent"), pk=pk)


def kinds_for(organization: Organization) -> list[Kind]:
    """The changes an organisation can undergo as it is."""
    if organization.is_over:
        return []
    is_active = organization.state == Organization.State.ACTIVE
    kinds = [Kind.RENAME, Kind.MERGE, Kind.SPLIT]
    if Organization.PARENT_KINDS[organization.kind]:
        kinds.insert(1, Kind.MOVE)
    return [*kinds, Kind.SUSPEND if is_active else Kind.RESUME, Kind.DISSOLVE]


@require_safe
@login_required
def change_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what changes about an organisation."""
    organization = _organization(pk)
    _require_keeper(request)
    context = {"target": organization, "kinds": kinds_for(organization)}
    return render(request, "communities/change_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_form(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The wizard: fill in, look at what is touched, confirm."""
    organization = _organization(pk)
    _require_keeper(request)
    if kind not in ORGANIZATION_FORMS:
        raise Http404
    return run_wizard(
        request,
        target=organization,
        kind=kind,
        form_class=ORGANIZATION_FORMS[kind],
        also=_ALSO.get(kind),
    )


def _followers(form: ChangeForm) -> list[Touched]:
    """Organisations that take the new name of the unit along."""
    unit_name = form.cleaned_data["unit_name"]
    is_same = unit_name == form.target.unit_name
    if is_same or not form.cleaned_data["with_children"]:
        return []
    outcome = _("所在单位改为“%(unit)s”") % {"unit": unit_name}
    rows = children_of_unit(form.target)
    return _listed("followers", _("同单位的下级"), rows, outcome)


def _those_below(form: ChangeForm) -> list[Touched]:
    below = Organization.objects.below(form.target).standing()
    rows = below.exclude(pk=form.target.pk)
    return _listed("below", _("一同调整的下级"), rows, _("随同调整"))


def _listed(
    name: str, label: str, rows: Iterable[Organization], outcome: str
) -> list[Touched]:
    held = [
        Held(str(row.pk), row.name, outcome, row.get_absolute_url()) for row in rows
    ]
    return [Touched(name, label, held, 0)] if held else []


_ALSO = {Kind.RENAME: _followers, Kind.MOVE: _those_below}
