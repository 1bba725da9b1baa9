"""What a unit does with a whistle: accept, return, tell of its work, deliver."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from campaigns.actions import whistle_answers as actions
from campaigns.forms.whistle_answers import (
    DeliverForm,
    ExtensionForm,
    LogForm,
    ReturnForm,
)
from campaigns.rules import Deed
from campaigns.views.whistle_deed import Words, deed_page, response_for
from core.errors import RuleError

FORM_PAGE = ["GET", "HEAD", "POST"]


@require_POST
@login_required
def response_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the whistle on."""
    response = response_for(request, pk, Deed.ACCEPT)
    try:
        actions.accept_whistle(response=response, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已接单，请在办理时限内办结并交付。"))
    return redirect(response)


@require_http_methods(FORM_PAGE)
@login_required
def response_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the whistle back, for a reason."""
    response = response_for(request, pk, Deed.RETURN)
    return deed_page(
        request,
        ReturnForm(request.POST or None),
        lambda values: actions.return_whistle(
            response=response, by=request.user, now=timezone.now(), **values
        ),
        deed=Deed.RETURN,
        whistle=response.whistle,
        response=response,
        words=Words(
            heading=_("退单"),
            done=_("已退单。"),
            consequences=(
                _("本单位不再办理这一单。"),
                _("派单方会收到通知和理由。"),
                _("超过响应时限不能退单。"),
            ),
        ),
    )


@require_http_methods(FORM_PAGE)
@login_required
@vary_on_headers("HX-Request")
def response_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done so far, with photos."""
    response = response_for(request, pk, Deed.LOG)
    return deed_page(
        request,
        LogForm(*_sent(request), response=response),
        lambda values: actions.log_whistle(
            response=response, by=request.user, now=timezone.now(), **values
        ),
        deed=Deed.LOG,
        whistle=response.whistle,
        response=response,
        words=Words(
            heading=_("记录"),
            hint=_("办理情况社区和街道都能看到。"),
            done=_("办理情况已记录。"),
        ),
    )


@require_http_methods(FORM_PAGE)
@login_required
def response_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the community for more time, once."""
    response = response_for(request, pk, Deed.ASK_EXTENSION)
    return deed_page(
        request,
        ExtensionForm(request.POST or None, response=response),
        lambda values: actions.ask_extension(
            response=response, by=request.user, now=timezone.now(), **values
        ),
        deed=Deed.ASK_EXTENSION,
        whistle=response.whistle,
        response=response,
        words=Words(
            heading=_("申请延期"),
            hint=_("只能申请一次，由社区答复；答复之前仍按原期限计时。"),
            done=_("延期申请已提交，等待社区答复。"),
        ),
    )


@require_http_methods(FORM_PAGE)
@login_required
@vary_on_headers("HX-Request")
def response_deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is done, with photos."""
    response = response_for(request, pk, Deed.DELIVER)
    return deed_page(
        request,
        DeliverForm(*_sent(request), response=response),
        lambda values: actions.deliver_whistle(
            response=response, by=request.user, now=timezone.now(), **values
        ),
        deed=Deed.DELIVER,
        whistle=response.whistle,
        response=response,
        words=Words(
            heading=_("交付"),
            hint=_("写明结果，交社区确认和评价；社区可以要求重新办理。"),
            done=_("已交付，等待社区确认。"),
        ),
    )


def _sent(request: HttpRequest) -> tuple:
    is_sent = request.method == "POST"
    return (request.POST, request.FILES) if is_sent else (None, None)
