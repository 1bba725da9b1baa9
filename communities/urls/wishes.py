"""Micro-wishes: put down by communities, claimed by persons and organisations."""

urlpatterns = []
