"""What the portal keeps about a person, to see and to take along."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from volunteers.queries.own_data import own_data

SHOWN = (
    "signups",
    "attendances",
    "service_records",
    "certificates",
    "invitations",
    "guardian_consents",
)


@require_safe
@login_required
def own_data_page(request: HttpRequest) -> HttpResponse:
    """How much of what is kept, and where it is seen and put right."""
    data = own_data(request.user)
    counts = {name: len(data[name]) for name in SHOWN}
    return render(request, "volunteers/own_data.html", {"counts": counts})


@require_safe
@login_required
def own_data_file(request: HttpRequest) -> HttpResponse:
    """All of it as one JSON file."""
    response = JsonResponse(
        own_data(request.user),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    name = f"my-data-{timezone.localdate():%Y%m%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
