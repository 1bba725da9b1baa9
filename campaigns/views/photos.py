"""Photos and documents, shown to those who may see what they prove."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from campaigns.models import Evidence
from core.private_files import private_file


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One photo, for those who may see what it proves."""
    evidence = _visible_photo(request, pk)
    return _shown(request, evidence, evidence.file.path, evidence.file.sha256)


@require_safe
def photo_small(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo as lists show it; an old one has no small picture of its own."""
    evidence = _visible_photo(request, pk)
    file = evidence.file
    if not file.small_path:
        return _shown(request, evidence, file.path, file.sha256)
    return _shown(request, evidence, file.small_path, f"{file.sha256}-small")


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One document, to be saved and never shown inside a page of ours."""
    documents = Evidence.objects.visible_to(request.user).documents()
    file = get_object_or_404(documents, pk=pk).file
    return private_file(file.path, as_attachment=True, filename=file.name)


def _visible_photo(request: HttpRequest, pk: int) -> Evidence:
    photos = Evidence.objects.visible_to(request.user).photos()
    return get_object_or_404(photos.select_related("activity"), pk=pk)


def _shown(
    request: HttpRequest, evidence: Evidence, path: str, name: str
) -> HttpResponse:
    activity = evidence.activity
    is_for_all = activity is not None and activity.is_shown_to_all
    return stored_picture(request, path, name, is_for_all=is_for_all)


def stored_picture(
    request: HttpRequest, path: str, name: str, *, is_for_all: bool = False
) -> HttpResponse:
    """The stored picture, or 304 when the reader holds it already.

    `name` tells what is in it; who may see it is for the caller to ask.
    """
    etag = f'"{name}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = private_file(path, as_attachment=False)
        response["Content-Disposition"] = "inline"
    kept = "max-age=3600" if is_for_all else "no-store"
    response["Cache-Control"] = f"private, {kept}"
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    return response
