"""Answering an offered place."""

urlpatterns = []
