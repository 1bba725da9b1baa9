"""Activities: recorded, published, handed in, shown."""

from django.urls import path

from campaigns.views import activities, claims

desk_urls = [
    path("desk/activities/", activities.activity_list, name="activity_list"),
    path("desk/activities/new/", activities.activity_create, name="activity_create"),
    path(
        "desk/activities/<int:pk>/edit/",
        activities.activity_edit,
        name="activity_edit",
    ),
    path(
        "desk/activities/<int:pk>/publish/",
        activities.activity_publish,
        name="activity_publish",
    ),
    path(
        "desk/activities/<int:pk>/submit/",
        activities.activity_submit,
        name="activity_submit",
    ),
    path(
        "desk/claims/<int:pk>/activity/", claims.claim_activity, name="claim_activity"
    ),
]

urlpatterns = [
    *desk_urls,
    path("activities/<int:pk>/", activities.activity_detail, name="activity_detail"),
    path(
        "organizations/<int:pk>/activities/",
        activities.organization_activities,
        name="organization_activities",
    ),
]
