"""Pages that read every floor."""

from django.urls import path

from reports import (
    views_desk,
    views_ledger,
    views_overview,
    views_progress,
    views_report_files,
    views_reports,
    views_saved,
    views_whistles,
)

app_name = "reports"
urlpatterns = [
    path("desk/", views_desk.desk, name="desk"),
    path("reports/", views_reports.report_list, name="report_list"),
    path("reports/saved/", views_saved.saved_report_list, name="saved_report_list"),
    path(
        "reports/saved/<int:pk>/",
        views_saved.saved_report_edit,
        name="saved_report_edit",
    ),
    path(
        "reports/saved/<int:pk>/delete/",
        views_saved.saved_report_delete,
        name="saved_report_delete",
    ),
    path("reports/<slug:slug>/", views_reports.report_detail, name="report_detail"),
    path(
        "reports/<slug:slug>/export.<str:file_format>",
        views_report_files.report_export,
        name="report_export",
    ),
    path(
        "reports/<slug:slug>/make.<str:file_format>",
        views_report_files.report_make,
        name="report_make",
    ),
    path(
        "reports/<slug:slug>/unmasked/",
        views_report_files.report_unmasked,
        name="report_unmasked",
    ),
    path("reports/<slug:slug>/print/", views_reports.report_print, name="report_print"),
    path("reports/<slug:slug>/save/", views_saved.report_save, name="report_save"),
    path("overview/", views_overview.overview, name="overview"),
    path("overview/rows/", views_overview.overview_rows, name="overview_rows"),
    path("overview/progress/", views_progress.progress, name="progress"),
    path("overview/progress/rows/", views_progress.progress_rows, name="progress_rows"),
    path("overview/whistles/", views_whistles.whistle_rates, name="whistle_rates"),
    path(
        "overview/whistles/rows/",
        views_whistles.whistle_rate_rows,
        name="whistle_rate_rows",
    ),
    path("organizations/<int:pk>/ledger/", views_ledger.ledger, name="ledger"),
    path(
        "organizations/<int:pk>/ledger/ledger.xlsx",
        views_ledger.ledger_export,
        name="ledger_export",
    ),
    path(
        "organizations/<int:pk>/ledger/document/",
        views_ledger.ledger_document,
        name="ledger_document",
    ),
]
