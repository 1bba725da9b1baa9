"""The admin site: the office, the working committee and the auditor come here."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from django.contrib import admin
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from communities.admin_base import Link, Queue, ScopedAdmin
from communities.admin_groups import grouped
from communities.permissions import Permission, has_permission

ANSWERS = {True: _("是"), False: _("否"), None: _("未知")}


def _answer_icon(value: bool | None) -> SafeString:
    """Yes, no or unknown as a picture whose words are Chinese; Django says "True"."""
    name = {True: "yes", False: "no", None: "unknown"}[value]
    source = static(f"admin/img/icon-{name}.svg")
    return format_html('<img src="{}" alt="{}">', source, ANSWERS[value])


# Django looks it up here each time, for lists and for single records.
admin_list._boolean_icon = _answer_icon

# Doors of Django's own that the portal does not need.
CLOSED_PAGES = {"password_change_done", "view_on_site"}


class ScopedAutocomplete(AutocompleteJsonView):
    """Search boxes: rows in scope, named as their register names them."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict:
        text = self.model_admin.row_label(obj)
        return {**super().serialize_result(obj, to_field_name), "text": text}


class PortalAdminSite(admin.AdminSite):
    """Entry by the policy table, sign-in by the portal's own page."""

    site_header = site_title = _("芗城创城管理")
    index_title = _("管理首页")
    empty_value_display = "—"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(
        self,
        model_or_iterable: type[models.Model] | Iterable[type[models.Model]],
        admin_class: type[admin.ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Take only pages that ask the policy.

        What Django and allauth register by themselves (groups, mail addresses)
        would be a second way to rights, so it stays out.
        """
        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may enter; `is_staff` says nothing here."""
        user = request.user
        return user.is_active and (
            user.is_superuser or has_permission(user, Permission.ADMIN_ENTER)
        )

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        """Signed in without the right to enter: 403, not a second sign-in."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return answer

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Lead to the portal's sign-in, where the limits on attempts hold.

        allauth's secure_admin_login does the same, but goes on to Django's unlimited
        form for anyone marked `is_staff`, a mark the portal does not use.
        """
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or request.get_full_path()
        return redirect_to_login(wanted)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return account_views.logout(request)

    def password_change(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return ScopedAutocomplete.as_view(admin_site=self)(request)

    def get_urls(self) -> list[URLPattern]:
        return [
            pattern
            for pattern in super().get_urls()
            if getattr(pattern, "name", None) not in CLOSED_PAGES
        ]

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The front page: what waits, then the registers and other pages."""
        queues = self._queues(request)
        context = {
            "queues": queues,
            "busy": [queue for queue in queues if queue.count],
            "calm": [queue for queue in queues if not queue.count],
            "links": self._links(request),
        }
        return super().index(request, context | (extra_context or {}))

    def _links(self, request: HttpRequest) -> list[Link]:
        return [
            link for page in self._registry.values() for link in page.links(request)
        ]

    def _queues(self, request: HttpRequest) -> list[Queue]:
        return [
            queue
            for page in self._registry.values()
            if page.has_view_permission(request)
            for queue in page.waiting(request)
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list:
        """The registers grouped as the office thinks, not by app."""
        apps = self._build_app_dict(request).values()
        shown = [row for app in apps for row in app["models"]]
        return grouped(shown, reverse("admin:index", current_app=self.name))

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: Any = None
    ) -> HttpResponse:
        """An app is nothing to the office: its page is the front page."""
        return redirect("admin:index")
