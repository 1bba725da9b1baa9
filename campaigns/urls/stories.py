"""Stories of families and neighbours: told on the desk, read by everyone."""

from django.urls import path

from campaigns.views import stories

urlpatterns = [
    path("stories/<int:pk>/", stories.story_detail, name="story_detail"),
]
