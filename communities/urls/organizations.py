"""The pages of the organisations."""

from django.urls import path

from communities.views import organizations as views

urlpatterns = [
    path("organizations/", views.organization_list, name="organization_list"),
    path(
        "organizations/<int:pk>/",
        views.organization_detail,
        name="organization_detail",
    ),
]
