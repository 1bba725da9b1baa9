"""Pages of the registers."""

from django.urls import path

from communities import views

app_name = "communities"
urlpatterns = [
    path("communities/", views.community_list, name="community_list"),
    path("communities/<int:pk>/", views.community_detail, name="community_detail"),
]
