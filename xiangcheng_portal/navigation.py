"""What the head of every page shows: where one can go, and the unread count."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import Notification
from communities.permissions import Permission, has_permission
from core.letters import letters_are_large


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation."""

    label: str
    url: str
    icon: str
    active: bool = False


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context of every page; asks the database only when the page shows it."""
    return {
        "navigation": SimpleLazyObject(lambda: _entries(request)),
        "unread_count": SimpleLazyObject(lambda: _unread(request)),
        "portal_name": settings.PORTAL_NAME,
        "district_name": settings.DISTRICT_NAME,
        "letters_are_large": letters_are_large(request),
        "request_id": getattr(request, "request_id", ""),
    }


def _entries(request: HttpRequest) -> list[Entry]:
    rows = [
        (_("首页"), reverse("home"), "home"),
        (_("志愿班次"), reverse("volunteers:shift_list"), "calendar-days"),
        (_("社区"), reverse("communities:community_list"), "map-pin"),
    ]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        rows.append((_("我的"), reverse("volunteers:me"), "user"))
        guarded = [
            (Permission.DESK_ENTER, _("工作台"), "reports:desk", "briefcase"),
            (Permission.OVERVIEW_VIEW, _("总览"), "reports:overview", "chart-bar"),
            (Permission.REPORT_EXPORT, _("报表"), "reports:report_list", "table-cells"),
            (Permission.ADMIN_ENTER, _("管理"), "admin:index", "cog-6-tooth"),
        ]
        rows += [
            (label, reverse(name), icon)
            for permission, label, name, icon in guarded
            if has_permission(user, permission)
        ]
    return [
        Entry(label, url, icon, _is_active(request.path, url))
        for label, url, icon in rows
    ]


def _is_active(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return Notification.objects.visible_to(user).unread()[:100].count()
