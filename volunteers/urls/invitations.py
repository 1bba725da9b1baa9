"""Invitations, stand-ins and guardians."""

urlpatterns = []
