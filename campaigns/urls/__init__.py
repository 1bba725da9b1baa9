"""Pages of the campaign's work, a module for each noun."""

from campaigns.urls import (
    activities,
    campaigns,
    consents,
    conventions,
    evidence,
    honors,
    pillars,
    reviews,
    stories,
    tasks,
    whistle_answers,
    whistle_boards,
    whistles,
)

app_name = "campaigns"

urlpatterns = [
    *campaigns.urlpatterns,
    *pillars.urlpatterns,
    *activities.urlpatterns,
    *evidence.urlpatterns,
    *reviews.urlpatterns,
    *consents.urlpatterns,
    *stories.urlpatterns,
    *conventions.urlpatterns,
    *tasks.urlpatterns,
    *honors.urlpatterns,
    *whistle_boards.urlpatterns,
    *whistles.urlpatterns,
    *whistle_answers.urlpatterns,
]
