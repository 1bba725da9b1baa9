"""Progress in a campaign: organisation by pillar, and the rows behind each figure."""

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from campaigns.queries.activities import with_names_of_the_day
from communities.models import Membership, Organization
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    require,
    scope_filter,
)
from core.dates import moment_text
from reports.forms_work import CampaignMonthsForm, ProgressForm, RowsForm
from reports.periods import month_text
from reports.progress import (
    Kind,
    Question,
    Row,
    activities_behind,
    members_of,
    progress_of,
)
from reports.progress_kept import NOW_PLACE, Kept, kept_page
from reports.progress_report import report_url
from reports.progress_tree import Tree

PAGE_SIZE = 50
ROWS_SIZE = 25
PLACES = (Membership.Role.STREET, Membership.Role.COMMUNITY)


@require_safe
@login_required
def progress(request: HttpRequest) -> HttpResponse:
    """The matrix of units and pillars, or of what is below one organisation."""
    _require_organizations(request.user)
    now, today = timezone.now(), timezone.localdate()
    sees_overview = has_permission(request.user, Permission.OVERVIEW_VIEW)
    kept = kept_page(
        _organizations(request.user),
        asked=(sees_overview, today, request.GET.urlencode()),
        draw=lambda: _draw(request, today, sees_overview=sees_overview),
    )
    context = {"body": kept.body(now=now)}
    return render(request, "reports/progress.html", context, status=kept.status)


def _draw(request: HttpRequest, today: date, *, sees_overview: bool) -> Kept:
    """All below the navigation, the same for everybody with this scope."""
    form = ProgressForm(request.GET, today=today)
    context = {"form": form, "sees_overview": sees_overview}
    is_right = form.is_valid()
    if is_right:
        context |= _matrix(request, form, today)
    html = render_to_string("reports/_progress_body.html", context, request)
    return Kept(html, 200 if is_right or form.is_without_campaign else 422)


def _matrix(request: HttpRequest, form: ProgressForm, today: date) -> dict[str, object]:
    """The rows of one page with their sum; 404 for a foreign organisation."""
    tree = _tree(request.user, form)
    below = _place_or_404(tree, form.data["organization"])
    found = progress_of(_question(form, today), tree, below=below)
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in [*page, found.total]:
        _link(row, form)
    frozen_at = form.chosen.frozen_at
    return {
        "progress": found,
        "page": page,
        "place": tree.places.get(below),
        "as_of": moment_text(frozen_at) if frozen_at else NOW_PLACE,
    }


@require_safe
@login_required
def progress_rows(request: HttpRequest) -> HttpResponse:
    """Exactly the activities that one figure of the matrix counts."""
    _require_organizations(request.user)
    today = timezone.localdate()
    form = RowsForm(request.GET, today=today)
    context = {"form": form}
    if not form.is_valid():
        return render(request, "reports/progress_rows.html", context, status=422)
    tree = _tree(request.user, form)
    pk = _place_or_404(tree, form.data["organization"])
    members = members_of(tree, pk, form.cleaned_data["span"])
    pillar, kind = form.cleaned_data["pillar"], form.cleaned_data["state"]
    question = _question(form, today)
    rows = activities_behind(question, members, pillar, kind)
    rows = rows.select_related(
        "organization", "community", "pillar", "second_pillar", "initiative"
    )
    page = Paginator(rows, ROWS_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_names_of_the_day(page.object_list)
    context |= {
        "page": page,
        "place": tree.places.get(pk),
        "pillar": pillar,
        "kind": Kind(kind),
        "campaign": form.chosen,
        "months": "—".join(dict.fromkeys(map(month_text, form.span))),
    }
    if has_permission(request.user, Permission.REPORT_EXPORT):
        context["report_url"] = report_url(question, pk, members, pillar, kind)
    return render(request, "reports/progress_rows.html", context)


def _require_organizations(user: User) -> None:
    """403 for those who watch places: what they see belongs to no organisation."""
    held = memberships_with(user, Permission.ACTIVITY_VIEW)
    require(any(membership.role not in PLACES for membership in held))


def _tree(user: User, form: CampaignMonthsForm) -> Tree:
    return Tree(_organizations(user), form.chosen)


def _organizations(user: User) -> QuerySet[Organization]:
    in_scope = scope_filter(user, Permission.ACTIVITY_VIEW, organization="self")
    return Organization.objects.filter(in_scope)


def _place_or_404(tree: Tree, text: str) -> int | None:
    """The number of an organisation in scope; None when none is asked for."""
    if not text:
        return None
    # Longer than any number of a row: int() would be slow, or refuse.
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    if not is_number or int(text) not in tree.places:
        raise Http404
    return int(text)


def _question(form: CampaignMonthsForm, today: date) -> Question:
    """All months means all records, also those outside the campaign's dates."""
    months = None if form.covers_all else form.span
    return Question(form.chosen, months, today)


def _link(row: Row, form: CampaignMonthsForm) -> None:
    """Give each cell the query by which its rows are found."""
    months = {name: form.data[name] for name in ("campaign", "first", "last")}
    row.query = urlencode(
        months | ({"organization": row.place.pk} if row.place else {})
    )
    for cell in row.cells:
        pillar = {"pillar": cell.pillar.code} if cell.pillar else {}
        cell.query = f"{row.query}&{urlencode({'span': row.span, **pillar})}"
