"""The directory of communities, and what changes about them."""

from django.urls import path

from communities.views import communities as views
from communities.views import community_changes

urlpatterns = [
    path("communities/", views.community_list, name="community_list"),
    path("communities/<int:pk>/", views.community_detail, name="community_detail"),
    path(
        "desk/communities/<int:pk>/changes/new/",
        community_changes.community_change_create,
        name="community_change_create",
    ),
    path(
        "desk/communities/<int:pk>/changes/new/<slug:kind>/",
        community_changes.community_change_form,
        name="community_change_form",
    ),
]
