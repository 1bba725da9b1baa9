"""Pages of joint meetings: list, record, one meeting, what was agreed on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from communities.actions import meetings as actions
from communities.forms.meetings import (
    AgreedFormSet,
    MeetingFilterForm,
    MeetingForm,
    ResultForm,
)
from communities.models import Community, MeetingAction
from communities.permissions import Permission, has_permission, require
from communities.queries.meetings import (
    actions_to_finish,
    communities_to_record,
    filtered_meetings,
    meetings_visible_to,
    name_meetings,
    units_on,
    units_to_invite,
)
from communities.views.posted import posted
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings in the official's scope, the latest first."""
    require(has_permission(request.user, Permission.AGREEMENT_VIEW))
    form = MeetingFilterForm(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "to_record": communities_to_record(request.user),
    }
    if form.is_valid():
        rows = filtered_meetings(meetings_visible_to(request.user), **form.cleaned_data)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = name_meetings(list(page.object_list))
        context["page"] = page
    name = "_meeting_rows.html" if request.htmx else "meeting_list.html"
    return render(request, f"communities/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a meeting of one community, with what was agreed on."""
    community = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    require(
        has_permission(request.user, Permission.MEETING_RECORD, community=community)
    )
    owners = units_to_invite(community, day=timezone.localdate())
    is_post = request.method == "POST"
    form = MeetingForm(*posted(request), community=community)
    agreed = AgreedFormSet(
        *posted(request), prefix="agreed", form_kwargs={"owners": owners}
    )
    # Both are asked, so that the page names everything at once.
    if is_post and all([form.is_valid(), agreed.is_valid()]):
        items = [
            actions.Agreed(**row.cleaned_data) for row in agreed if row.has_changed()
        ]
        try:
            meeting = actions.record_meeting(
                community=community,
                agreed=items,
                by=request.user,
                **form.cleaned_data,
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("联席会议已登记。"))
            return redirect(meeting)
    context = {"form": form, "agreed": agreed, "community": community}
    return render(
        request,
        "communities/meeting_form.html",
        context,
        status=422 if is_post else 200,
    )


@require_safe
@login_required
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: who came, what was said, what is done and what is late."""
    rows = meetings_visible_to(request.user).select_related("community")
    [meeting] = name_meetings([get_object_or_404(rows, pk=pk)])
    agreed = list(meeting.meeting_actions.select_related("owner"))
    attending = list(meeting.organizations.order_by("path"))
    names = units_on(
        [*attending, *(a.owner for a in agreed if a.owner)], meeting.held_on
    )
    mine = set(
        actions_to_finish(request.user)
        .filter(meeting=meeting)
        .values_list("pk", flat=True)
    )
    today = timezone.localdate()
    for action in agreed:
        action.owner_name = names.get(action.owner_id, meeting.community_name)
        action.overdue = action.days_overdue(today)
        action.can_finish = action.pk in mine
    context = {
        "meeting": meeting,
        "agreed": agreed,
        "attending": [names[organization.pk] for organization in attending],
    }
    return render(request, "communities/meeting_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_action_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of something agreed on."""
    in_scope = MeetingAction.objects.filter(
        meeting__in=meetings_visible_to(request.user)
    )
    action = get_object_or_404(in_scope.select_related("meeting"), pk=pk)
    if action.done_at is None:
        require(actions_to_finish(request.user).filter(pk=pk).exists())
    else:
        messages.info(request, _("这件事已经办结。"))
        return redirect(action.meeting)
    form = ResultForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish_meeting_action(
                action=action, by=request.user, **form.cleaned_data
            )
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("已办结。"))
        return redirect(action.meeting)
    context = {"form": form, "action": action}
    status = 422 if form.errors else 200
    return render(
        request, "communities/meeting_action_finish.html", context, status=status
    )
