"""Changes of the registers: rename, move, merge, split."""

from django.urls import path

from communities.views import changes as views

urlpatterns = [
    path("desk/changes/", views.change_list, name="change_list"),
    path("desk/changes/<int:pk>/", views.change_detail, name="change_detail"),
    path("desk/changes/<int:pk>/undo/", views.change_undo, name="change_undo"),
    path("desk/changes/<int:pk>/retry/", views.change_retry, name="change_retry"),
    path(
        "desk/organizations/<int:pk>/changes/new/",
        views.change_create,
        name="change_create",
    ),
    path(
        "desk/organizations/<int:pk>/changes/new/<slug:kind>/",
        views.change_form,
        name="change_form",
    ),
]
