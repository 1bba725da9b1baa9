"""Activities: recorded, published, handed in, shown."""

from django.urls import path

from campaigns.views import activities, activity_form, choose, claims, partners

desk_urls = [
    path("desk/activities/", activities.activity_list, name="activity_list"),
    path("desk/activities/choose/", choose.activity_choose, name="activity_choose"),
    path("desk/activities/new/", activity_form.activity_create, name="activity_create"),
    path(
        "desk/activities/<int:pk>/edit/",
        activity_form.activity_edit,
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
        "desk/activities/<int:pk>/partners/",
        partners.partner_invite,
        name="partner_invite",
    ),
    path(
        "desk/partners/<int:pk>/answer/",
        partners.partner_answer,
        name="partner_answer",
    ),
    path(
        "desk/partners/<int:pk>/withdraw/",
        partners.partner_withdraw,
        name="partner_withdraw",
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
