"""Addresses of the import of registers."""

from django.urls import path

from communities.views import register_imports

urlpatterns = [
    path(
        "registers/<str:kind>/import/",
        register_imports.register_import,
        name="register_import",
    ),
    path(
        "register-imports/<int:pk>/",
        register_imports.register_import_preview,
        name="register_import_preview",
    ),
    path(
        "register-imports/<int:pk>/confirm/",
        register_imports.register_import_confirm,
        name="register_import_confirm",
    ),
]
