"""The inbox."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Notification

PAGE_SIZE = 25


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """A person's messages, the latest first."""
    messages = Notification.objects.visible_to(request.user).order_by("-pk")
    page = Paginator(messages, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/inbox.html", {"page": page})


@require_POST
@login_required
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and go to what it speaks of."""
    message = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    if message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    return redirect(message.path or "accounts:inbox")


@require_POST
@login_required
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Mark all messages as read."""
    Notification.objects.visible_to(request.user).unread().update(
        read_at=timezone.now()
    )
    return redirect("accounts:inbox")
