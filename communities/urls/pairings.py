"""Pairings and the notices that make them."""

from django.urls import include, path

from communities.views import notices, pairing_imports, pairings

import_urls = [
    path("", pairing_imports.pairing_import, name="pairing_import"),
    path(
        "<int:pk>/",
        pairing_imports.pairing_import_preview,
        name="pairing_import_preview",
    ),
    path(
        "<int:pk>/confirm/",
        pairing_imports.pairing_import_confirm,
        name="pairing_import_confirm",
    ),
]

notice_urls = [
    path("", notices.notice_list, name="notice_list"),
    path("<int:pk>/", notices.notice_detail, name="notice_detail"),
    path("<int:pk>/withdraw/", notices.notice_withdraw, name="notice_withdraw"),
]

urlpatterns = [
    path("desk/pairings/", pairings.pairing_list, name="pairing_list"),
    path("desk/pairings/import/", include(import_urls)),
    path("desk/pairings/<int:pk>/end/", pairings.pairing_end, name="pairing_end"),
    path("desk/notices/", include(notice_urls)),
]
