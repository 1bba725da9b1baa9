"""Registers that come as a spreadsheet and go out as one."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from communities.admin_base import ScopedAdmin
from communities.permissions import Permission

# What filters of the list the reports know too, under their names.
SHARED_FILTERS = {
    "state__exact": "state",
    "starts_on__from": "starts_on",
    "starts_on__until": "ends_on",
    "subdistrict__id__exact": "street",
    "community__subdistrict__id__exact": "street",
}


class SheetRegister(ScopedAdmin):
    """A register whose list leads to its import and to its export.

    `sheet` is the kind of file it is imported from ("" for none here), `report` the
    report it goes out by; `import_permission` is asked of those who import.
    """

    sheet = ""
    report = ""
    import_permission = Permission.REGISTER_MANAGE

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        context = {
            "may_import": self.allows(request, self.import_permission),
            "import_url": self.sheet
            and reverse("communities:register_import", args=[self.sheet]),
            "export_url": self._export_url(request),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def _export_url(self, request: HttpRequest) -> str:
        """The report with what the list is narrowed to, as far as it knows that."""
        if not self.report or not self.allows(request, Permission.REPORT_EXPORT):
            return ""
        filters: dict[str, Any] = {
            name: request.GET[asked]
            for asked, name in SHARED_FILTERS.items()
            if request.GET.get(asked)
        }
        try:  # the reports live on a floor above
            url = reverse("reports:report_detail", args=[self.report])
        except NoReverseMatch:
            return ""
        return f"{url}?{urlencode(filters)}" if filters else url
