"""Co-building agreements and joint meetings."""

from django.urls import path

from communities.views import agreements, meetings

agreement_urls = [
    path("desk/agreements/", agreements.agreement_list, name="agreement_list"),
    path("desk/agreements/new/", agreements.agreement_create, name="agreement_create"),
    path(
        "desk/agreements/<int:pk>/",
        agreements.agreement_detail,
        name="agreement_detail",
    ),
    path(
        "desk/agreements/<int:pk>/renew/",
        agreements.agreement_renew,
        name="agreement_renew",
    ),
    path(
        "desk/agreements/<int:pk>/end/",
        agreements.agreement_end,
        name="agreement_end",
    ),
    path(
        "desk/agreements/<int:pk>/attach/",
        agreements.agreement_attach,
        name="agreement_attach",
    ),
    path(
        "desk/agreements/<int:pk>/file/",
        agreements.agreement_file,
        name="agreement_file",
    ),
]

meeting_urls = [
    path("desk/meetings/", meetings.meeting_list, name="meeting_list"),
    path("desk/meetings/new/<int:pk>/", meetings.meeting_create, name="meeting_create"),
    path("desk/meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path(
        "desk/meetings/actions/<int:pk>/finish/",
        meetings.meeting_action_finish,
        name="meeting_action_finish",
    ),
]

urlpatterns = [*agreement_urls, *meeting_urls]
