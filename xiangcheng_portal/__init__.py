"""Wires the portal together: settings, urls, celery, navigation."""

from xiangcheng_portal.celery import app as celery_app

__all__ = ["celery_app"]
