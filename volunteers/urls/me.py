"""A person's own pages."""

from django.urls import path

from volunteers.views import me

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/profile/", me.volunteer_edit, name="volunteer_edit"),
]
