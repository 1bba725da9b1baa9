"""Pages of those who organise: shifts of an activity, roll, cancelling."""

from django.urls import path

from volunteers.views import desk

urlpatterns = [
    path(
        "desk/activities/<int:pk>/shifts/", desk.activity_shifts, name="activity_shifts"
    ),
    path(
        "desk/activities/<int:pk>/shifts/new/", desk.shift_create, name="shift_create"
    ),
    path(
        "desk/activities/<int:pk>/cancel/", desk.activity_cancel, name="activity_cancel"
    ),
    path("desk/shifts/<int:pk>/edit/", desk.shift_edit, name="shift_edit"),
    path("desk/shifts/<int:pk>/cancel/", desk.shift_cancel, name="shift_cancel"),
    path("desk/shifts/<int:pk>/roll/", desk.shift_roll, name="shift_roll"),
]
