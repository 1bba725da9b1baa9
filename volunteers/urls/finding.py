"""Pages on which a shift is found."""

from django.urls import path

from volunteers.views import finding

urlpatterns = [
    path("shifts/", finding.shift_list, name="shift_list"),
    path("shifts/calendar/", finding.shift_calendar, name="shift_calendar"),
    path(
        "communities/<int:pk>/shifts/",
        finding.community_shifts,
        name="community_shifts",
    ),
]
