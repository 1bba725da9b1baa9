"""Pages of the registers, a module for each noun."""

from communities.urls import (
    agreements,
    audit,
    changes,
    communities,
    leaders,
    member_report_ins,
    needs,
    organizations,
    pairings,
    posts,
    register_imports,
    report_ins,
    wishes,
)

app_name = "communities"

urlpatterns = [
    *communities.urlpatterns,
    *organizations.urlpatterns,
    *changes.urlpatterns,
    *register_imports.urlpatterns,
    *pairings.urlpatterns,
    *report_ins.urlpatterns,
    *member_report_ins.urlpatterns,
    *leaders.urlpatterns,
    *needs.urlpatterns,
    *wishes.urlpatterns,
    *posts.urlpatterns,
    *agreements.urlpatterns,
    *audit.urlpatterns,
]
