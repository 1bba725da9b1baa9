"""Members reporting in to the community they live in."""

urlpatterns: list = []
