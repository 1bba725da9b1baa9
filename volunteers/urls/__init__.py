"""Pages of turnout, a module for each noun."""

from volunteers.urls import desk, finding, me, people, signups

app_name = "volunteers"

urlpatterns = [
    *desk.urlpatterns,
    *people.urlpatterns,
    *finding.urlpatterns,
    *signups.urlpatterns,
    *me.urlpatterns,
]
