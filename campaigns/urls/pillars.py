"""The campaign and its pillars."""

from django.urls import path

from campaigns.views import campaigns, pillars

urlpatterns = [
    path("campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("pillars/<slug:code>/", pillars.pillar_detail, name="pillar_detail"),
]
