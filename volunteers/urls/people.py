"""People asked for by a unit that answers a whistle."""

from django.urls import path

from volunteers.views import people

urlpatterns = [
    path(
        "desk/whistle-responses/<int:pk>/people/",
        people.whistle_people,
        name="whistle_people",
    ),
]
