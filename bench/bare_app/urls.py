"""Addresses of the bare pages."""

from django.urls import path

from bench.bare_app import views

urlpatterns = [
    path("constant/", views.bare_constant, name="bare_constant"),
    path("signed-in/", views.bare_signed_in, name="bare_signed_in"),
    path("frame/", views.bare_frame, name="bare_frame"),
    path("list/", views.bare_list, name="bare_list"),
    path("shifts/<int:pk>/", views.bare_signup, name="bare_signup"),
    path("shifts/<int:pk>/done/", views.bare_done, name="bare_done"),
]
