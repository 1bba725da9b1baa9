"""Honours: the public lists, the public notice, the desk."""

from django.urls import path

from campaigns.views import honor_awards, honor_desk, honors

public_urls = [
    path("honors/", honors.honor_list, name="honor_list"),
    path("honors/notice/", honors.honor_notices, name="honor_notices"),
    path("honors/<int:pk>/", honors.honor_detail, name="honor_detail"),
    path("honors/<int:pk>/object/", honors.honor_object, name="honor_object"),
]

desk_urls = [
    path("desk/honors/", honor_desk.honor_desk, name="honor_desk"),
    path("desk/honors/new/", honor_desk.honor_create, name="honor_create"),
    path("desk/honors/<int:pk>/edit/", honor_desk.honor_edit, name="honor_edit"),
    path("desk/honors/<int:pk>/apply/", honor_desk.honor_apply, name="honor_apply"),
    path(
        "desk/honors/<int:pk>/withdraw/",
        honor_desk.honor_withdraw,
        name="honor_withdraw",
    ),
]

office_urls = [
    path("desk/honors/notice/", honor_awards.honor_notice, name="honor_notice"),
    path("desk/honors/award/", honor_awards.honor_award, name="honor_award"),
    path("desk/honors/<int:pk>/check/", honor_awards.honor_check, name="honor_check"),
    path(
        "desk/honors/<int:pk>/yearly/",
        honor_awards.honor_yearly,
        name="honor_yearly",
    ),
    path(
        "desk/honors/<int:pk>/revoke/",
        honor_awards.honor_revoke,
        name="honor_revoke",
    ),
    path(
        "desk/objections/<int:pk>/answer/",
        honor_awards.objection_answer,
        name="objection_answer",
    ),
]

urlpatterns = [*public_urls, *desk_urls, *office_urls]
