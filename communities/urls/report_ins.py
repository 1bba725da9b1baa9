"""Units reporting in to communities."""

urlpatterns: list = []
