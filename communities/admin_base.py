"""What every page of the admin site is built on: policy, scope, cheap lists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_filters import WaitingFilter
from communities.admin_groups import GROUP_OF
from communities.permissions import Permission, has_permission
from core import audit
from core.errors import RuleError
from core.fields import DayField, TextField
from core.phones import mask_phone
from core.search import found_by

SHORTEST_PHONE = 8
# What filters beside a list add to the name of their field.
FILTER_LOOKUPS = ("exact", "id__exact", "isnull", "from", "until")
DAY_INPUT = forms.DateInput(
    attrs={"type": "date", "class": "vTextField"}, format="%Y-%m-%d"
)


@dataclass(frozen=True)
class Waiting:
    """Which rows of a register wait for holders of a permission.

    `rows` narrows the register's rows for the person who looks.
    """

    code: str
    label: str | Promise
    rows: Callable[[models.QuerySet, User], models.QuerySet]
    needs: Permission


@dataclass(frozen=True)
class Queue:
    """A number of records that wait for someone, shown on the front page."""

    MOST = 1000

    label: str | Promise
    count: int
    url: str

    @property
    def figure(self) -> str:
        """The number as shown; nobody counts further than `MOST`."""
        return f"{self.MOST - 1}+" if self.count >= self.MOST else str(self.count)


@dataclass(frozen=True)
class Link:
    """A page that is no register, shown on the front page."""

    label: str
    url: str


class BoundedPaginator(Paginator):
    """Counts no further than `MOST` rows; later ones are found by filter or search."""

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[: self.MOST].count()

    @property
    def is_cut(self) -> bool:
        """Whether there may be more rows than were counted."""
        return self.count == self.MOST


class RefusableForm(forms.ModelForm):
    """A form that shows why the action behind it refused."""

    refusal = ""
    by: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


class Policy:
    """Answers Django's permission questions from the policy table.

    None is nobody: a page without a permission is closed. Nothing is ever deleted
    (PRODUCT section 3).
    """

    view_permission: Permission | None = None
    change_permission: Permission | None = None
    can_add = False

    def allows(self, request: HttpRequest, permission: Permission | None) -> bool:
        """Whether the person signed in holds the permission; superusers hold all."""
        user = request.user
        if permission is None or not user.is_active:
            return False
        return user.is_superuser or has_permission(user, permission)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.allows(request, self.view_permission)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.allows(request, self.change_permission)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_add and self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class ReadOnlyInline(Policy, admin.TabularInline):
    """Rows below a record, to look at."""

    extra = 0
    can_delete = False
    show_change_link = False
    view_on_site = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields


class ScopedAdmin(Policy, admin.ModelAdmin):
    """A register's pages: rows in scope, rights by the policy, changes audited."""

    queues: tuple[Waiting, ...] = ()
    form = RefusableForm
    fixed_fields: tuple[str, ...] = ()
    masked_fields: tuple[str, ...] = ()
    paginator = BoundedPaginator
    list_per_page = 25
    list_max_show_all = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    save_on_top = False
    formfield_overrides = {
        models.CharField: {"form_class": TextField},
        models.TextField: {"form_class": TextField, "multiline": True},
        models.DateField: {"form_class": DayField, "widget": DAY_INPUT},
    }

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """The rows this user may see; overridden where a register has its own rule."""
        return rows.visible_to(user) if hasattr(rows, "visible_to") else rows

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        if self.list_select_related:  # for search boxes and actions as well
            rows = rows.select_related(*self.list_select_related)
        return rows if request.user.is_superuser else self.scope(rows, request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """As Django's, without its joins; no row is found twice."""
        fields = self.get_search_fields(request)
        return found_by(queryset, fields, search_term), False

    def row_label(self, row: models.Model) -> str:
        """How a row is named in search boxes and before an action."""
        return str(row)

    def waiting(self, request: HttpRequest) -> list[Queue]:
        """What waits for this person here; each leads to exactly its rows."""
        queues = self.queues_of(request)
        if not queues:
            return []
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        rows = self.get_queryset(request).order_by()
        return [
            Queue(
                queue.label,
                queue.rows(rows, request.user).order_by()[: Queue.MOST].count(),
                f"{page}?{WaitingFilter.parameter_name}={queue.code}",
            )
            for queue in queues
        ]

    def queues_of(self, request: HttpRequest) -> list[Waiting]:
        """The queues of this register that concern the person."""
        return [queue for queue in self.queues if self.allows(request, queue.needs)]

    def get_list_filter(self, request: HttpRequest) -> tuple:
        filters = super().get_list_filter(request)
        return (WaitingFilter, *filters) if self.queues_of(request) else filters

    def links(self, request: HttpRequest) -> list[Link]:
        """Pages besides the register that this person may open."""
        return []

    def view_on_site(self, obj: models.Model) -> str | None:
        get_url = getattr(obj, "get_absolute_url", None)
        return get_url() if get_url else None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        """The list under the register's own name, where Django says "select"."""
        context = {
            "title": self.opts.verbose_name_plural,
            "group": GROUP_OF.get(self.opts.label),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        context["group"] = GROUP_OF.get(self.opts.label)
        context["may_see_history"] = self.allows(request, Permission.AUDIT_VIEW)
        name = self.opts.verbose_name
        row = context.get("original")
        if row is None:
            context["title"] = gettext("新增%(name)s") % {"name": name}
        else:  # named as in the list: some rows' own words name persons
            context["title"] = context["row_label"] = self.row_label(row)
            context["subtitle"] = name
        return super().render_change_form(request, context, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """The record's history in the audit log, for those who read that."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if not self.allows(request, Permission.AUDIT_VIEW):
            raise PermissionDenied
        return redirect("communities:audit_history", self.opts.label, row.pk)

    def log_addition(self, *args: Any) -> None:
        """Nothing: the audit log has it, and Django's own would keep names."""

    log_change = log_deletions = log_addition

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the filters beside the list offer.

        Django lets anyone filter by any column of the table, and so guess a phone or
        a password hash letter by letter.
        """
        return lookup in self._filter_parameters(request) and super().lookup_allowed(
            lookup, value, request
        )

    def _filter_parameters(self, request: HttpRequest) -> set[str]:
        names = set()
        for entry in self.get_list_filter(request):
            name = entry[0] if isinstance(entry, tuple) else entry
            if not isinstance(name, str):
                names.add(name.parameter_name)
            else:
                names |= {f"{name}__{lookup}" for lookup in FILTER_LOOKUPS}
        return names

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        """Rows to look at stand below a record that is there, and nobody sends them."""
        inlines = super().get_inlines(request, obj)
        if obj is not None and request.method != "POST":
            return inlines
        return [row for row in inlines if not issubclass(row, ReadOnlyInline)]

    def get_actions(self, request: HttpRequest) -> dict[str, tuple]:
        """Only actions that name a permission the person holds (see row_action)."""
        return {
            name: entry
            for name, entry in super().get_actions(request).items()
            if self.allows(request, getattr(entry[0], "needs", None))
        }

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        fields = tuple(super().get_readonly_fields(request, obj))
        masked = tuple(f"masked_{name}" for name in self.masked_fields)
        return (*fields, *masked, *(self.fixed_fields if obj else ()))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The named fields; phones are masked for those who cannot change them."""
        fields = list(super().get_fields(request, obj))
        if obj is None or self.has_change_permission(request, obj):
            return fields
        return [f"masked_{f}" if f in self.masked_fields else f for f in fields]

    @admin.display(description=_("联系电话"))
    def masked_contact_phone(self, obj: Any) -> str:
        return masked(obj.contact_phone)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        form.by = request.user
        return form

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, *_: Any) -> Any:
        """404 for what does not exist or is out of scope, where Django redirects."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        raise Http404

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Django's page; what an action refuses comes back as an error of the form."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RuleError as error:
            request.refusal = str(error)
            return super().changeform_view(request, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: forms.Form, change: bool
    ) -> None:
        """Save what the form changed, with a line in the audit log."""
        changed = [name for name in form.changed_data if name in form.cleaned_data]
        if change and not changed:
            return
        said = audit.stored_edits(obj, changed) if change else None
        # Only these columns: the state may have moved since the page was opened.
        obj.save(update_fields=changed if change else None)
        act = "changed" if change else "created"
        audit.record(
            f"{obj._meta.app_label}.{audit.noun_of(obj)}_{act}",
            target=obj,
            by=request.user,
            fields=changed,
            changes=said,
        )


def masked(phone: str) -> str:
    """A phone as typed into a register, masked; too short a one shows nothing."""
    return mask_phone(phone) if len(phone) >= SHORTEST_PHONE else "****" * bool(phone)
