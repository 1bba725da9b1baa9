"""The inbox."""

import re

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Notification

PAGE_SIZE = 25
UNREAD = "unread"


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """A person's messages, the latest first; all of them or the unread ones."""
    messages = Notification.objects.visible_to(request.user).order_by("-pk")
    only_unread = request.GET.get("show") == UNREAD
    if only_unread:
        messages = messages.unread()
    page = Paginator(messages, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "only_unread": only_unread}
    return render(request, "accounts/inbox.html", context)


@require_POST
@login_required
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and go to what it speaks of."""
    message = _read(request, pk)
    return redirect(message.path or "accounts:inbox")


@require_POST
@login_required
def notification_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and stay on the page of the inbox."""
    _read(request, pk)
    here = {
        name: value
        for name, value in request.POST.items()
        if (name == "show" and value == UNREAD)
        or (name == "page" and re.fullmatch(r"[0-9]{1,9}", value))
    }
    return redirect(reverse("accounts:inbox", query=here))


def _read(request: HttpRequest, pk: int) -> Notification:
    message = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    if message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    return message


@require_POST
@login_required
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Mark all messages as read."""
    Notification.objects.visible_to(request.user).unread().update(
        read_at=timezone.now()
    )
    return redirect("accounts:inbox")
