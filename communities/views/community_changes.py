"""Dated changes of communities: choose what changes, then the wizard."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from communities.forms.community_changes import COMMUNITY_FORMS
from communities.models import Community, RegisterChange
from communities.permissions import Permission, has_permission, require
from communities.views.change_wizard import run_wizard

Kind = RegisterChange.Kind


def _community(request: HttpRequest, pk: int) -> Community:
    """The community, for who keeps the register."""
    require(has_permission(request.user, Permission.REGISTER_MANAGE))
    communities = Community.objects.visible_to(request.user)
    return get_object_or_404(
        communities.select_related("subdistrict", "successor"), pk=pk
    )


def _kinds(community: Community) -> list[Kind]:
    if community.ends_on is not None:
        return []
    is_village = community.kind == Community.Kind.VILLAGE
    return [kind for kind in COMMUNITY_FORMS if is_village or kind != Kind.CONVERT]


@require_safe
@login_required
def community_change_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what changes about a community."""
    community = _community(request, pk)
    context = {"target": community, "kinds": _kinds(community)}
    return render(request, "communities/community_change_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def community_change_form(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The wizard: fill in, look at what is touched, confirm."""
    community = _community(request, pk)
    if kind not in COMMUNITY_FORMS:
        raise Http404
    return run_wizard(
        request, target=community, kind=kind, form_class=COMMUNITY_FORMS[kind]
    )
