"""The day: codes, check-in, check-out."""

urlpatterns = []
