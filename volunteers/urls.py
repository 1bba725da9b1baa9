"""Pages of turnout."""

from django.urls import path

from volunteers import views, views_desk, views_people

app_name = "volunteers"

desk_urls = [
    path(
        "desk/activities/<int:pk>/shifts/",
        views_desk.activity_shifts,
        name="activity_shifts",
    ),
    path(
        "desk/activities/<int:pk>/shifts/new/",
        views_desk.shift_create,
        name="shift_create",
    ),
    path(
        "desk/activities/<int:pk>/cancel/",
        views_desk.activity_cancel,
        name="activity_cancel",
    ),
    path("desk/shifts/<int:pk>/edit/", views_desk.shift_edit, name="shift_edit"),
    path("desk/shifts/<int:pk>/cancel/", views_desk.shift_cancel, name="shift_cancel"),
    path("desk/shifts/<int:pk>/roll/", views_desk.shift_roll, name="shift_roll"),
    path(
        "desk/whistle-responses/<int:pk>/people/",
        views_people.whistle_people,
        name="whistle_people",
    ),
]

urlpatterns = [
    *desk_urls,
    path("shifts/", views.shift_list, name="shift_list"),
    path("shifts/<int:pk>/", views.shift_detail, name="shift_detail"),
    path("shifts/<int:pk>/signup/", views.signup_create, name="signup_create"),
    path("signups/<int:pk>/cancel/", views.signup_cancel, name="signup_cancel"),
    path(
        "communities/<int:pk>/shifts/", views.community_shifts, name="community_shifts"
    ),
    path("me/", views.me, name="me"),
    path("me/profile/", views.volunteer_edit, name="volunteer_edit"),
]
