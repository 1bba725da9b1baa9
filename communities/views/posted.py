"""What a form on a page is bound to."""

from typing import Any

from django.http import HttpRequest


def posted(request: HttpRequest) -> tuple[Any, ...]:
    """Data and files of a POST, to be unpacked into a form; nothing for a GET.

    An empty POST binds the form too: it comes back with what is missing.
    """
    return (request.POST, request.FILES) if request.method == "POST" else ()
