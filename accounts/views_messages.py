"""What people choose about messages, with and without signing in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.forms_messages import MessageChoicesForm
from accounts.models import Channel, User
from accounts.notifications.choices import (
    choices_of,
    kinds_concerning,
    kinds_for,
    offered_channels,
    quiet_hours_of,
    set_choices,
    set_quiet_hours,
    unsubscribe,
)
from accounts.notifications.unsubscribing import ONE_CLICK, read_token
from core.unlisted import unlisted


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def message_choices(request: HttpRequest) -> HttpResponse:
    """Which messages a person gets, by which channels, and when not."""
    kinds = kinds_for(request.user)
    form = MessageChoicesForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        choices=choices_of(request.user, kinds),
        hours=quiet_hours_of(request.user),
    )
    if form.is_valid():
        _save(request, form)
        return redirect("accounts:message_choices")
    context = {
        "form": form,
        "channels": offered_channels(),
        "missing": _missing(request.user),
        "sure": [kind for kind in kinds_concerning(request.user) if kind.must_arrive],
        "daily": settings.DAILY_MESSAGES,
        "digest_at": settings.DIGEST_AT,
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/message_choices.html", context, status=status)


def _save(request: HttpRequest, form: MessageChoicesForm) -> None:
    user, values = request.user, form.cleaned_data
    changed = set_choices(user=user, choices=form.chosen(), by=user)
    hours = quiet_hours_of(user)
    is_quiet = values["is_quiet"]
    changed += set_quiet_hours(
        user=user,
        is_on=is_quiet,
        from_time=values["from_time"] if is_quiet else hours.from_time,
        until_time=values["until_time"] if is_quiet else hours.until_time,
        by=user,
    )
    if changed:
        said = _("已保存 %(count)d 项改动。") % {"count": changed}
        messages.success(request, said)
    else:
        messages.info(request, _("没有改动。"))


def _missing(user: User) -> list[str]:
    """What the channels offered would need, and the account does not have."""
    offered = offered_channels()
    needs = [
        (Channel.MAIL, user.email, _("账号里没有邮箱，邮件发不到您。")),
        (Channel.SMS, user.phone, _("账号里没有手机号，短信发不到您。")),
    ]
    return [words for code, value, words in needs if code in offered and not value]


# The secret in the address is the right to act, and a mail program has no cookie.
@csrf_exempt
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Switch off what the address names, by one click, without signing in (RFC 8058).

    The answer is the page itself: mail programs follow no redirect.
    """
    subscription = read_token(token)
    if subscription is None:
        raise Http404
    must_arrive = subscription.kind.must_arrive
    status, is_off = 200, False
    if request.method == "POST" and not must_arrive:
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            unsubscribe(
                user=subscription.user,
                kind=subscription.kind.code,
                channel=subscription.channel,
            )
            is_off = True
        else:
            status = 422
    context = {
        "kind": subscription.kind,
        "channel": subscription.channel,
        "must_arrive": must_arrive,
        "is_off": is_off,
        "one_click": ONE_CLICK,
    }
    return render(request, "accounts/unsubscribe.html", context, status=status)
