"""Whistles: what waits for whom, and the list of all."""

urlpatterns = []
