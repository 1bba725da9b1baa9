"""Pages of leading teams: coverage of the two links, one team, and its changes."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from communities.actions import leader_links, leaders
from communities.forms.leaders import (
    AppointForm,
    DayForm,
    LastDayForm,
    LeaderFilterForm,
    LeadingPostForm,
    LinkForm,
)
from communities.models import (
    Leader,
    LeaderLink,
    LeaderTerm,
    LeadingPost,
    Organization,
)
from communities.permissions import Permission, has_permission, require
from communities.queries.history import organization_history
from communities.queries.leader_teams import (
    can_manage_leader,
    sees_all_teams,
    stray_links,
    team_history,
    team_of,
)
from communities.queries.leaders import (
    district_coverage,
    filtered_coverage,
    leader_coverage,
    leaders_visible_to,
    organizations_linked_to,
    teams_visible_to,
    unit_name_on,
)
from communities.views.posted import posted
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def leader_list(request: HttpRequest) -> HttpResponse:
    """Coverage of the units in scope as of a day; the district's for its roles."""
    require(has_permission(request.user, Permission.LEADER_VIEW))
    form = LeaderFilterForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        typed = form.cleaned_data
        day = typed["day"] or timezone.localdate()
        teams = teams_visible_to(request.user)
        street = typed["street"]
        rows = filtered_coverage(
            leader_coverage(day, teams),
            text=typed["text"],
            within=organizations_linked_to(street, day=day) if street else None,
            only_gaps=typed["only_gaps"],
            sort=typed["sort"] or "unit",
        )
        total = district_coverage(day) if sees_all_teams(request.user) else None
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"day": day, "page": page, "total": total}
    name = "_leader_rows.html" if request.htmx else "leader_list.html"
    return render(request, f"communities/{name}", context)


@require_safe
@login_required
def leader_team(request: HttpRequest, pk: int) -> HttpResponse:
    """The leading team of one unit as of a day, with its history."""
    organization = _team(request, pk)
    form = DayForm(request.GET)
    today = timezone.localdate()
    day = (form.is_valid() and form.cleaned_data["day"]) or today
    history = team_history(organization, day=day)
    context = {
        "organization": organization,
        "unit_name": unit_name_on(
            organization_history([organization.pk]), organization, day
        ),
        "form": form,
        "day": day,
        "coverage": district_coverage(day, [organization]),
        "seats": team_of(organization, day=day),
        "page": Paginator(history, PAGE_SIZE).get_page(request.GET.get("page")),
        "stray": stray_links(organization, day=day),
        "can_manage": day == today and _may_manage(request, organization),
    }
    return render(request, "communities/leader_team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leading_post_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a post to a team."""
    organization = _team(request, pk)
    require(_may_manage(request, organization))
    return _deed(
        request,
        LeadingPostForm(*posted(request)),
        lambda typed: leaders.add_post(
            organization=organization, by=request.user, **typed
        ),
        organization=organization,
        heading=_("增设职务"),
        subject=organization.unit_name,
        done=_("职务已增设。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leading_post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a vacant post."""
    post = _post(request, pk)
    return _deed(
        request,
        LastDayForm(*posted(request)),
        lambda typed: leaders.end_post(post=post, by=request.user, **typed),
        organization=post.organization,
        heading=_("撤销职务"),
        subject=str(post),
        done=_("职务的最后一天已登记。"),
        ending=_("撤销职务"),
        consequences=[
            _("最后一天过后，这个职务不再列入班子，也不再计入空缺。"),
            _("以前的任职记录保留。"),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leader_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post to a person."""
    post = _post(request, pk)
    return _deed(
        request,
        AppointForm(*posted(request), user=request.user),
        lambda typed: leaders.appoint_leader(post=post, by=request.user, **typed),
        organization=post.organization,
        heading=_("登记任职"),
        subject=str(post),
        done=_("任职已登记。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leader_term_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a term; the post is vacant afterwards."""
    terms = LeaderTerm.objects.filter(
        post__organization__in=teams_visible_to(request.user)
    )
    term = get_object_or_404(
        terms.select_related("post__organization", "leader"), pk=pk
    )
    require(_may_manage(request, term.post.organization))
    return _deed(
        request,
        LastDayForm(*posted(request)),
        lambda typed: leaders.end_term(term=term, by=request.user, **typed),
        organization=term.post.organization,
        heading=_("登记离任"),
        subject=_("%(post)s：%(name)s") % {"post": term.post, "name": term.leader.name},
        done=_("离任已登记。"),
        ending=_("登记离任"),
        consequences=[
            _("最后一天过后，这个职务空缺。"),
            _("本人没有其他职务的，挂钩不再计入，列在班子页面等待结束。"),
            _("任职记录保留。"),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leader_link(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Link a person to a community or another place."""
    if slot not in LeaderLink.Slot:
        raise Http404
    leader = _leader(request, pk)
    return _deed(
        request,
        LinkForm(*posted(request), slot=slot),
        lambda typed: leader_links.link_leader(
            leader=leader, slot=slot, by=request.user, **typed
        ),
        organization=_home(request, leader),
        heading=_("登记%(slot)s") % {"slot": LeaderLink.Slot(slot).label},
        subject=leader.name,
        done=_("挂钩已登记，原来的挂钩到前一天为止。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leader_link_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a link."""
    links = LeaderLink.objects.filter(leader__in=leaders_visible_to(request.user))
    link = get_object_or_404(links.select_related("community"), pk=pk)
    leader = _leader(request, link.leader_id)
    return _deed(
        request,
        LastDayForm(*posted(request)),
        lambda typed: leader_links.end_link(link=link, by=request.user, **typed),
        organization=_home(request, leader),
        heading=_("结束挂钩"),
        subject=_("%(name)s：%(place)s")
        % {"name": leader.name, "place": link.target_name},
        done=_("挂钩的最后一天已登记。"),
        ending=_("结束挂钩"),
        consequences=[
            _("最后一天过后，本人还在任的，计为缺一个挂钩，直到登记新的。"),
            _("挂钩记录保留。"),
        ],
    )


def _team(request: HttpRequest, pk: int) -> Organization:
    return get_object_or_404(teams_visible_to(request.user), pk=pk)


def _post(request: HttpRequest, pk: int) -> LeadingPost:
    """A post in scope whose team the user keeps, or 404 and 403."""
    posts = LeadingPost.objects.filter(organization__in=teams_visible_to(request.user))
    post = get_object_or_404(posts.select_related("organization"), pk=pk)
    require(_may_manage(request, post.organization))
    return post


def _leader(request: HttpRequest, pk: int) -> Leader:
    leaders_in_scope = leaders_visible_to(request.user).select_related("organization")
    leader = get_object_or_404(leaders_in_scope, pk=pk)
    require(can_manage_leader(request.user, leader, day=timezone.localdate()))
    return leader


def _may_manage(request: HttpRequest, organization: Organization) -> bool:
    return has_permission(
        request.user, Permission.LEADER_MANAGE, organization=organization
    )


def _home(request: HttpRequest, leader: Leader) -> Organization:
    """The team to go back to: where the person is in office, or was registered."""
    teams = teams_visible_to(request.user)
    seats = LeaderTerm.objects.active().filter(
        leader=leader, post__organization__in=teams
    )
    seat = seats.select_related("post__organization").order_by("pk").first()
    return seat.post.organization if seat else leader.organization


def _deed(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    organization: Organization,
    heading: str,
    subject: str,
    done: str,
    ending: str = "",
    consequences: Sequence[str] = (),
) -> HttpResponse:
    """A page with one form; done, it goes back to the team.

    `ending` names the button of a form that ends something; `consequences` say what
    follows.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("communities:leader_team", organization.pk)
    context = {
        "form": form,
        "organization": organization,
        "heading": heading,
        "subject": subject,
        "ending": ending,
        "consequences": consequences,
    }
    status = 422 if form.errors else 200
    return render(request, "communities/leader_form.html", context, status=status)
