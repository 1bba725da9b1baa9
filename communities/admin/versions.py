"""What a register's rows were called before, below each of them."""

from django.db import models
from django.http import HttpRequest

from communities.admin_base import ReadOnlyInline
from communities.models import CommunityVersion, OrganizationVersion
from communities.permissions import Permission


class OrganizationVersionInline(ReadOnlyInline):
    """The names and places an organisation had, each with its days."""

    model = OrganizationVersion
    fk_name = "organization"
    view_permission = Permission.ADMIN_ENTER
    fields = ("name", "kind", "unit_name", "parent", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("parent")


class CommunityVersionInline(ReadOnlyInline):
    """The names, codes and streets a community had, each with its days."""

    model = CommunityVersion
    view_permission = Permission.ADMIN_ENTER
    fields = ("name", "official_name", "code", "subdistrict", "starts_on", "ends_on")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("subdistrict")
