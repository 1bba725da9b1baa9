"""A person's chat robot: register, test, remove."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms_robot import RobotForm
from accounts.notifications.chat_robots import (
    AddressTaken,
    NotPosted,
    remove_robot,
    robot_of,
    save_robot,
    send_test,
)


def _where_robots_are_on(view: Callable) -> Callable:
    """Whoever is signed in; not there at all where the settings have it off."""

    @wraps(view)
    @login_required
    def checked(request: HttpRequest) -> HttpResponse:
        if not settings.CHAT_ROBOTS:
            raise Http404
        return view(request)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@_where_robots_are_on
def chat_robot(request: HttpRequest) -> HttpResponse:
    """The robot as it is registered, without its keys, and the form."""
    robot = robot_of(request.user)
    form = RobotForm(request.POST or None, robot=robot)
    if request.method == "POST" and form.is_valid() and _is_saved(request, form):
        return redirect("accounts:chat_robot")
    context = {"form": form, "robot": robot}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/chat_robot.html", context, status=status)


def _is_saved(request: HttpRequest, form: RobotForm) -> bool:
    values = {name: form.cleaned_data[name] for name in ("provider", "name")}
    values |= {name: form.cleaned_data[name] for name in ("url", "secret")}
    try:
        save_robot(owner=request.user, by=request.user, **values)
    except AddressTaken as error:
        form.add_error("url", str(error))
        return False
    messages.success(request, _("群机器人已保存，请发送一条测试消息。"))
    return True


@require_POST
@_where_robots_are_on
def chat_robot_test(request: HttpRequest) -> HttpResponse:
    """Post a test message and say what came of it."""
    try:
        send_test(owner=request.user, now=timezone.now())
    except NotPosted as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("测试消息已发出，请到群里查看。"))
    return redirect("accounts:chat_robot")


@require_POST
@_where_robots_are_on
def chat_robot_remove(request: HttpRequest) -> HttpResponse:
    """Forget the robot."""
    remove_robot(owner=request.user, by=request.user)
    messages.success(request, _("群机器人已移除，消息不再发到群里。"))
    return redirect("accounts:chat_robot")
