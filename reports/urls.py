"""Pages that read every floor."""

from django.urls import path

from reports import views, views_reports

app_name = "reports"
urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("reports/", views_reports.report_list, name="report_list"),
    path("reports/<slug:slug>/", views_reports.report_detail, name="report_detail"),
    path(
        "reports/<slug:slug>/export.<str:file_format>",
        views_reports.report_export,
        name="report_export",
    ),
]
