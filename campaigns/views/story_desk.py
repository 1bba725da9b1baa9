"""Stories on the desk: written, handed in, judged, taken down."""

from collections.abc import Callable

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

from campaigns.actions import stories as actions
from campaigns.forms.stories import ReasonForm, StoryFilterForm, StoryForm
from campaigns.models import Story
from campaigns.permissions import (
    can_edit_story,
    can_publish_story,
    can_see_consents,
    can_write_story,
)
from campaigns.queries.stories import (
    filtered_stories,
    stories_listed_for,
    with_communities_then,
)
from campaigns.views.stories import story_page, visible_story
from communities.permissions import Permission, has_permission, require
from communities.views.posted import posted
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def desk_story_list(request: HttpRequest) -> HttpResponse:
    """Stories in the official's scope, what waits first."""
    require(has_permission(request.user, Permission.STORY_VIEW))
    form = StoryFilterForm(request.GET)
    context = {
        "form": form,
        "writes": has_permission(request.user, Permission.STORY_WRITE),
    }
    if form.is_valid():
        stories = filtered_stories(
            stories_listed_for(request.user), **form.cleaned_data
        )
        page = Paginator(stories, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_communities_then(page.object_list)
        context["page"] = page
    name = "_story_rows.html" if request.htmx else "desk_story_list.html"
    return render(request, f"campaigns/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_create(request: HttpRequest) -> HttpResponse:
    """Write a new story."""
    require(has_permission(request.user, Permission.STORY_WRITE))
    form = StoryForm(*posted(request), user=request.user)
    if form.is_valid():
        try:
            story = actions.write_story(
                story=form.save(commit=False), by=request.user, now=timezone.now()
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("故事已保存为草稿。请登记展示同意、添加照片，再提交审核。")
            )
            return redirect(story)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a story that is a draft, returned or hidden."""
    story = visible_story(request, pk)
    require(can_edit_story(request.user, story))
    form = StoryForm(
        *posted(request), user=request.user, instance=visible_story(request, pk)
    )
    if form.is_valid():
        try:
            actions.update_story(
                story=story, values=form.changed_values(), by=request.user
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("修改已保存。"))
            return redirect(story)
    return _form_page(request, form, story)


def _form_page(
    request: HttpRequest, form: StoryForm, story: Story | None = None
) -> HttpResponse:
    context = {"form": form, "story": story}
    status = 422 if form.errors else 200
    return render(request, "campaigns/story_form.html", context, status=status)


@require_POST
@login_required
def story_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a story to the office."""
    story = visible_story(request, pk)
    require(can_write_story(request.user, story))
    return _act(
        request,
        story,
        lambda: actions.submit_story(story=story, by=request.user, now=timezone.now()),
        _("故事已提交，文明办审核后公开发布。"),
    )


@require_POST
@login_required
def story_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a story to everyone."""
    story = visible_story(request, pk)
    require(can_publish_story(request.user, story))
    return _act(
        request,
        story,
        lambda: actions.publish_story(story=story, by=request.user, now=timezone.now()),
        _("故事已发布，所有人都能看到。"),
    )


@require_POST
@login_required
def story_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a story back with a reason."""
    story = visible_story(request, pk)
    require(can_publish_story(request.user, story))
    form = ReasonForm(request.POST)
    if _done(request, story, form, actions.return_story, _("故事已退回记录人。")):
        return redirect(story)
    return story_page(request, story, reason_form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published story out of sight, to be mended."""
    return _reason_page(
        request,
        pk,
        actions.hide_story,
        heading=_("隐藏故事"),
        consequences=[
            _("公开网页上看不到这篇故事。"),
            _("可以修改后重新提交审核。"),
        ],
        done=_("故事已隐藏，可以修改后重新提交。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def story_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a story for good."""
    return _reason_page(
        request,
        pk,
        actions.withdraw_story,
        heading=_("撤下故事"),
        consequences=[
            _("公开网页上看不到这篇故事，记录保留。"),
            _("撤下后不能恢复。"),
        ],
        done=_("故事已撤下，记录保留。"),
    )


def _reason_page(
    request: HttpRequest,
    pk: int,
    action: Callable[..., Story],
    *,
    heading: str,
    consequences: list[str],
    done: str,
) -> HttpResponse:
    """Ask for a reason, then act and go back to the story."""
    story = visible_story(request, pk)
    require(can_see_consents(request.user, story))
    form = ReasonForm(*posted(request))
    if _done(request, story, form, action, done):
        return redirect(story)
    context = {
        "story": story,
        "form": form,
        "heading": heading,
        "consequences": consequences,
    }
    status = 422 if form.errors else 200
    return render(request, "campaigns/story_reason.html", context, status=status)


def _done(
    request: HttpRequest,
    story: Story,
    form: ReasonForm,
    action: Callable[..., Story],
    done: str,
) -> bool:
    """Whether the form held a reason and the action took it."""
    if not form.is_valid():
        return False
    try:
        action(story=story, by=request.user, **form.cleaned_data)
    except RuleError as error:
        form.add_error("reason", str(error))
        return False
    messages.success(request, done)
    return True


def _act(
    request: HttpRequest, story: Story, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(story)
