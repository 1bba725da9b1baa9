"""Several shifts, weekly rules, posts, messages."""

urlpatterns = []
