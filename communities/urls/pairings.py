"""Pairings and the notices that make them."""

from django.urls import include, path

from communities.views import pairings as views

import_urls = [
    path("", views.pairing_import, name="pairing_import"),
    path("<int:pk>/", views.pairing_import_preview, name="pairing_import_preview"),
    path(
        "<int:pk>/confirm/",
        views.pairing_import_confirm,
        name="pairing_import_confirm",
    ),
]

urlpatterns = [
    path("desk/pairings/", views.pairing_list, name="pairing_list"),
    path("desk/pairings/import/", include(import_urls)),
]
