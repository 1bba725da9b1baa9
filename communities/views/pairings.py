"""Pages of the pairings: the list as of a day, and the end of a single one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from communities.actions.pairings import end_pairing
from communities.forms.pairings import EndPairingForm, PairingFilterForm
from communities.models import Pairing
from communities.permissions import Permission, has_permission, require
from communities.queries.pairings import (
    filtered_pairings,
    name_the_day,
    other_pairings,
    pairings_visible_to,
)
from core.errors import RuleError

PAGE_SIZE = 25


@require_safe
@login_required
@vary_on_headers("HX-Request")
def pairing_list(request: HttpRequest) -> HttpResponse:
    """Pairings in the official's scope as of a day, telephone numbers masked.

    They stand under the names of that day; ended ones under those of their last.
    """
    require(has_permission(request.user, Permission.PAIRING_VIEW))
    form = PairingFilterForm(request.GET)
    context = {
        "form": form,
        "can_publish": has_permission(request.user, Permission.PAIRING_PUBLISH),
    }
    if form.is_valid():
        chosen = dict(form.cleaned_data)
        day = chosen.pop("day") or timezone.localdate()
        chosen["order"] = chosen["order"] or "unit"
        pairings = filtered_pairings(
            pairings_visible_to(request.user), day=day, **chosen
        )
        page = Paginator(pairings, PAGE_SIZE).get_page(request.GET.get("page"))
        has_ended = chosen["state"] == Pairing.State.ENDED
        name_the_day(page.object_list, None if has_ended else day)
        context |= {"day": day, "page": page, "has_ended": has_ended}
    name = "_pairing_rows.html" if request.htmx else "pairing_list.html"
    return render(request, f"communities/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pairing_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one pairing by hand; the page says what is left to unit and community."""
    pairing = get_object_or_404(
        pairings_visible_to(request.user).select_related("organization", "community"),
        pk=pk,
    )
    require(has_permission(request.user, Permission.PAIRING_PUBLISH))
    today = timezone.localdate()
    is_post = request.method == "POST"
    form = EndPairingForm(request.POST) if is_post else None
    if form is not None and form.is_valid():
        try:
            end_pairing(pairing=pairing, by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("结对已结束，已写入记录。"))
            return redirect("communities:pairing_list")
    context = {
        "form": form or EndPairingForm.on(max(today, pairing.starts_on)),
        "pairing": pairing,
        "others": other_pairings(pairing, day=today),
        "consequences": [
            _("最后一天过后结对失效，以后只能改得更早；要再结对须由通知新增。"),
            _("该单位不再优先认领该社区（村）的需求，也不再向它报到。"),
            _("以前的活动、报到和记录保留。"),
        ],
    }
    status = 422 if is_post else 200
    return render(request, "communities/pairing_end.html", context, status=status)
