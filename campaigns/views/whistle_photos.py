"""Photos of whistles, shown to those who may see the whistle."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaigns.models import Whistle, WhistlePhoto
from campaigns.views.photos import stored_picture


@require_safe
@login_required
def whistle_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo; of a draft for its community alone."""
    photo = _visible_photo(request, pk)
    return stored_picture(request, photo.path, photo.sha256)


@require_safe
@login_required
def whistle_photo_small(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo as the log shows it."""
    photo = _visible_photo(request, pk)
    if not photo.small_path:
        return stored_picture(request, photo.path, photo.sha256)
    return stored_picture(request, photo.small_path, f"{photo.sha256}-small")


def _visible_photo(request: HttpRequest, pk: int) -> WhistlePhoto:
    seen = Whistle.objects.visible_to(request.user).order_by().values("pk")
    return get_object_or_404(WhistlePhoto.objects.filter(whistle__in=seen), pk=pk)
