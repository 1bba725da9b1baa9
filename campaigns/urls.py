"""Pages of the campaign's work."""

from django.urls import path

from campaigns import views, views_desk

app_name = "campaigns"

desk_urls = [
    path("desk/activities/", views.activity_list, name="activity_list"),
    path("desk/activities/new/", views.activity_create, name="activity_create"),
    path("desk/activities/<int:pk>/edit/", views.activity_edit, name="activity_edit"),
    path("desk/activities/<int:pk>/photos/", views.photo_add, name="photo_add"),
    path(
        "desk/activities/<int:pk>/publish/",
        views.activity_publish,
        name="activity_publish",
    ),
    path(
        "desk/activities/<int:pk>/submit/",
        views.activity_submit,
        name="activity_submit",
    ),
    path(
        "desk/activities/<int:pk>/review/",
        views.activity_review,
        name="activity_review",
    ),
    path("desk/photos/<int:pk>/remove/", views.photo_remove, name="photo_remove"),
    path(
        "desk/claims/<int:pk>/activity/",
        views_desk.claim_activity,
        name="claim_activity",
    ),
    path("desk/reviews/", views.review_list, name="review_list"),
]

urlpatterns = [
    *desk_urls,
    path("pillars/<slug:code>/", views.pillar_detail, name="pillar_detail"),
    path("activities/<int:pk>/", views.activity_detail, name="activity_detail"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path(
        "organizations/<int:pk>/activities/",
        views.organization_activities,
        name="organization_activities",
    ),
]
