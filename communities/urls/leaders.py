"""Leading teams and their links."""

from django.urls import path

from communities.views import leaders as views

urlpatterns = [
    path("desk/leaders/", views.leader_list, name="leader_list"),
    path("desk/leaders/<int:pk>/", views.leader_team, name="leader_team"),
    path(
        "desk/leaders/<int:pk>/posts/new/",
        views.leading_post_create,
        name="leading_post_create",
    ),
    path(
        "desk/leaders/posts/<int:pk>/end/",
        views.leading_post_end,
        name="leading_post_end",
    ),
    path(
        "desk/leaders/posts/<int:pk>/appoint/",
        views.leader_appoint,
        name="leader_appoint",
    ),
    path(
        "desk/leaders/terms/<int:pk>/end/",
        views.leader_term_end,
        name="leader_term_end",
    ),
    path(
        "desk/leaders/people/<int:pk>/link/<str:slot>/",
        views.leader_link,
        name="leader_link",
    ),
    path(
        "desk/leaders/links/<int:pk>/end/",
        views.leader_link_end,
        name="leader_link_end",
    ),
]
