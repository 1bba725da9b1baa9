"""Pages of the service posts: for everyone, for takers, for the community's desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from communities.actions import posts as actions
from communities.forms.posts import PostFilterForm, PostForm
from communities.models import Community, ServicePost
from communities.permissions import Permission, has_permission, require
from communities.queries.posts import (
    can_manage_posts,
    filtered_posts,
    holders_of,
    open_holding,
    open_posts,
    post_refusal,
    posts_in_scope,
    posts_visible_to,
)
from communities.views.posted import posted
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
def community_posts(request: HttpRequest, pk: int) -> HttpResponse:
    """All open posts of a community."""
    communities = Community.objects.visible_to(request.user)
    community = get_object_or_404(communities.select_related("subdistrict"), pk=pk)
    page = Paginator(open_posts(community), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "community": community,
        "page": page,
        "can_manage": can_manage_posts(request.user, community),
    }
    return render(request, "communities/post_community.html", context)


def _visible(request: HttpRequest, pk: int) -> ServicePost:
    posts = posts_visible_to(request.user).select_related("community__subdistrict")
    return get_object_or_404(posts, pk=pk)


@require_safe
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One post; names of those who hold it only for the community's officials."""
    return _post_page(request, _visible(request, pk))


def _post_page(
    request: HttpRequest, post: ServicePost, *, refused: str = "", status: int = 200
) -> HttpResponse:
    user = request.user
    can_manage = can_manage_posts(user, post.community)
    holding = open_holding(user, post)
    refusal = None
    if user.is_authenticated and holding is None:
        refusal = post_refusal(post, user, now=timezone.now())
    context = {
        "post": post,
        "holding": holding,
        "refusal": refusal,
        "refused": refused,
        "can_manage": can_manage,
        "holders": holders_of(post) if can_manage else [],
        "is_first_only": post.opens_to_all_at and timezone.now() < post.opens_to_all_at,
    }
    return render(request, "communities/post_detail.html", context, status=status)


@require_POST
def post_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post; refused with the reason on the post's page."""
    post = _visible(request, pk)
    if not request.user.is_authenticated:
        # Back to the page with the button: this address takes no GET.
        return redirect_to_login(post.get_absolute_url())
    try:
        actions.take_post(post=post, user=request.user, now=timezone.now())
    except RuleError as error:
        return _post_page(
            request, _visible(request, pk), refused=str(error), status=409
        )
    messages.success(request, _("认领成功，谢谢您。请与社区商定服务时间。"))
    return redirect(post)


@require_POST
@login_required
def post_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a post one holds."""
    post = _visible(request, pk)
    try:
        actions.leave_post(post=post, user=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已退出该岗位。"))
    return redirect(post)


@require_safe
@login_required
@vary_on_headers("HX-Request")
def post_list(request: HttpRequest) -> HttpResponse:
    """The posts of the official's own community, drafts first."""
    require(has_permission(request.user, Permission.NEED_PUBLISH))
    form = PostFilterForm(request.GET)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        posts = filtered_posts(posts_in_scope(request.user), **form.cleaned_data)
        page = Paginator(posts, PAGE_SIZE).get_page(request.GET.get("page"))
        context["page"] = page
    name = "_post_rows.html" if request.htmx else "post_list.html"
    return render(request, f"communities/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_create(request: HttpRequest) -> HttpResponse:
    """Draft a new post."""
    require(has_permission(request.user, Permission.NEED_PUBLISH))
    form = PostForm(*posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.create_post(
                post=form.save(commit=False), by=request.user, now=timezone.now()
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("岗位已保存为草稿，核对后发布。"))
            return redirect(post)
    return _form_page(request, form)


def _managed(request: HttpRequest, pk: int) -> ServicePost:
    post = _visible(request, pk)
    require(can_manage_posts(request.user, post.community))
    return post


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post that is not closed."""
    post = _managed(request, pk)
    form = PostForm(*posted(request), instance=_managed(request, pk), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_post(
                post=post, values=form.changed_values(), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("岗位已修改。"))
            return redirect(post)
    return _form_page(request, form, post)


def _form_page(
    request: HttpRequest, form: PostForm, post: ServicePost | None = None
) -> HttpResponse:
    context = {"form": form, "post": post}
    status = 422 if form.errors else 200
    return render(request, "communities/post_form.html", context, status=status)


@require_POST
@login_required
def post_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft to those it is for."""
    post = _managed(request, pk)
    try:
        actions.publish_post(post=post, by=request.user, now=timezone.now())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("岗位已发布。"))
    return redirect(post)


@require_POST
@login_required
def post_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a post; who held it is told."""
    post = _managed(request, pk)
    actions.close_post(post=post, by=request.user, now=timezone.now())
    messages.success(request, _("岗位已关闭。"))
    return redirect("communities:post_list")
