"""What lets a telephone keep the portal: manifest, service worker, offline page."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SURFACE, PAPER = "#ffffff", "#faf8f3"  # the tokens of these names
ICONS = {"icon-192": "any", "icon-512": "any", "icon-maskable-512": "maskable"}
# What the offline page shows; all of it public, none of it of a person.
KEPT_FILES = ("bundles/portal.css", "img/mark.svg", "img/arcade.svg")
HOUR = 3600


@require_safe
@cache_control(public=True, max_age=HOUR)
def manifest(request: HttpRequest) -> HttpResponse:
    """How the portal stands on a home screen. Source: W3C Web Application Manifest."""
    described = {
        "id": "/",
        "name": settings.PORTAL_NAME,
        "short_name": _("芗城创城"),
        "description": _("单位与社区结对共建，党员双报到，居民志愿参与。"),
        "lang": "zh-Hans",
        "dir": "ltr",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": SURFACE,
        "background_color": PAPER,
        "icons": [_icon(name, purpose) for name, purpose in ICONS.items()],
        "shortcuts": [
            _shortcut(_("志愿班次"), "volunteers:shift_list"),
            _shortcut(_("我的"), "volunteers:me"),
        ],
    }
    return JsonResponse(
        described,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _icon(name: str, purpose: str) -> dict[str, str]:
    side = name.rpartition("-")[2]
    return {
        "src": static(f"img/icons/{name}.png"),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }


def _shortcut(label: str, url_name: str) -> dict[str, object]:
    return {
        "name": label,
        "url": reverse(url_name),
        "icons": [_icon("icon-192", "any")],
    }


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows the offline page when the network fails.

    It stands at the root, for a worker serves only what lies below its address, and
    becomes another one whenever the page or a file it keeps does.
    """
    kept = [static(name) for name in KEPT_FILES]
    page = render_to_string("offline.html")
    version = hashlib.sha256("\n".join([*kept, page]).encode()).hexdigest()[:12]
    context = {
        "cache": json.dumps(f"offline-{version}"),
        "page": json.dumps(reverse("offline")),
        "kept": json.dumps(kept),
    }
    script = render_to_string("service_worker.js", context)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in for every page without a network: the same for everybody."""
    # Without the request no context processor asks who it is.
    return HttpResponse(render_to_string("offline.html"))
