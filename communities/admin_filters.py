"""Filters beside the lists of the admin site."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import day_starts_at
from core.fields import DayField

ONE_DAY = timedelta(days=1)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WaitingFilter(admin.SimpleListFilter):
    """The queues of the front page, row by row: counted and listed by one condition."""

    title = gettext_lazy("待处理")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        self.queues = {row.code: row for row in model_admin.queues_of(request)}
        return [(code, row.label) for code, row in self.queues.items()]

    def queryset(self, request: HttpRequest, rows: models.QuerySet) -> models.QuerySet:
        queue = self.queues.get(self.value() or "")
        return queue.rows(rows, request.user) if queue else rows


class DayRangeForm(forms.Form):
    """The first and the last day, both included; either may be left open."""

    first = DayField(label=gettext_lazy("自"), required=False, widget=DAY)
    last = DayField(label=gettext_lazy("至"), required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("结束日期不能早于开始日期。"))
        return cleaned


class DayRangeFilter(admin.FieldListFilter):
    """Narrows a list to the days from … to of one of its moments or days.

    What is no day finds nothing and is named beside the field: Django would lead to
    a page that blames the database.
    """

    template = "admin/day_range_filter.html"

    def __init__(
        self,
        field: models.Field,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[models.Model],
        model_admin: admin.ModelAdmin,
        field_path: str,
    ) -> None:
        self.names = {"first": f"{field_path}__from", "last": f"{field_path}__until"}
        super().__init__(field, request, params, model, model_admin, field_path)
        asked = {
            name: self.used_parameters.get(parameter, [""])[-1]
            for name, parameter in self.names.items()
        }
        self.form = DayRangeForm(asked, auto_id=f"{field_path}-%s")
        self.form.full_clean()

    def expected_parameters(self) -> list[str]:
        return list(self.names.values())

    def queryset(self, request: HttpRequest, rows: models.QuerySet) -> models.QuerySet:
        if not self.form.is_valid():
            return rows.none()
        first, last = (self.form.cleaned_data[name] for name in self.names)
        if isinstance(self.field, models.DateTimeField):
            if first:
                rows = rows.filter(**{f"{self.field_path}__gte": day_starts_at(first)})
            if last:
                end = day_starts_at(last + ONE_DAY)
                rows = rows.filter(**{f"{self.field_path}__lt": end})
            return rows
        if first:
            rows = rows.filter(**{f"{self.field_path}__gte": first})
        return rows.filter(**{f"{self.field_path}__lte": last}) if last else rows

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """The two fields, and as hidden ones what the list is narrowed to already."""
        kept = {
            name: value
            for name, value in changelist.params.items()
            if name not in {*self.names.values(), PAGE_VAR}
        }
        yield {
            "fields": [
                (self.names[field.name], field) for field in self.form.visible_fields()
            ],
            "kept": kept,
            "is_set": any(field.value() for field in self.form),
            "clear_url": changelist.get_query_string(remove=self.names.values()),
        }
