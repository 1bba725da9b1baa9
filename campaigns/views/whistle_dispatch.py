"""What the street or the office does with a whistle: dispatch, send back, merge."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from campaigns.actions import whistle_dispatch as actions
from campaigns.forms.whistle_dispatch import (
    DispatchForm,
    MergeForm,
    ReleaseForm,
    SendBackForm,
)
from campaigns.models import Whistle
from campaigns.queries.whistle_merging import MOST_LISTED, matching, merge_targets
from campaigns.queries.whistle_pages import shown_clock
from campaigns.rules import Deed, refusal_of
from campaigns.views.whistle_deed import Words, deed_page, response_for
from campaigns.views.whistle_page import whistle_for
from core.errors import RuleError

FORM_PAGE = ["GET", "HEAD", "POST"]
SEARCH = "search"  # what a button of the form asks for; anything else is the deed


@require_http_methods(FORM_PAGE)
@login_required
@vary_on_headers("HX-Request")
def whistle_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who is asked to answer, among suggestions or by a search."""
    whistle = whistle_for(request, pk, Deed.DISPATCH)
    if answer := _refused(request, Deed.DISPATCH, whistle):
        return answer
    if request.method != "POST" or request.POST.get("step") == SEARCH:
        typed = _typed(request, "organizations")
        return _dispatch_page(request, DispatchForm(initial=typed, whistle=whistle))
    form = DispatchForm(request.POST, whistle=whistle)
    if form.is_valid():
        units = list(form.cleaned_data["organizations"])
        try:
            actions.dispatch_whistle(
                whistle=whistle,
                organizations=units,
                note=form.cleaned_data["note"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            done = _("已派给%(count)d个党组织，等待响应。")
            messages.success(request, done % {"count": len(units)})
            return redirect(whistle)
    return _dispatch_page(request, form)


@require_http_methods(FORM_PAGE)
@login_required
def whistle_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a whistle back to its community."""
    whistle = whistle_for(request, pk, Deed.SEND_BACK)
    return deed_page(
        request,
        SendBackForm(request.POST or None),
        lambda values: actions.send_back_whistle(
            whistle=whistle, by=request.user, now=timezone.now(), **values
        ),
        deed=Deed.SEND_BACK,
        whistle=whistle,
        words=Words(
            heading=_("退回社区"),
            done=_("已退回社区。"),
            consequences=(
                _("派单时限暂停，社区会收到通知和理由。"),
                _("社区补充后可以再次吹哨。"),
            ),
        ),
    )


@require_http_methods(FORM_PAGE)
@login_required
@vary_on_headers("HX-Request")
def whistle_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the whistle that goes on for this one as well."""
    whistle = whistle_for(request, pk, Deed.MERGE)
    if answer := _refused(request, Deed.MERGE, whistle):
        return answer
    targets = merge_targets(whistle, request.user)
    if request.method != "POST" or request.POST.get("step") == SEARCH:
        form = MergeForm(initial=_typed(request), targets=targets)
        return _merge_page(request, whistle, form)
    form = MergeForm(request.POST, targets=targets)
    if form.is_valid():
        into = form.cleaned_data["into"]
        try:
            actions.merge_whistle(
                whistle=whistle,
                into=into,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            done = _("已并入“%(title)s”。") % {"title": into.title}
            messages.success(request, done)
            return redirect(whistle)
    return _merge_page(request, whistle, form)


@require_http_methods(FORM_PAGE)
@login_required
def response_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an organisation go before it has delivered."""
    response = response_for(request, pk, Deed.RELEASE)
    return deed_page(
        request,
        ReleaseForm(request.POST or None),
        lambda values: actions.release_response(
            response=response, by=request.user, now=timezone.now(), **values
        ),
        deed=Deed.RELEASE,
        whistle=response.whistle,
        response=response,
        words=Words(
            heading=_("解除派单"),
            done=_("已解除派单。"),
            consequences=(
                _("该党组织不再办理，并收到通知和理由。"),
                _("没有其他党组织在办时，本单重新待派单。"),
            ),
        ),
    )


def _refused(request: HttpRequest, deed: Deed, whistle: Whistle) -> HttpResponse | None:
    """Back to the whistle when looking at the form would lead nowhere."""
    refusal = refusal_of(deed, whistle)
    if request.method == "POST" or not refusal:
        return None
    messages.error(request, refusal)
    return redirect(whistle)


def _typed(request: HttpRequest, *lists: str) -> dict[str, object]:
    """What was filled in so far, to be shown without complaints."""
    if request.method != "POST":
        return {}
    return {
        **request.POST.dict(),
        **{name: request.POST.getlist(name) for name in lists},
    }


def _dispatch_page(request: HttpRequest, form: DispatchForm) -> HttpResponse:
    context = {
        "form": form,
        "whistle": form.whistle,
        "clock": shown_clock(form.whistle, timezone.now()),
        "listed": form.listed(timezone.localdate()),
    }
    name = "_whistle_units.html" if request.htmx else "whistle_dispatch.html"
    status = 422 if form.errors else 200
    return render(request, f"campaigns/{name}", context, status=status)


def _merge_page(
    request: HttpRequest, whistle: Whistle, form: MergeForm
) -> HttpResponse:
    text = form.search_text()
    chosen = str(form["into"].value() or "")
    targets = list(matching(form.fields["into"].queryset, text)[:MOST_LISTED])
    for target in targets:
        target.is_chosen = str(target.pk) == chosen
    context = {
        "form": form,
        "whistle": whistle,
        "targets": targets,
        "text": text,
        "consequences": [
            _("本单结束，由所选的一单继续办理。"),
            _("本单未交付的派单随之解除，有关单位会收到通知和理由。"),
            _("并单后不能恢复。"),
        ],
    }
    name = "_whistle_merge_targets.html" if request.htmx else "whistle_merge.html"
    status = 422 if form.errors else 200
    return render(request, f"campaigns/{name}", context, status=status)
