"""Actions on chosen rows of an admin list: ask first, then act row by row."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.admin_base import ScopedAdmin
from communities.permissions import Permission
from core import audit
from core.errors import RuleError
from core.fields import TextField

MOST_ROWS = 100


class ConfirmForm(forms.Form):
    """The answer on the confirmation page."""


class ReasonForm(ConfirmForm):
    """The answer, with the reason that goes into the audit log."""

    reason = TextField(label=gettext_lazy("理由"), max_length=200)


def row_action(
    *,
    description: str,
    needs: Permission,
    follows: tuple[str | Promise, ...],
    with_reason: bool = False,
) -> Callable[[Callable], Callable]:
    """Make `act(request, row, reason)` an admin action for holders of `needs`.

    The rows are listed for confirmation first, under what `follows`: what changes,
    who is told, what cannot be undone. Each row is one transaction: a refused one
    is reported by name and does not stop the others.
    """

    def decorate(act: Callable[[HttpRequest, models.Model, str], None]) -> Callable:
        @admin.action(description=description)
        @wraps(act)
        def run(
            model_admin: ScopedAdmin, request: HttpRequest, rows: models.QuerySet
        ) -> HttpResponse | None:
            chosen = list(rows[: MOST_ROWS + 1])
            if len(chosen) > MOST_ROWS:
                text = _("一次最多处理 %(most)d 条，请缩小范围。") % {"most": MOST_ROWS}
                model_admin.message_user(request, text, messages.ERROR)
                return None
            answer = request.POST if "confirmed" in request.POST else None
            form = (ReasonForm if with_reason else ConfirmForm)(answer)
            if not form.is_valid():
                return _ask(model_admin, request, chosen, form, run)
            reason = form.cleaned_data.get("reason", "")
            with _line_above(chosen, str(description), request.user):
                _act_on_each(model_admin, request, chosen, act, reason)
            return None

        run.needs = needs
        run.follows = follows
        return run

    return decorate


def _ask(
    model_admin: ScopedAdmin,
    request: HttpRequest,
    rows: list[models.Model],
    form: forms.Form,
    action: Callable,
) -> TemplateResponse:
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": action.short_description,
        "opts": model_admin.opts,
        "media": model_admin.media,
        "rows": [(row.pk, model_admin.row_label(row)) for row in rows],
        "form": form,
        "follows": action.follows,
        "action_name": action.__name__,
        "checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/confirm_action.html", context)


def _line_above(
    rows: list[models.Model], title: str, by: User
) -> AbstractContextManager[None]:
    """The audit line of an act on several rows; one row needs none above it."""
    if len(rows) < 2:
        return nullcontext()
    model = type(rows[0])
    verb = f"{model._meta.app_label}.{audit.noun_of(rows[0])}_handled"
    return audit.batch(verb, target=model, by=by, act=title, count=len(rows))


def _act_on_each(
    model_admin: ScopedAdmin,
    request: HttpRequest,
    rows: list[models.Model],
    act: Callable,
    reason: str,
) -> None:
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                act(request, row, reason)
        except RuleError as error:
            text = _("%(row)s：%(refusal)s") % {
                "row": model_admin.row_label(row),
                "refusal": error,
            }
            model_admin.message_user(request, text, messages.ERROR)
        else:
            done += 1
    if done:
        text = _("已处理 %(count)d 条。") % {"count": done}
        model_admin.message_user(request, text, messages.SUCCESS)
