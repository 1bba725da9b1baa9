"""Pages of the campaign's work, a module for each noun."""

from campaigns.urls import activities, evidence, pillars, reviews

app_name = "campaigns"

urlpatterns = [
    *pillars.urlpatterns,
    *activities.urlpatterns,
    *evidence.urlpatterns,
    *reviews.urlpatterns,
]
