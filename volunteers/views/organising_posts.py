"""Posts of a shift, and messages to those signed up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.permissions import require
from core.errors import RuleError
from volunteers import actions
from volunteers.forms.posts import ShiftPostForm
from volunteers.forms.shift_messages import ShiftMessageForm
from volunteers.models import Shift, ShiftPost
from volunteers.permissions import can_manage_shift
from volunteers.views.desk import managed_shift, saved_or_who_gives_way

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The posts of a shift, and a form for one more."""
    shift = managed_shift(request, pk)
    form = ShiftPostForm(request.POST or None, shift=shift)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_posts(
                shift=shift, rows=[form.row()], by=request.user, now=timezone.now()
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("岗位已添加。"))
            return redirect("volunteers:post_list", pk=shift.pk)
    context = {
        "form": form,
        "shift": shift,
        "activity": shift.activity,
        "posts": shift.posts.select_related("skill"),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/post_list.html", context, status=status)


def _post(request: HttpRequest, pk: int) -> ShiftPost:
    shifts = Shift.objects.visible_to(request.user).order_by().values("pk")
    posts = ShiftPost.objects.filter(shift__in=shifts)
    return get_object_or_404(
        posts.select_related("shift__activity__organization"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post; says who gives way when it gets smaller."""
    post = _post(request, pk)
    shift = post.shift
    require(can_manage_shift(request.user, shift))
    form = ShiftPostForm(request.POST or None, instance=post, shift=shift)
    giving_way = None
    if request.method == "POST" and form.is_valid():

        def save(choice: dict[str, Any]) -> None:
            actions.save_posts(
                shift=shift,
                rows=[form.row()],
                by=request.user,
                now=timezone.now(),
                **choice,
            )

        giving_way = saved_or_who_gives_way(request, form, shift, save)
        if not form.errors:
            messages.success(request, _("岗位已修改。"))
            return redirect("volunteers:post_list", pk=shift.pk)
    context = {
        "form": form,
        "shift": shift,
        "activity": shift.activity,
        "giving_way": giving_way,
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/post_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shift_message_create(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written to those signed up, and a form for more."""
    shift = managed_shift(request, pk)
    form = ShiftMessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            message = actions.send_shift_message(
                shift=shift, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            told = {"count": message.recipient_count}
            messages.success(request, _("已通知 %(count)d 人。") % told)
            return redirect("volunteers:shift_message_create", pk=shift.pk)
    sent = shift.messages.select_related("sent_by")
    context = {
        "form": form,
        "shift": shift,
        "activity": shift.activity,
        "page": Paginator(sent, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/shift_message_form.html", context, status=status)
