"""Whistles: blown, described and judged by the community."""

from django.urls import path

from campaigns.views import whistle_community as community
from campaigns.views import whistles

urlpatterns = [
    path("desk/whistles/new/", whistles.whistle_create, name="whistle_create"),
    path("desk/whistles/<int:pk>/", whistles.whistle_detail, name="whistle_detail"),
    path("desk/whistles/<int:pk>/edit/", whistles.whistle_edit, name="whistle_edit"),
    path(
        "desk/whistles/<int:pk>/photos/",
        community.whistle_photo_add,
        name="whistle_photo_add",
    ),
    path(
        "desk/whistle-photos/<int:pk>/remove/",
        community.whistle_photo_remove,
        name="whistle_photo_remove",
    ),
    path(
        "desk/whistles/<int:pk>/issue/",
        community.whistle_issue,
        name="whistle_issue",
    ),
    path(
        "desk/whistles/<int:pk>/withdraw/",
        community.whistle_withdraw,
        name="whistle_withdraw",
    ),
    path(
        "desk/whistles/<int:pk>/verify/",
        community.whistle_verify,
        name="whistle_verify",
    ),
    path(
        "desk/whistles/<int:pk>/reopen/",
        community.whistle_reopen,
        name="whistle_reopen",
    ),
    path("desk/whistles/<int:pk>/rate/", community.whistle_rate, name="whistle_rate"),
    path(
        "desk/whistle-extensions/<int:pk>/answer/",
        community.extension_answer,
        name="extension_answer",
    ),
]
