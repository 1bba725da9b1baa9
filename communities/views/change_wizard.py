"""The wizard of a dated change: fill in, look at what it touches, confirm.

Filling in and looking are GET and write nothing; confirming posts the same values,
and what is touched is computed again: when it differs, it is shown once more.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.changes import check_change, plan_change
from communities.actions.touched import Touched, fingerprint, what_is_touched
from communities.forms.changes import ChangeForm
from communities.models import Community, Organization, RegisterChange
from communities.queries.changes import describe_change
from core.dates import day_text
from core.errors import RuleError

Kind = RegisterChange.Kind
HANDING_OVER = (Kind.MERGE, Kind.SPLIT, Kind.DISSOLVE)


class Preview:
    """What a filled-in form would do: rows touched, where they go, what refuses."""

    def __init__(
        self,
        form: ChangeForm,
        kind: str,
        data: QueryDict,
        also: Iterable[Touched] = (),
    ) -> None:
        self.form, self.kind, self.target = form, kind, form.target
        self.day = form.cleaned_data["effective_on"]
        self.touched = [*also, *self._handed_over()]
        self.fingerprint = fingerprint(self.touched)
        self.places = list(enumerate(form.places))
        self.chosen = self._chosen(data)
        self.details = form.details(
            {key: place for key, place in self.chosen.items() if place is not None}
        )
        self.refusal = self._refusal()

    def _handed_over(self) -> list[Touched]:
        if self.kind not in HANDING_OVER:
            return []
        touched = what_is_touched(self.target, on=self.day, to=self.form.successor)
        if self.kind == Kind.DISSOLVE:
            return [_to_be_settled(group) for group in touched]
        return touched

    def _chosen(self, data: QueryDict) -> dict[str, int | None]:
        """Where each row goes: the place of a new node, None where it stays."""
        if not self.places:
            return {}
        default = self.form.place_of_rest
        numbers = {str(number): number for number, _name in self.places}
        chosen: dict[str, int | None] = {}
        for group in self.touched:
            for key, _row in () if group.follows else group.choices:
                sent = data.get(f"assign-{key}", "")
                chosen[key] = numbers.get(sent, default)
        return chosen

    def _refusal(self) -> str:
        try:
            check_change(
                target=self.target,
                kind=self.kind,
                effective_on=self.day,
                details=self.details,
            )
        except RuleError as error:
            return str(error)
        return ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The change in words."""
        return describe_change(
            RegisterChange(
                kind=self.kind,
                effective_on=self.day,
                details=self.details,
                **{self.target._meta.model_name: self.target},
            )
        )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Rows by kind, each with where it goes in a split."""
        return [
            {
                "label": group.label,
                "kept": group.kept,
                "count": len(group.rows),
                "is_assigned": bool(self.places) and not group.follows,
                "rows": [
                    {"key": key, "held": row, "place": self.chosen.get(key)}
                    for key, row in group.choices
                ],
            }
            for group in self.touched
        ]

    @property
    def is_ahead(self) -> bool:
        """Whether it waits for its day."""
        return self.day > timezone.localdate()


def _to_be_settled(group: Touched) -> Touched:
    """Nobody takes over what is dissolved: all but the roles must be settled first."""
    if group.name == "memberships":
        return group
    outcome = _("撤销前须先处理")
    rows = [replace(row, outcome=outcome) for row in group.rows]
    return replace(group, rows=rows)


def run_wizard(
    request: HttpRequest,
    *,
    target: Organization | Community,
    kind: str,
    form_class: type[ChangeForm],
    also: Any = None,
) -> HttpResponse:
    """Answer one step of the wizard.

    `also` may list more that is touched: a function of the valid form.
    """
    data = request.POST if request.method == "POST" else request.GET
    is_sent = request.method == "POST" or "effective_on" in request.GET
    form = form_class(data if is_sent else None, target=target)
    is_back = request.method != "POST" and "edit" in request.GET
    if not is_sent or is_back or not form.is_valid():
        status = 200 if not is_sent or is_back else 422
        return _form_page(request, form, kind, status)
    preview = Preview(form, kind, data, also(form) if also else ())
    if request.method != "POST":
        return _preview_page(request, preview)
    if data.get("seen") != preview.fingerprint:
        text = _("涉及的事项刚刚有变化，请重新核对后再确认。")
        return _preview_page(request, preview, remark=text, status=409)
    try:
        change = plan_change(
            target=target,
            kind=kind,
            effective_on=preview.day,
            details=preview.details,
            document=form.cleaned_data["document"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except RuleError as error:
        return _preview_page(request, preview, remark=str(error), status=409)
    _say_planned(request, change)
    return redirect(change)


def _form_page(
    request: HttpRequest, form: ChangeForm, kind: str, status: int
) -> HttpResponse:
    context = {"form": form, "target": form.target, "kind": Kind(kind), "step": 1}
    return render(request, "communities/change_form.html", context, status=status)


def _preview_page(
    request: HttpRequest, preview: Preview, *, remark: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "preview": preview,
        "target": preview.target,
        "kind": Kind(preview.kind),
        "remark": remark or preview.refusal,
        "can_confirm": not preview.refusal,
        "step": 2,
    }
    return render(request, "communities/change_preview.html", context, status=status)


def _say_planned(request: HttpRequest, change: RegisterChange) -> None:
    if change.state == RegisterChange.State.APPLIED:
        messages.success(request, _("变更已生效。"))
    else:
        text = _("变更已登记，将于%(day)s自动生效，之前可以撤回。")
        messages.success(request, text % {"day": day_text(change.effective_on)})
