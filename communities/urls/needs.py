"""Needs, resources and the projects that join them."""

urlpatterns: list = []
