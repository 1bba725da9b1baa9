"""Consents of people shown: kept by officials, taken back by the person."""

from django.urls import path

from campaigns.views import consents

urlpatterns = [
    path(
        "desk/stories/<int:pk>/consents/",
        consents.story_consent,
        name="story_consent",
    ),
    path(
        "desk/honors/<int:pk>/consents/",
        consents.honor_consent,
        name="honor_consent",
    ),
    path(
        "desk/consents/<int:pk>/withdraw/",
        consents.consent_withdraw,
        name="consent_withdraw",
    ),
    path("desk/consents/<int:pk>/slip/", consents.consent_slip, name="consent_slip"),
    path("consents/<slug:token>/", consents.consent_page, name="consent_page"),
]
