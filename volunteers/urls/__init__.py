"""Pages of turnout, a module for each noun."""

from volunteers.urls import (
    attendance,
    certificates,
    desk,
    finding,
    groups,
    hours,
    invitations,
    me,
    offers,
    organising,
    people,
    signups,
)

app_name = "volunteers"

urlpatterns = [
    *desk.urlpatterns,
    *organising.urlpatterns,
    *people.urlpatterns,
    *finding.urlpatterns,
    *signups.urlpatterns,
    *offers.urlpatterns,
    *groups.urlpatterns,
    *invitations.urlpatterns,
    *attendance.urlpatterns,
    *hours.urlpatterns,
    *certificates.urlpatterns,
    *me.urlpatterns,
]
