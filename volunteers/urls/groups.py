"""Families and branches that come together; posts."""

urlpatterns = []
