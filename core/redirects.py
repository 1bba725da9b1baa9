"""Where a person may be sent to: only to this portal."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_path(request: HttpRequest, url: str | None) -> str | None:
    """The path and query of `url` when it leads to this portal, else None."""
    if not url or not url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=False
    ):
        return None
    parts = urlsplit(url)
    path = parts.path or "/"
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return None  # "//elsewhere" standing alone would be a host
    return f"{path}?{parts.query}" if parts.query else path
