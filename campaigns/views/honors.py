"""Pages of honours for everyone: the list, the public notice, one honour."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.actions.honor_objections import object_to_honor
from campaigns.forms.honors import HonorFilterForm, ObjectionForm
from campaigns.queries.honors import (
    honors_under_notice,
    public_honors,
    with_names_then,
)
from campaigns.views.honor_page import honor_page, visible_honor
from core.errors import RuleError

PAGE_SIZE = 25


# Nothing keeps a copy: a family that takes its consent back is gone at once.
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def honor_list(request: HttpRequest) -> HttpResponse:
    """Awarded honours by kind; families only while they consent."""
    form = HonorFilterForm(request.GET)
    context = {"form": form}
    if form.is_valid():
        rows = public_honors(**form.cleaned_data)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        page.object_list = with_names_then(page.object_list)
        context["page"] = page
    name = "_honor_rows.html" if request.htmx else "honor_list.html"
    return render(request, f"campaigns/{name}", context)


@require_safe
@never_cache
def honor_notices(request: HttpRequest) -> HttpResponse:
    """What is under public notice today, until when, and how to object."""
    rows = honors_under_notice(today=timezone.localdate())
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_names_then(page.object_list)
    return render(request, "campaigns/honor_notices.html", {"page": page})


@require_safe
@never_cache
def honor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One honour, with what this reader may see and do."""
    return honor_page(request, visible_honor(request, pk))


@require_POST
@login_required
def honor_object(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to an honour under public notice."""
    honor = visible_honor(request, pk)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        try:
            object_to_honor(
                honor=honor,
                text=form.cleaned_data["text"],
                by=request.user,
                today=timezone.localdate(),
            )
        except RuleError as error:  # the page may hold no form any more to show it
            messages.error(request, str(error))
        else:
            messages.success(request, _("异议已提交文明办，处理结果会发到您的消息。"))
        return redirect(honor)
    return honor_page(request, honor, objection_form=form, status=422)
