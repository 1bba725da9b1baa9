"""Pages of the registers."""

from django.urls import include, path

from communities import views

app_name = "communities"

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
    path("communities/", views.community_list, name="community_list"),
    path("communities/<int:pk>/", views.community_detail, name="community_detail"),
    path("desk/pairings/", views.pairing_list, name="pairing_list"),
    path("desk/pairings/import/", include(import_urls)),
]
