"""Pages on which a shift is found."""

from django.urls import path

from volunteers.views import finding

urlpatterns = [
    path("shifts/", finding.shift_list, name="shift_list"),
    path(
        "communities/<int:pk>/shifts/",
        finding.community_shifts,
        name="community_shifts",
    ),
]
