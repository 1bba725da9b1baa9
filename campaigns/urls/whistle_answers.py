"""Whistles: dispatched by the street, answered by units."""

from django.urls import path

from campaigns.views import whistle_contact
from campaigns.views import whistle_photos as photos

urlpatterns = [
    path(
        "desk/whistles/<int:pk>/contact/",
        whistle_contact.whistle_contact,
        name="whistle_contact",
    ),
    path("whistles/photos/<int:pk>/", photos.whistle_photo, name="whistle_photo"),
    path(
        "whistles/photos/<int:pk>/small/",
        photos.whistle_photo_small,
        name="whistle_photo_small",
    ),
]
