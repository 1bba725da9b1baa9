"""Answers that hold a stored file; who may have it is for the caller to ask."""

import mimetypes
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from core.uploads import open_private

# The internal location of nginx that stands on MEDIA_ROOT (deploy/nginx.conf).
INTERNAL = "/private-files/"


def private_file(
    name: str, *, as_attachment: bool, filename: str = "", content_type: str = ""
) -> HttpResponse:
    """A stored file, sent by the portal or by nginx, as PRIVATE_FILES_VIA says.

    Never kept on the way and never taken for another type, unless the caller says
    otherwise afterwards. Raises Http404 when the file is gone.
    """
    if settings.PRIVATE_FILES_VIA == "nginx":
        response = _sent_by_nginx(name, as_attachment, filename, content_type)
    else:
        response = FileResponse(
            open_private(name), as_attachment=as_attachment, filename=filename
        )
        if content_type:
            response["Content-Type"] = content_type
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sent_by_nginx(
    name: str, as_attachment: bool, filename: str, content_type: str
) -> HttpResponse:
    if not default_storage.exists(name):
        raise Http404
    guessed = mimetypes.guess_type(filename or name)[0] or "application/octet-stream"
    response = HttpResponse(content_type=content_type or guessed)
    response["X-Accel-Redirect"] = INTERNAL + quote(name)
    shown_name = filename or name.rpartition("/")[2]
    if disposition := content_disposition_header(as_attachment, shown_name):
        response["Content-Disposition"] = disposition
    return response
