"""The directory of communities."""

from django.urls import path

from communities.views import communities as views

urlpatterns = [
    path("communities/", views.community_list, name="community_list"),
    path("communities/<int:pk>/", views.community_detail, name="community_detail"),
]
