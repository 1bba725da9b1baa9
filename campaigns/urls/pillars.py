"""The five pillars."""

from django.urls import path

from campaigns.views import pillars

urlpatterns = [
    path("pillars/<slug:code>/", pillars.pillar_detail, name="pillar_detail"),
]
