"""Photos and files that prove something."""

from django.urls import path

from campaigns.views import photos

urlpatterns = [
    path("desk/activities/<int:pk>/photos/", photos.photo_add, name="photo_add"),
    path("desk/photos/<int:pk>/remove/", photos.photo_remove, name="photo_remove"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
]
