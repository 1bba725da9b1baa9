"""Whistles: what waits for whom, and the list of all."""

from django.urls import path

from campaigns.views import whistle_boards as boards

urlpatterns = [
    path("desk/whistles/", boards.whistle_board, name="whistle_board"),
    path("desk/whistles/all/", boards.whistle_list, name="whistle_list"),
]
