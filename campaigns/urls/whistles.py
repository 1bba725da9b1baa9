"""Whistles: blown, described and judged by the community."""

urlpatterns = []
