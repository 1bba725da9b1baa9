"""Registers the app with Django."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = "组织与社区"
