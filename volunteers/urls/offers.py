"""Answering an offered place."""

from django.urls import path

from volunteers.views import offers

urlpatterns = [
    path("signups/<int:pk>/accept/", offers.offer_accept, name="offer_accept"),
]
