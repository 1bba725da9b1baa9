"""A person's own pages."""

from django.urls import path

from volunteers.views import me, own_data

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/profile/", me.volunteer_edit, name="volunteer_edit"),
    path("me/data/", own_data.own_data_page, name="own_data"),
    path("me/data/file/", own_data.own_data_file, name="own_data_file"),
]
