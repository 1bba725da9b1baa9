"""Whistles: dispatched by the street, answered by units."""

urlpatterns = []
