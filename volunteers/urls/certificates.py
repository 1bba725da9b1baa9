"""Certificates, calendar feed, star levels."""

urlpatterns = []
