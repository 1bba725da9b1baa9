"""Families and branches that come together."""

from django.urls import path

from volunteers.views import groups

urlpatterns = [
    path("shifts/<int:pk>/group/", groups.group_create, name="group_create"),
    path("groups/<str:token>/", groups.group_detail, name="group_detail"),
    path("groups/<str:token>/join/", groups.group_join, name="group_join"),
    path("companions/<int:pk>/leave/", groups.companion_leave, name="companion_leave"),
    path("companions/<int:pk>/name/", groups.companion_name, name="companion_name"),
]
