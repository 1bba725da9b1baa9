"""Members reporting in to the community they live in."""

from django.urls import path

from communities.views import member_report_ins as views

urlpatterns = [
    path(
        "me/report-in/", views.member_report_in_create, name="member_report_in_create"
    ),
    path(
        "member-report-ins/<int:pk>/",
        views.member_report_in_detail,
        name="member_report_in_detail",
    ),
    path(
        "member-report-ins/<int:pk>/edit/",
        views.member_report_in_edit,
        name="member_report_in_edit",
    ),
    path(
        "member-report-ins/<int:pk>/end/",
        views.member_report_in_end,
        name="member_report_in_end",
    ),
    path(
        "member-report-ins/<int:pk>/answer/",
        views.member_report_in_answer,
        name="member_report_in_answer",
    ),
    path(
        "desk/member-report-ins/",
        views.member_report_in_list,
        name="member_report_in_list",
    ),
]
