"""Stories of families and neighbours: told on the desk, read by everyone."""

from django.urls import path

from campaigns.views import stories, story_desk

urlpatterns = [
    path("stories/", stories.story_list, name="story_list"),
    path("stories/<int:pk>/", stories.story_detail, name="story_detail"),
    path("desk/stories/", story_desk.desk_story_list, name="desk_story_list"),
    path("desk/stories/new/", story_desk.story_create, name="story_create"),
    path("desk/stories/<int:pk>/edit/", story_desk.story_edit, name="story_edit"),
    path("desk/stories/<int:pk>/submit/", story_desk.story_submit, name="story_submit"),
    path(
        "desk/stories/<int:pk>/publish/",
        story_desk.story_publish,
        name="story_publish",
    ),
    path("desk/stories/<int:pk>/return/", story_desk.story_return, name="story_return"),
    path("desk/stories/<int:pk>/hide/", story_desk.story_hide, name="story_hide"),
    path(
        "desk/stories/<int:pk>/withdraw/",
        story_desk.story_withdraw,
        name="story_withdraw",
    ),
]
