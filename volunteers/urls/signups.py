"""A shift's page, signing up and giving up a place."""

from django.urls import path

from volunteers.views import signups

urlpatterns = [
    path("shifts/<int:pk>/", signups.shift_detail, name="shift_detail"),
    path("shifts/<int:pk>/signup/", signups.signup_create, name="signup_create"),
    path("signups/<int:pk>/cancel/", signups.signup_cancel, name="signup_cancel"),
]
