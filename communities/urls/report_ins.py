"""Units reporting in to communities."""

from django.urls import include, path

from communities.views import missing_report_ins as missing
from communities.views import report_ins as views

one_urls = [
    path("", views.report_in_detail, name="report_in_detail"),
    path("edit/", views.report_in_edit, name="report_in_edit"),
    path("submit/", views.report_in_submit, name="report_in_submit"),
    path("answer/", views.report_in_answer, name="report_in_answer"),
    path("slip/", views.report_in_slip, name="report_in_slip"),
    path("receipt/", views.report_in_receipt, name="report_in_receipt"),
]

report_in_urls = [
    path("", views.report_in_list, name="report_in_list"),
    path("new/<int:pk>/", views.report_in_start, name="report_in_start"),
    path("missing/", missing.report_in_missing, name="report_in_missing"),
    path("missing/remind/", missing.report_in_remind, name="report_in_remind"),
    path("<int:pk>/", include(one_urls)),
]

urlpatterns = [path("desk/report-ins/", include(report_in_urls))]
