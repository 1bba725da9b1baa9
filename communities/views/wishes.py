"""Pages of the desk for micro-wishes: the list, and what a community does."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from communities.actions import wishes as actions
from communities.actions.wish_claims import release_wish_claim
from communities.forms.wishes import WishDeskFilterForm, WishForm
from communities.models import Wish
from communities.permissions import Permission, has_permission, require
from communities.queries.wishes import (
    filtered_wishes,
    publishes_wish,
    wishes_listed_for,
    with_names_then,
)
from communities.views.needs import reason_page
from communities.views.wish_pages import visible_wish
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def wish_desk(request: HttpRequest) -> HttpResponse:
    """Wishes in the official's scope, in every state."""
    require(has_permission(request.user, Permission.NEED_VIEW))
    form = WishDeskFilterForm(request.GET)
    publishes = has_permission(request.user, Permission.NEED_PUBLISH)
    context = {"form": form, "publishes": publishes}
    if form.is_valid():
        wishes = filtered_wishes(
            wishes_listed_for(request.user),
            day=timezone.localdate(),
            **form.cleaned_data,
        )
        page = Paginator(wishes, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_names_then(page.object_list)
        context["page"] = page
    name = "_wish_rows.html" if request.htmx else "wish_desk.html"
    return render(request, f"communities/{name}", context)


def _own_wish(request: HttpRequest, pk: int) -> Wish:
    """The wish, or 403 for those who do not act for its community."""
    wish = visible_wish(request, pk)
    require(publishes_wish(request.user, wish))
    return wish


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wish_create(request: HttpRequest) -> HttpResponse:
    """Draft a new wish."""
    require(has_permission(request.user, Permission.NEED_PUBLISH))
    form = WishForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            wish = actions.create_wish(
                wish=form.save(commit=False),
                by=request.user,
                today=timezone.localdate(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("心愿已保存为草稿，核对后请发布。"))
            return redirect(wish)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wish_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a wish that nobody has claimed."""
    wish = _own_wish(request, pk)
    form = WishForm(
        request.POST or None, user=request.user, instance=visible_wish(request, pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_wish(
                wish=wish,
                values=form.changed_values(),
                by=request.user,
                today=timezone.localdate(),
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(wish)
    return _form_page(request, form, wish)


def _form_page(
    request: HttpRequest, form: WishForm, wish: Wish | None = None
) -> HttpResponse:
    days = settings.RESIDENT_CONTACT_DAYS
    context = {"form": form, "wish": wish, "contact_days": days}
    status = 422 if form.errors else 200
    return render(request, "communities/wish_form.html", context, status=status)


@require_POST
@login_required
def wish_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft to everyone."""
    wish = _own_wish(request, pk)
    return _act(
        request,
        wish,
        lambda: actions.publish_wish(wish=wish, by=request.user, now=timezone.now()),
        _("心愿已发布，等人认领。"),
    )


@require_POST
@login_required
def wish_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the wish came true."""
    wish = _own_wish(request, pk)
    return _act(
        request,
        wish,
        lambda: actions.confirm_wish(wish=wish, by=request.user, now=timezone.now()),
        _("已确认实现，已向认领的人道谢。"),
    )


@require_POST
@login_required
def wish_contact_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase the resident's contact before its time."""
    wish = _own_wish(request, pk)
    return _act(
        request,
        wish,
        lambda: actions.drop_wish_contact(
            wish=wish, by=request.user, now=timezone.now()
        ),
        _("居民的联系方式已删除。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wish_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wish back, after a page that asks for the reason."""
    wish = _own_wish(request, pk)
    return reason_page(
        request,
        wish,
        lambda reason: actions.withdraw_wish(
            wish=wish, reason=reason, by=request.user, now=timezone.now()
        ),
        heading=_("撤回心愿"),
        consequences=[
            _("心愿不再公开征集，记录保留。"),
            _("已认领的人会收到通知和理由。"),
            _("撤回后不能恢复。"),
        ],
        done=_("心愿已撤回。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wish_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a delivery back, after a page that asks for the reason."""
    wish = _own_wish(request, pk)
    return reason_page(
        request,
        wish,
        lambda reason: actions.return_wish(wish=wish, reason=reason, by=request.user),
        heading=_("退回送达"),
        consequences=[
            _("认领的人会收到通知和理由，补齐后再次送达。"),
        ],
        done=_("已退回，已通知认领的人。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wish_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a claimed wish again, after a page that asks for the reason.

    The link says whose claim was seen: another's, made since, is not meant.
    """
    wish = _own_wish(request, pk)
    with_names_then([wish])
    seen = request.GET.get("claim", "")
    if wish.claim is None or seen not in ("", str(wish.claim.pk)):
        messages.error(request, _("认领的情况刚刚有变，请看过再决定是否重新开放。"))
        return redirect(wish)
    return reason_page(
        request,
        wish,
        lambda reason: release_wish_claim(
            claim=wish.claim, reason=reason, by=request.user
        ),
        heading=_("重新开放"),
        consequences=[
            _("原来的认领结束，认领的人会收到通知和理由。"),
            _("心愿重新开放，别人可以认领。"),
        ],
        done=_("心愿已重新开放。"),
    )


def _act(
    request: HttpRequest, wish: Wish, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(wish)
